package report

import (
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func TestFigures(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Whole(61.5), "62"},
		{Score(62, 81), "62–81"},
		{Score(62, 62.3), "62"},
		{Score(62, 0), "62"},
		{SpokenScore(62, 81), "62 to 81"},
		{Gain(8.7), "+9"},
		{Gain(0.4), "+0.4"},
		{Gain(0), "+0"},
		{GainText(1), "1 point"},
		{Count(1, "point"), "1 point"},
		{Count(0, "point"), "0 points"},
		{Length(-time.Second), "0 s"},
		{Length(12 * time.Second), "12 s"},
		{Length(192 * time.Second), "3 min 12 s"},
		{Length(18*time.Minute + 29*time.Second), "18 min"},
		{Length(65 * time.Minute), "1 h 5 min"},
		{SpokenLength(0), "0 seconds"},
		{SpokenLength(3661 * time.Second), "1 hour 1 minute"},
		{SpokenLength(61 * time.Second), "1 minute 1 second"},
		{SpokenLength(122 * time.Second), "2 minutes 2 seconds"},
		{Bar(50, 4), "██░░"},
		{Bar(-3, 2), "░░"},
		{Bar(300, 2), "██"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	for s, want := range map[rubric.Status][3]string{
		rubric.Met: {"✓", "+", "met"}, rubric.Partial: {"◐", "~", "partial"}, rubric.Missed: {"✗", "x", "missed"},
		rubric.Contradicted: {"!", "!", "contradicted"}, rubric.CannotAssess: {"?", "?", "cannot assess"}, "odd": {"?", "?", "cannot assess"},
	} {
		if got := [3]string{Mark(s), MarkASCII(s), Word(s)}; got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
	for _, r := range []string{rubric.ReasonLanguage, rubric.ReasonEvidence, rubric.ReasonUnclear, rubric.ReasonMissing, rubric.ReasonSkipped, "other"} {
		if Reason(r) == "" {
			t.Errorf("no words for %s", r)
		}
	}
	if Reason("") != "" || Capital("") != "" || Capital("met") != "Met" || Capital("élan") != "Élan" {
		t.Error("Reason or Capital")
	}
	for _, o := range []session.Outcome{session.Finished, session.Ended, session.Expired, ""} {
		if OutcomeText(o) == "" {
			t.Errorf("no words for outcome %q", o)
		}
	}
}

func TestQuestionScore(t *testing.T) {
	judged := rubric.Score{Value: 50, Upper: 50, Coverage: 1, Judged: true}
	for _, c := range []struct {
		res  session.Result
		want string
	}{
		{session.Result{}, "none yet, the question is open"},
		{session.Result{Over: true}, "none, nothing could be assessed"},
		{session.Result{Over: true, Final: judged}, "50 after probing, mixed"},
		{session.Result{Over: true, Final: judged, Unprompted: judged}, "50 unprompted, 50 after probing, mixed"},
	} {
		if got := QuestionScore(c.res, Score); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
