package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

// What was not assessed is said with the reason that fits.
func TestNotAssessed(t *testing.T) {
	expired := cutShort(t)
	expired.Interview.Outcome = session.Expired
	unanswered := play(t, session.Practice, channels())
	unanswered.do(session.End{})
	lost := unanswered.report()
	lost.Interview.Outcome = session.Expired
	for name, c := range map[string]struct {
		r    session.Report
		want []string
	}{
		"finished": {finished(t, session.Practice), []string{
			"Question 2: 1 point could not be assessed: the evaluator does not read this language.",
			"Question 3 was skipped and scores 0.",
		}},
		"ended": {cutShort(t), []string{
			"Question 1: the interview was ended before your answer was judged. It is not in the score.",
			"Question 2 was not asked, since the interview was ended early.",
		}},
		"expired": {expired, []string{
			"Question 1: the interview expired before your answer was judged. It is not in the score.",
			"Question 2 was not asked, since the interview expired.",
		}},
		"unanswered":  {unanswered.report(), []string{"Question 1: the interview was ended before you answered. It is not in the score."}},
		"lost":        {lost, []string{"Question 1: the interview expired before you answered. It is not in the score."}},
		"ongoing":     {ongoing(t), []string{"Question 1 is still open. Its points are shown when it is over."}},
		"not started": {notStarted(t), []string{"Question 1 was not asked yet."}},
	} {
		if got := notAssessed(c.r); !slices.Equal(got, c.want) {
			t.Errorf("%s: got\n%s", name, strings.Join(got, "\n"))
		}
	}
}

func TestTurnNote(t *testing.T) {
	turn := func(answered, skipped, timedOut bool) session.TurnReport {
		return session.TurnReport{TimedOut: timedOut, TurnView: session.TurnView{Answered: answered, Skipped: skipped}}
	}
	for want, in := range map[string]session.TurnReport{
		"You have not answered it yet":                 turn(false, false, false),
		"You skipped it":                               turn(true, true, false),
		"The time ran out before you wrote anything":   turn(true, true, true),
		"Your answer when the time ran out, after 0 s": turn(true, false, true),
		"Your answer, after 0 s":                       turn(true, false, false),
	} {
		if got := turnNote(in, written); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestFormatOf(t *testing.T) {
	for file, want := range map[string]string{
		"a.md": "md", "a.markdown": "md", "A.HTML": "html", "a.htm": "html", "a.json": "json", "a.csv": "csv", "a.txt": "txt",
		"a": "", "a.pdf": "", "": "",
	} {
		if got := FormatOf(file); got != want {
			t.Errorf("%s: got %q", file, got)
		}
	}
}

func TestEvaluatorLong(t *testing.T) {
	for want, e := range map[string]session.EvaluatorInfo{
		"built-in evaluator":                                  {Name: builtinName},
		"built-in evaluator (version m3-1)":                   {Name: builtinName, Version: "m3-1"},
		"gemma3:4b (ollama, digest 0123456789ab, version p1)": {Name: "ollama", Model: "gemma3:4b", Digest: "sha256:0123456789abcdef", Version: "p1"},
		"other": {Name: "other"},
	} {
		if got := evaluatorLong(e); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
