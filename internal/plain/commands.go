package plain

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// helpLines is what /help says.
var helpLines = []string{
	"Type your answer in as many lines as you like. A line holding only a dot hands it in.",
	"A line that has to begin with a dot begins with two dots.",
	"At the start of an answer a line can be one of these commands:",
	"Type /skip to leave the question unanswered.",
	"Type /hint for a hint. Hints cost nothing and are counted.",
	"Type /repeat to have the question said again.",
	"Type /clear to throw away what was typed before.",
	"Type /pause to leave the interview; it waits for you.",
	"Type /end to end the interview here and now.",
	"Type /retry to have the answer evaluated again when that has failed.",
	"Type /builtin to go on with the built-in evaluator.",
	"Type /points to have the points of the last question that is over said again, or /points 1 for question 1.",
	"Type /mark 2 met to give your own verdict on its point 2: met, partial or missed. The score stays as it is.",
	"Type /dispute 2 because I said so to tell why the verdict on point 2 is wrong. The report keeps it.",
	"Point 2 of question 1 is 1.2, as in /mark 1.2 met.",
}

var commandNames = []string{
	"skip", "hint", "repeat", "clear", "pause", "end", "retry", "builtin", "points", "mark", "dispute", "help",
}

// slashWord is a line that looks like a command, with what follows its name.
var slashWord = regexp.MustCompile(`^/([a-z]+)(?:\s+(.*?))?\s*$`)

// aboutPoints are the commands that take more than their name.
var aboutPoints = []string{"points", "mark", "dispute"}

// commandOf gives the name of the command a line may be, and what follows it.
// A path such as /etc/hosts is none, nor is a sentence such as "/tmp is full".
func commandOf(line string) (name, rest string, ok bool) {
	m := slashWord.FindStringSubmatch(line)
	if m == nil || m[2] != "" && !slices.Contains(aboutPoints, m[1]) {
		return "", "", false
	}
	return m[1], m[2], true
}

func (r *runner) command(ctx context.Context, name, rest string) error {
	switch name {
	case "points":
		r.points(rest)
	case "mark":
		return r.mark(ctx, rest)
	case "dispute":
		return r.dispute(ctx, rest)
	case "skip":
		return r.handIn(ctx, session.Skip{Turn: r.snap.Turn})
	case "hint":
		return r.try(ctx, session.Hint{})
	case "end":
		return r.try(ctx, session.End{})
	case "retry":
		return r.try(ctx, session.Retry{})
	case "builtin":
		return r.try(ctx, session.UseBuiltin{})
	case "pause":
		r.leave(ctx)
	case "clear":
		r.typed = nil
		r.save(ctx)
		r.say("Cleared.")
	case "repeat":
		r.sayQuestion()
	default:
		r.help(name)
	}
	return nil
}

func (r *runner) help(name string) {
	if !slices.Contains(commandNames, name) {
		r.say("There is no command /%s; /help lists them. To begin an answer like this, put a space before it.", report.Line(name))
		return
	}
	for _, l := range helpLines {
		r.say("%s", l)
	}
}

// commandsNow lists what can be typed while an answer is evaluated.
func (r *runner) commandsNow() string {
	names := []string{"/builtin", "/pause", "/end", "/repeat"}
	if r.snap.Evaluator.Name == session.Builtin {
		names = names[1:]
	}
	if r.snap.Pending != nil {
		names = append([]string{"/retry"}, names...)
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
