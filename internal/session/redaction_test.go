package session_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// secretive is a question whose every hidden text holds a word of its own, so
// that a search for it finds any leak.
func secretive() rubric.Question {
	point := func(id string, must bool, weight float64) rubric.KeyPoint {
		return rubric.KeyPoint{ID: "id" + id, Weight: weight, Must: must, Point: "Xpoint" + id + " xmore" + id + ".", Say: "Xsay" + id + " xsaid" + id + ".", Probe: "Probe" + id + "?"}
	}
	return rubric.Question{
		ID: "q1", Type: rubric.Open, Topic: "t", Level: 1, Ask: "What is it?", Context: "Xcontext",
		KeyPoints:      []rubric.KeyPoint{point("one", true, 3), point("two", false, 2), point("three", false, 1)},
		Misconceptions: []rubric.Misconception{{ID: "xmis", Penalty: 10, Point: "Xwrong"}},
		Ideal:          "Xideal", References: []rubric.Reference{{Title: "Xref"}},
		FollowUps: []rubric.FollowUp{
			{ID: "xfu", When: rubric.When{Missed: []string{"idtwo"}}, Ask: "And then?", Covers: []string{"idtwo"}},
			{ID: "xstretch", When: rubric.When{Met: []string{"idthree", "idtwo", "idone"}}, Ask: "And beyond?", KeyPoints: []rubric.KeyPoint{point("own", false, 1)}},
		},
	}
}

// hidden are the words of the question no face may see before it is over, when
// only the first point is met.
var hidden = []string{
	"idtwo", "idthree", "xpointtwo", "xpointthree", "xsaytwo", "xsaythree", "probetwo", "probethree", "idown", "xpointown", "xsayown",
	"xmis", "xwrong", "xideal", "xcontext", "xref", "xfu", "xstretch",
}

// leaks lists the words that stand in what a face is given.
func leaks(t *testing.T, v any, words []string) []string {
	t.Helper()
	body := strings.ToLower(asJSON(t, v))
	var out []string
	for _, w := range words {
		if strings.Contains(body, w) {
			out = append(out, w)
		}
	}
	return out
}

// judged plays the first question until its follow-up has been judged: the
// first point met, the second partial, feedback that tells everything.
func judged(t *testing.T, mode session.Mode) *game {
	t.Helper()
	g := newGame(t, func(s *session.Settings) { s.Mode = mode }, secretive(), secretive())
	hash := g.iv.Plan[0]
	hidden := append([]string{hash}, hidden...)
	g.answered("I would say that it keeps going.")
	e := g.met("idone")
	e.Judgement.Feedback = "You have xpointone. You lack xpointtwo! Also xsaythree, probethree and idtwo. It is idown. Не забудьте про это. Xideal. Well said."
	e.Judgement.Held = []rubric.Held{{ID: "xmis", Evidence: rubric.Evidence{Quote: "that it keeps going"}}}
	e.Judgement.FollowUp = &session.Suggestion{Ask: "Is it xpointtwo?", Target: "idtwo"}
	g.do(e)
	g.answered("It goes on some more then.")
	e = g.met("idone")
	e.Judgement.Verdicts[1] = rubric.Verdict{Point: "idtwo", Status: rubric.Partial, Evidence: []rubric.Evidence{{Quote: "goes on some more"}}}
	if g.iv.Turn != 2 || g.iv.Turns[1].FollowUp != "xfu" {
		t.Fatalf("turn %+v", g.iv.Current())
	}
	g.do(session.EvaluationFailed{Turn: 2, Why: "no", Attempt: 1})
	g.do(session.Regrade{Turn: 1, Judgement: e.Judgement})
	// All of it, the replay of it, and the snapshot folded from it.
	redacted := session.RedactAll(mode, g.events)
	for _, ev := range redacted {
		if l := leaks(t, ev, hidden); l != nil {
			t.Errorf("%s tells %v: %s", ev.Data.EventType(), l, asJSON(t, ev))
		}
	}
	if l := leaks(t, session.View(redacted), hidden); l != nil {
		t.Errorf("the snapshot tells %v", l)
	}
	g.do(e) // the probe of the third comes now: its words are asked, not told
	if g.iv.State != session.FollowUp {
		t.Fatal(g.iv.State)
	}
	return g
}

func TestNothingOpenIsToldBeforeTheQuestionIsOver(t *testing.T) {
	g := judged(t, session.Practice)
	view := session.View(session.RedactAll(session.Practice, g.events))
	if l := leaks(t, view, without(hidden, "probethree")); l != nil {
		t.Errorf("the snapshot tells %v", l)
	}
	first := view.Turns[0].Evaluation
	if len(first.Met) != 1 || first.Met[0].Point != "idone" || first.Met[0].Text == "" || len(first.Met[0].Evidence) != 1 || first.Open != 2 || first.Score == nil {
		t.Errorf("%+v", first)
	}
	if first.Feedback != "You have xpointone. Well said." {
		t.Errorf("feedback %q", first.Feedback)
	}
	second := view.Turns[1].Evaluation
	if len(second.Met) != 2 || second.Met[1].Point != "" || second.Met[1].Text != "partly there" {
		t.Errorf("a partial point has no name yet: %+v", second.Met)
	}
	// Over: now it tells.
	g.do(session.Skip{Turn: 3})
	view = session.View(session.RedactAll(session.Practice, g.events))
	if len(view.Over) != 1 || view.Over[0].Reveal.Ideal != "Xideal" || len(view.Over[0].Reveal.Points) != 3 || !strings.Contains(view.Over[0].Reveal.Points[2].Say, "Xsaythree") {
		t.Errorf("%+v", view.Over)
	}
	if l := leaks(t, view, []string{"xcontext", "xstretch", "xfu", "idown"}); l != nil {
		t.Errorf("what is never shown: %v", l)
	}
}

func without(words []string, word string) []string {
	var out []string
	for _, w := range words {
		if w != word {
			out = append(out, w)
		}
	}
	return out
}

func TestAnExamTellsNothingBeforeItsEnd(t *testing.T) {
	g := judged(t, session.Exam)
	g.do(session.Skip{Turn: 3}) // the question is over, and still nothing
	g.do(session.Skip{Turn: 4})
	g.state(session.Complete)
	all := append([]string{"idone", "xpointone", "xsayone", `"score"`, `"met":[`, `"reveal"`}, without(hidden, "probethree")...)
	redacted := session.RedactAll(session.Exam, g.events)
	for _, ev := range redacted {
		if _, ok := ev.Data.(session.Completed); ok {
			continue
		}
		if l := leaks(t, ev, all); l != nil && ev.Data.EventType() != session.EvRegraded {
			t.Errorf("%s tells %v", ev.Data.EventType(), l)
		}
		if r, ok := ev.Data.(session.Regraded); ok && r.Evaluation.Score != (rubric.Score{}) {
			t.Errorf("the regrade tells the score %+v", r.Evaluation.Score)
		}
		if j, ok := ev.Data.(session.Judged); ok && (j.Score != nil || j.Open != 0 || j.Feedback != "" || j.Met != nil || j.Turn == 0) {
			t.Errorf("%+v", j)
		}
	}
	c := find[session.Completed](t, redacted)
	if len(c.Over) != 2 || c.Over[0].Reveal.Ideal != "Xideal" || c.Over[0].Result.Final.Value == 0 || !c.Over[1].Result.Skipped || c.Over[0].Reveal.Misconceptions[0].ID != "xmis" {
		t.Errorf("completed carries everything: %+v", c)
	}
}

func TestLiveIsRedacted(t *testing.T) {
	l := session.Live{Turn: 1, Phase: "judging", Done: 1, Of: 3, Met: []session.MetPoint{{Point: "idone"}}}
	if got := session.RedactLive(session.Practice, l); !reflect.DeepEqual(got, l) {
		t.Errorf("%+v", got)
	}
	if got := session.RedactLive(session.Exam, l); got.Met != nil || got.Done != 1 || got.Of != 3 {
		t.Errorf("%+v", got)
	}
}

func TestRedactKeepsTheJournalAsItWas(t *testing.T) {
	g := judged(t, session.Practice)
	was := asJSON(t, g.events)
	session.RedactAll(session.Exam, g.events)
	session.RedactAll(session.Practice, g.events)
	if asJSON(t, g.events) != was {
		t.Error("redaction wrote into the journal")
	}
}

func TestViewFollowsTheInterview(t *testing.T) {
	g := newGame(t, func(s *session.Settings) { s.TimeLimit = 60e9 })
	check := func(cmd session.Command) session.Snapshot {
		t.Helper()
		if cmd != nil {
			g.do(cmd)
		}
		s := session.View(session.RedactAll(session.Practice, g.events))
		if s.State != g.iv.State || s.Paused != g.iv.Paused || s.Turn != g.iv.Turn || s.Question != g.iv.Question || s.LastSeq != g.iv.LastSeq ||
			!s.Deadline.Equal(g.iv.Deadline) || s.Remaining != g.iv.Remaining || !reflect.DeepEqual(s.Pending, g.iv.Pending) ||
			s.Evaluator != g.iv.Evaluator || len(s.Turns) != len(g.iv.Turns) || s.Questions != 2 || !s.StartedAt.Equal(g.iv.StartedAt) {
			t.Fatalf("view %+v of %+v", s, g.iv)
		}
		return s
	}
	if s := check(nil); s.Current() != nil || s.ID != "iv-1" || s.Bank.ID != "shop" {
		t.Errorf("%+v", s)
	}
	check(session.Start{})
	if s := check(session.Hint{}); len(s.Current().HintsGiven) != 1 {
		t.Errorf("%+v", s.Current())
	}
	check(session.Pause{})
	check(session.Resume{})
	if s := check(session.Answer{Turn: 1, Text: goodAnswer}); s.Current().Answer != goodAnswer || !s.Current().Answered {
		t.Errorf("%+v", s.Current())
	}
	check(session.EvaluationFailed{Turn: 1, Why: "no", Attempt: 3})
	check(session.Retry{})
	check(session.EvaluationFailed{Turn: 1, Why: "no", Attempt: 3})
	check(session.UseBuiltin{})
	check(session.Pause{})
	if s := check(g.met("decouple")); s.Turns[0].Evaluation == nil || s.Remaining == 0 {
		t.Errorf("%+v", s)
	}
	check(session.Resume{})
	if s := check(session.Skip{Turn: 2}); !s.Turns[1].Skipped || len(s.Over) != 1 {
		t.Errorf("%+v", s.Turns[1])
	}
	check(session.Mark{Question: 1, Point: "burst", Status: rubric.Met})
	check(session.Dispute{Question: 1, Point: "burst", Reason: "no"})
	check(session.Regrade{Turn: 1})
	if s := check(session.End{}); s.Completed == nil || s.Completed.Outcome != session.Ended {
		t.Errorf("%+v", s.Completed)
	}
}

func TestAViewThatJoinedLateIsNoTrouble(t *testing.T) {
	g := newGame(t, nil)
	g.followUp(goodAnswer, "decouple")
	g.do(session.Hint{})
	g.do(session.Skip{Turn: 2})
	for from := range g.events {
		if s := session.View(session.RedactAll(session.Practice, g.events[from:])); s.LastSeq != g.iv.LastSeq {
			t.Errorf("from %d: %+v", from, s)
		}
	}
}
