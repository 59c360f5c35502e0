// Package plain is the line mode of an interview: one line for each change, no
// cursor movement, colours or spinners. It suits screen readers, pipes and
// scripts. Every line begins with words that say what it is about: paragraphs
// and lines of code too, since a listener may begin at any of them.
//
// An answer is typed line by line and ends with a line that holds only a dot.
// A line that has to begin with a dot begins with two of them, of which one is
// taken away. At the start of an answer a line may be a command such as /skip
// or /hint; /help lists them. Everything typed is saved line by line: when
// elios comes back it shows what was begun, and typing goes on there. When the
// interview is complete a person at a terminal can still mark and dispute
// points, and leaves with return.
//
// With a stream of answers nothing is asked of anyone: the answers, each ended
// by a line with a single dot, are given to the turns as they come. An empty
// one skips its turn, and so does every turn after the last answer.
package plain
