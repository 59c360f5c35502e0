package plain

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/bank"
	judging "github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// begins lists how a line may begin: with words that say what it is about.
var begins = regexp.MustCompile(`^(` + strings.Join([]string{
	`[\pL][\pL\pN .&/-]*: \d+ questions?, (practice|exam) mode, judged by `,
	`Type /\w+( 2 met| 2 because I said so)? (for|to) `, `Type your answer in `, `Type \d`, `At the start of an answer`, `A line that has to begin`, `Point 2 of question 1 is`,
	`(Question|Follow-up) \d+ of \d+(, beyond the question)?( \([^)]*\))?(: |, continued: )`,
	`(Question|Follow-up|Hint|Ideal answer), continued: `,
	`Question \d+ is over\.`, `Code line \d+( of \d+)?: `, `You have \d+ (second|minute|hour)`,
	`Your answer \(end with a line holding only a dot\):$`, `Your answer is kept\.`, `Your own mark on point \d+ of question \d+: `,
	`Your answer to question \d+ was judged again by `,
	`Evaluating (with|again)`, `Still evaluating, `, `Waiting for the evaluator, `, `The model is being loaded, `,
	`The evaluation failed: `, `It is tried again in `, `From now on `, `Evaluated\. `,
	`(Met|Partial|Level \d of 5): `, `Still open: \d+ points?\. (Score|No score) so far`, `Feedback: `,
	`Point \d+, (met|partial|missed|not judged|level \d of 5|contradicted|cannot assess)(, a must)?( \([^)]*\))?: `,
	`Beyond the question, not in the score, `, `Misconception(, withdrawn later)?: `, `Ideal answer: `, `Read on: `,
	`Hint( \d+ of \d+)?: `, `Skipped`, `Answered in another window\.`, `Paused`, `Going on`, `The time is up: `, `Cleared\.`,
	`You (skipped|answered|had begun an answer|dispute the verdict on point \d+ of question \d+)`, `Go on typing `,
	`Not (done|taken): `, `There is no command `, `Nothing is typed yet\.`, `What you typed `,
	`The interview (is|was|went on) `, `Unprompted \d+`, `Learn next, \d+: `, `Practice feedback, `, `To read the report: `,
	`Press return to leave`,
}, "|") + `)`)

// drawing tells characters that draw instead of saying something: arrows,
// mathematical signs as marks, boxes, blocks, shapes, dingbats and braille.
func drawing(c rune) bool {
	return c >= 0x2190 && c <= 0x21ff || c >= 0x2300 && c <= 0x27bf || c >= 0x2800 && c <= 0x28ff || c >= 0x2b00 && c <= 0x2bff || c >= 0xe000 && c <= 0xf8ff
}

// ownWords counts the characters of the words a line says itself, rather than
// quotes of a bank or a person.
func ownWords(line, texts string) int {
	n := 0
	for w := range strings.FieldsSeq(line) {
		if !strings.Contains(texts, strings.Trim(w, `".`)) {
			n += utf8.RuneCountInString(w) + 1
		}
	}
	return n
}

// listen hears an output as a screen reader does, line by line, and complains
// about whatever a listener could make nothing of. texts are the words of the
// bank and of the person: for them nobody can promise anything.
func listen(t *testing.T, out, texts string) {
	t.Helper()
	if !strings.HasSuffix(out, "\n") {
		t.Errorf("the output ends within a line: %q", out[strings.LastIndex(out, "\n")+1:])
	}
	for i, line := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
		for _, wrong := range heard(line, texts) {
			t.Errorf("line %d %s: %q", i+1, wrong, line)
		}
	}
}

func heard(line, texts string) (wrong []string) {
	if !utf8.ValidString(line) {
		wrong = append(wrong, "is not UTF-8")
	}
	for _, c := range line {
		switch {
		case c == '\r':
			wrong = append(wrong, "goes back to its beginning")
		case c != '\t' && unicode.IsControl(c):
			wrong = append(wrong, fmt.Sprintf("has the control character %q", c))
		case drawing(c) && !strings.ContainsRune(texts, c):
			wrong = append(wrong, fmt.Sprintf("draws %q", c))
		}
	}
	if strings.IndexFunc(line, func(c rune) bool { return unicode.IsLetter(c) }) < 0 {
		wrong = append(wrong, "has no word")
	}
	if !begins.MatchString(line) {
		wrong = append(wrong, "does not say what it is about")
	}
	if n := ownWords(line, texts); n > 120 {
		wrong = append(wrong, fmt.Sprintf("says %d characters of its own", n))
	}
	return wrong
}

// TestListenHears lets the reader complain, so that it cannot hear nothing.
func TestListenHears(t *testing.T) {
	for line, want := range map[string]string{
		"Skipped.\r":                           "goes back",
		"\x1b[2KSkipped.":                      "control character",
		"Skipped. ✓":                           "draws",
		"⠋ Evaluating with x":                  "draws",
		"───":                                  "has no word",
		"> ":                                   "has no word",
		"":                                     "has no word",
		"✓ It blocks forever.":                 "does not say",
		"It blocks forever.":                   "does not say",
		"Skipped. " + strings.Repeat("x", 120): "characters",
		"Skipped \xff":                         "UTF-8",
		"Question 1 of 2 (a, level 1): x":      "",
		"Code line 3: }":                       "",
	} {
		if got := strings.Join(heard(line, ""), ", "); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// textsOf is every word of a bank's questions.
func textsOf(qs []rubric.Question, more ...string) string {
	return fmt.Sprintf("%+v %s", qs, strings.Join(more, " "))
}

// valuesOf are what pointers point at.
func valuesOf(list []*rubric.Question) (out []rubric.Question) {
	for _, q := range list {
		out = append(out, *q)
	}
	return out
}

// TestBuiltInBanksAreHeard has an interview over all questions of every
// built-in bank, judged by the built-in evaluator, and one more in which the
// candidate answers nothing.
func TestBuiltInBanksAreHeard(t *testing.T) {
	names, err := fs.Glob(banks.FS, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no built-in banks: %v", err)
	}
	for _, name := range names {
		b, err := bank.LoadFS(banks.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		qs := questionsOf(b)
		for _, mode := range []session.Mode{session.Practice, session.Exam} {
			r := newRoom(t, mode, builtinEvaluator.Info(), qs...)
			r.iv.Bank.Title = b.Title
			r.evaluator = builtinEvaluator
			answers := new(strings.Builder)
			for _, q := range qs {
				fmt.Fprintf(answers, "%s\n.\n%s\n.\nI don't know.\n.\n\n.\n", firstHalf(q.Ideal), q.Ideal)
			}
			got, err := answering(t, r, answers.String())
			if err != nil {
				t.Fatal(err)
			}
			listen(t, got, textsOf(qs, answers.String()))
			has(t, got, "The interview is finished: ")
		}
	}
}

var builtinEvaluator = judging.New()

func questionsOf(b *bank.Bank) []rubric.Question {
	out := make([]rubric.Question, len(b.Questions))
	for i, q := range b.Questions {
		out[i] = q.Question
	}
	return out
}

func firstHalf(s string) string {
	words := strings.Fields(s)
	return strings.Join(words[:len(words)/2], " ")
}

// behavioralQuestion has dimensions instead of key points, and a follow-up
// beyond the question.
func behavioralQuestion() rubric.Question {
	return rubric.Question{
		ID: "outage", Type: rubric.Behavioral, Topic: "failure", Level: 3,
		Ask: "Tell me about an outage.\nWhat did you do?\n\n- First this\n- then **that**\n\nTake your time.",
		Dimensions: []rubric.Dimension{
			{ID: "action", Weight: 2, Say: "I did it.", Probe: "What did you do?", Anchors: map[int]string{1: "Nothing told.", 3: "What they did.", 5: "What and why."}},
			{ID: "result", Weight: 1, Say: "It worked.", Probe: "And then?", Anchors: map[int]string{1: "No end.", 3: "An end.", 5: "An end with numbers."}},
		},
		Hints: []string{"One story.\n\nWith an end."},
	}
}

// TestEveryKindOfChangeIsHeard goes through what the banks' interviews leave
// out: failures, pauses, another window, time limits, marks and all commands.
func TestEveryKindOfChangeIsHeard(t *testing.T) {
	qs := []rubric.Question{behavioralQuestion(), deferQuestion(), nilQuestion()}
	r := newRoom(t, session.Practice, model, qs...)
	r.failWith = "the model is gone"
	var out strings.Builder
	for _, in := range []string{
		"/help\n/hint\n/hint\n/nosuch\n/mark 1 met\n.\nI did the action.\n\nThen more.\n",
		"/clear\nI did the action\n.\n/retry\nwhat\n/builtin\n/repeat\n/skip\n/points\n/points 1\n/points 9\n/points x\n",
		"/mark 2 met\n/mark 1.1 partial\n/mark 9 met\n/mark 9.1 met\n/mark 2 great\n/mark\n/mark 2\n",
		"/dispute 2 because I said it worked\n/dispute 2\n/dispute\nIt is one\nin two lines",
		".\n/end\n",
	} {
		out.WriteString(piped(t, r, in))
	}
	listen(t, out.String(), textsOf(qs, "I did the action. It is one"))
	has(t, out.String(),
		"Question 1 of 3 (failure, level 3): Tell me about an outage. What did you do?\nQuestion, continued: First this\nQuestion, continued: then that\nQuestion, continued: Take your time.\n",
		"Hint 1 of 1: One story.\nHint, continued: With an end.\n",
		"You had begun an answer, line 1 of 3: I did the action.\nYou had begun an answer, line 3 of 3: Then more.\n",
		"Your own mark on point 2 of question 1: met. It is not in the score.\n",
		"Your own mark on point 1 of question 1: partial. It is not in the score.\n",
		"You dispute the verdict on point 2 of question 1: I said it worked. The report keeps it.\n",
		"Not done: question 1 has 2 points; /points says them.\n",
		"Not done: the points of question 9 are not told yet.\n",
		`Not done: a mark is met, partial or missed, not "great".`,
		"Not done: type /mark with a point and your verdict on it, such as /mark 2 met.\n",
		"Not done: name a point by its number",
		"Not done: say why you dispute the verdict.\n",
		"Not done: no question is over yet whose points could be told.\n",
	)
}

// TestAfterwards marks points of a complete interview at a terminal.
func TestAfterwards(t *testing.T) {
	r := newRoom(t, session.Exam, builtin)
	out, keys, done := sitting(t, r)
	keys.line("It blocks")
	keys.line(".")
	out.await(t, "Follow-up", 1)
	keys.line("/end")
	out.await(t, "Press return to leave, or type /points, /mark, /dispute or /help.", 1)
	keys.line("/mark 2 met")
	out.await(t, "Your own mark on point 2 of question 1: met.", 1)
	keys.line("/dispute 1 because it is another point")
	out.await(t, "You dispute the verdict on point 1 of question 1: it is another point. The report keeps it.", 1)
	keys.line("/skip")
	out.await(t, "The interview is over. Press return to leave", 1)
	r.other(session.Regrade{Turn: 1, By: model, Judgement: session.Judgement{}})
	out.await(t, "Your answer to question 1 was judged again by gemma3:4b. The first score stays.", 1)
	keys.line("/points")
	out.await(t, "Question 1 is over. Score: ", 2)
	keys.line("")
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	// Nobody can know whether a line was half typed, so a change that comes
	// meanwhile begins below it.
	listen(t, strings.ReplaceAll(out.String(), "\n\n", "\n"), textsOf(valuesOf(r.iv.Questions)))
	if len(r.iv.Marks) != 1 || len(r.iv.Disputes) != 1 {
		t.Errorf("marks %v, disputes %v", r.iv.Marks, r.iv.Disputes)
	}
}

// TestInterruptedAfterwards leaves a complete interview by ctrl+c.
func TestInterruptedAfterwards(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	out, o := newScreen(), Options{}
	in, keys := pipe()
	defer keys.Close()
	o = options("", out)
	o.In, o.Terminal = in, true
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, interviews{room: r}, r, o) }()
	keys.line("/end")
	out.await(t, "Press return to leave", 1)
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
