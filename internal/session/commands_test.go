package session_test

import (
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func TestSkippedMainQuestionScoresZeroAndGoesOn(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	events := g.changed(session.Skip{Turn: 1}, "Turn", "Question", "Turns", "Results", "ActiveAt")
	wantTypes(t, events, session.EvSkipped, session.EvState, session.EvQuestionOver, session.EvState, session.EvQuestion)
	if r := g.iv.Results[0]; !r.Skipped || !r.Final.Judged || r.Final.Value != 0 || r.Unprompted.Value != 0 || r.Verdicts[0].Reason != rubric.ReasonSkipped {
		t.Errorf("%+v", r)
	}
	if !g.iv.Turns[0].Skipped || g.iv.Turns[0].Answer != "" || len(g.iv.AnswersOf(1)) != 0 {
		t.Errorf("%+v", g.iv.Turns[0])
	}
}

func TestSkippedFollowUpKeepsTheScore(t *testing.T) {
	g := newGame(t, nil)
	g.followUp(goodAnswer, "decouple")
	g.do(session.Skip{Turn: 2})
	if r := g.iv.Results[0]; r.Skipped || r.Final.Value != 50 || !r.Over || g.iv.Question != 2 {
		t.Errorf("%+v", r)
	}
}

func TestSkippedBehavioralQuestionScoresZero(t *testing.T) {
	g := newGame(t, nil, story())
	g.do(session.Start{})
	g.do(session.Skip{Turn: 1})
	if r := g.iv.Results[0]; !r.Final.Judged || r.Final.Value != 0 || *r.Verdicts[0].Level != 0 {
		t.Errorf("%+v", r)
	}
}

func TestHintsAreGivenOneByOneAndCounted(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	events := g.changed(session.Hint{}, "Turns", "ActiveAt")
	if h := find[session.HintGiven](t, events); h.Number != 1 || h.Of != 2 || h.Text != "Think of an outage." {
		t.Errorf("%+v", h)
	}
	g.followUp(goodAnswer, "decouple")
	if h := find[session.HintGiven](t, g.do(session.Hint{})); h.Number != 2 || h.Turn != 2 || h.Text != "Think of a sale." {
		t.Errorf("hints run on over the follow-ups: %+v", h)
	}
	if e := g.refused(session.Hint{}, session.InvalidState); e.State != session.FollowUp || e.Command != session.CmdHint || len(e.Allowed) == 0 || !strings.Contains(e.Message, "no more hints") {
		t.Errorf("%+v", e)
	}
	if g.iv.Results[0].Final.Value != 50 {
		t.Error("hints cost something")
	}
}

func TestHintsAreOfPracticeOnly(t *testing.T) {
	g := newGame(t, exam)
	q := find[session.QuestionAsked](t, g.do(session.Start{}))
	if e := g.refused(session.Hint{}, session.InvalidState); q.Hints != 0 || !strings.Contains(e.Message, "exam") {
		t.Errorf("%+v %v", q, e)
	}
}

func exam(s *session.Settings) { s.Mode = session.Exam }

func TestPauseStopsTheClockAndResumeStartsIt(t *testing.T) {
	g := newGame(t, func(s *session.Settings) { s.TimeLimit = time.Minute })
	g.do(session.Start{})
	started := g.now
	if !g.iv.Deadline.Equal(started.Add(time.Minute)) {
		t.Fatalf("deadline %v", g.iv.Deadline)
	}
	g.now = g.now.Add(19 * time.Second)
	g.changed(session.Pause{Reason: "tea\x07"}, "Paused", "Deadline", "Remaining", "ActiveAt")
	if g.iv.Remaining != 40*time.Second || !g.iv.Deadline.IsZero() {
		t.Errorf("remaining %v, deadline %v", g.iv.Remaining, g.iv.Deadline)
	}
	if p := find[session.PausedEvent](t, g.events); p.Reason != "tea" {
		t.Errorf("%+v", p)
	}
	for _, cmd := range []session.Command{session.Answer{Turn: 1, Text: "x"}, session.Skip{Turn: 1}, session.Hint{}} {
		if e := g.refused(cmd, session.IsPaused); !strings.Contains(e.Message, "paused") {
			t.Error(e)
		}
	}
	g.refused(session.Deadline{Turn: 1}, session.InvalidState)
	g.refused(session.Pause{}, session.InvalidState)
	g.now = g.now.Add(time.Hour)
	g.changed(session.Resume{}, "Paused", "Deadline", "Remaining", "ActiveAt")
	if !g.iv.Deadline.Equal(g.now.Add(40 * time.Second)) {
		t.Errorf("deadline %v at %v", g.iv.Deadline, g.now)
	}
	g.refused(session.Resume{}, session.InvalidState)
}

func TestPauseWhileEvaluatingKeepsTheNextTurnsWholeTime(t *testing.T) {
	g := newGame(t, func(s *session.Settings) { s.TimeLimit = time.Minute }).answered(goodAnswer)
	g.changed(session.Pause{}, "Paused", "ActiveAt")
	g.refused(session.Answer{Turn: 1, Text: "x"}, session.InvalidState) // resuming would not help
	g.now = g.now.Add(time.Hour)
	g.changed(g.met("decouple"), "State", "Turn", "Turns", "Results", "Remaining")
	g.state(session.FollowUp)
	if !g.iv.Deadline.IsZero() || g.iv.Remaining != 30*time.Second || !g.iv.Paused {
		t.Errorf("deadline %v, remaining %v", g.iv.Deadline, g.iv.Remaining)
	}
	g.do(session.Resume{})
	if !g.iv.Deadline.Equal(g.now.Add(30 * time.Second)) {
		t.Errorf("deadline %v at %v", g.iv.Deadline, g.now)
	}
}

func TestPauseBeforeTheStart(t *testing.T) {
	g := newGame(t, func(s *session.Settings) { s.TimeLimit = time.Minute })
	g.do(session.Pause{})
	g.do(session.Start{})
	if g.iv.Remaining != time.Minute || !g.iv.Paused {
		t.Errorf("%+v", g.iv)
	}
	g.do(session.Resume{})
	if !g.iv.Deadline.Equal(g.now.Add(time.Minute)) {
		t.Errorf("deadline %v", g.iv.Deadline)
	}
}

func TestDeadlineHandsInTheDraft(t *testing.T) {
	g := newGame(t, func(s *session.Settings) { s.TimeLimit = time.Minute })
	g.do(session.Start{})
	active := g.iv.ActiveAt
	events := g.changed(session.Deadline{Turn: 1, Draft: "half a \x1b[1mthought"}, "State", "Turns", "Deadline")
	wantTypes(t, events, session.EvAnswerAccepted, session.EvState)
	if a := g.iv.Turns[0]; a.Answer != "half a thought" || !a.TimedOut || a.Skipped || !g.iv.ActiveAt.Equal(active) {
		t.Errorf("%+v", a)
	}
	g.do(session.EvaluationFailed{Turn: 1, Why: "no"})
	g.do(g.met())
	if limit := g.iv.Deadline.Sub(g.now); g.iv.State != session.FollowUp || limit != 30*time.Second {
		t.Errorf("a follow-up has half the limit: %v", limit)
	}
	g.refused(session.Deadline{Turn: 1}, session.StaleTurn)
}

func TestDeadlineWithNothingWrittenSkips(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	events := g.do(session.Deadline{Turn: 1, Draft: " \n\x07"})
	if s := find[session.TurnSkipped](t, events); !s.TimedOut || !g.iv.Turns[0].TimedOut || !g.iv.Results[0].Skipped {
		t.Errorf("%+v", g.iv.Turns[0])
	}
}

func TestDeadlineCutsADraftThatIsTooLong(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	g.do(session.Deadline{Turn: 1, Draft: strings.Repeat("ä", session.MaxAnswer+9)})
	if n := len([]rune(g.iv.Turns[0].Answer)); n != session.MaxAnswer {
		t.Errorf("%d characters", n)
	}
}

func TestLimits(t *testing.T) {
	for _, tc := range []struct {
		name    string
		mode    session.Mode
		setting time.Duration
		want    time.Duration
	}{
		{"practice has none", session.Practice, 0, 0},
		{"unless asked for", session.Practice, time.Minute, time.Minute},
		{"an exam has the question's", session.Exam, 0, 4 * time.Minute},
		{"or the one asked for", session.Exam, time.Minute, time.Minute},
	} {
		g := newGame(t, func(s *session.Settings) { s.Mode, s.TimeLimit = tc.mode, tc.setting })
		g.do(session.Start{})
		got := time.Duration(0)
		if !g.iv.Deadline.IsZero() {
			got = g.iv.Deadline.Sub(g.now)
		}
		if got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}

func TestUseBuiltin(t *testing.T) {
	g := newGame(t, nil)
	g.iv.Evaluator = session.EvaluatorInfo{Name: "ollama", Model: "gemma3:4b"}
	g.answered(goodAnswer)
	g.do(session.EvaluationFailed{Turn: 1, Why: "no", Attempt: 3})
	events := g.changed(session.UseBuiltin{}, "Evaluator", "Pending", "ActiveAt")
	if c := find[session.EvaluatorChanged](t, events); c.From.String() != "gemma3:4b" || c.To.Name != session.Builtin || c.Turn != 1 {
		t.Errorf("%+v", c)
	}
	g.state(session.Evaluating)
	g.do(g.met("decouple"))
	names(t, g.refused(session.UseBuiltin{}, session.InvalidState), session.FollowUp, session.CmdUseBuiltin, session.CmdAnswer)
	if by := g.iv.Turns[0].Evaluation.By; by.Name != session.Builtin {
		t.Errorf("judged by %s", by)
	}
}

func TestEndWhileEvaluatingKeepsTheAnswerUnassessed(t *testing.T) {
	g := newGame(t, nil, cache(), queue())
	g.on(goodAnswer, "stale", "memory", "stampede")
	g.answered(goodAnswer)
	c := find[session.Completed](t, g.changed(session.End{}, "State", "Results", "Outcome", "EndedAt", "ActiveAt"))
	if c.Score != 100 || c.Judged != 1 || c.Questions != 2 {
		t.Errorf("completed %+v", c)
	}
	if r := g.iv.Results[1]; !r.Unassessed || !r.Over || r.Final.Judged || g.iv.Turns[1].Answer != goodAnswer {
		t.Errorf("%+v", r)
	}
	report, err := session.BuildReport(g.iv)
	if err != nil || report.Judged != 1 || report.Questions[1].Turns[0].Answer != goodAnswer {
		t.Errorf("%+v %v", report, err)
	}
}

func TestEndInAFollowUpKeepsTheScoreSoFar(t *testing.T) {
	g := newGame(t, nil)
	g.followUp(goodAnswer, "decouple")
	g.answered(vague)
	g.do(session.End{})
	if r := g.iv.Results[0]; r.Unassessed || r.Final.Value != 50 {
		t.Errorf("%+v", r)
	}
}

func TestMarkAndDisputeTouchNoScore(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	for _, cmd := range []session.Command{session.Mark{Question: 1, Point: "burst", Status: rubric.Met}, session.Dispute{Question: 1, Point: "burst", Reason: "I said it."}} {
		if e := g.refused(cmd, session.InvalidState); !strings.Contains(e.Message, "not over yet") || e.State != session.Questioning {
			t.Errorf("on an open question: %+v", e)
		}
	}
	g.do(session.Skip{Turn: 1})
	play := func() {
		t.Helper()
		g.changed(session.Mark{Question: 1, Point: "burst", Status: rubric.Partial}, "Marks", "ActiveAt")
		g.changed(session.Mark{Question: 1, Point: "burst", Status: rubric.Met}, "Marks", "ActiveAt")
		if m := g.iv.Marks; len(m) != 1 || m[0].Status != rubric.Met || !m[0].At.Equal(g.now) {
			t.Errorf("the latest mark stands: %+v", m)
		}
		n := len(g.iv.Disputes)
		g.changed(session.Dispute{Question: 1, Point: "burst", Reason: " I said\x07 it. "}, "Disputes", "ActiveAt")
		if d := g.iv.Disputes; len(d) != n+1 || d[n].Reason != "I said it." {
			t.Errorf("%+v", d)
		}
		g.refused(session.Mark{Question: 1, Point: "burst", Status: rubric.Contradicted}, session.Invalid)
		g.refused(session.Mark{Question: 1, Point: "burst"}, session.Invalid)
		g.refused(session.Dispute{Question: 1, Point: "burst", Reason: " \n"}, session.Invalid)
		g.refused(session.Dispute{Question: 1, Point: "burst", Reason: strings.Repeat("x", session.MaxReason+1)}, session.TooLong)
	}
	play()
	g.do(session.End{})
	play() // also in COMPLETE
}

func TestRegradeStandsBesideTheFirst(t *testing.T) {
	g := newGame(t, nil)
	g.refused(session.Regrade{Turn: 1}, session.InvalidState) // IDLE
	g.followUp(goodAnswer, "decouple")
	by := session.EvaluatorInfo{Name: "ollama", Model: "m"}
	again := session.Regrade{Turn: 1, By: by, Judgement: session.Judgement{Verdicts: []rubric.Verdict{{Point: "burst", Status: rubric.Met, Evidence: []rubric.Evidence{{Quote: "a flood of orders waits"}}}}}}
	for _, turn := range []int{0, 2, 7} { // none, not answered, none
		g.refused(session.Regrade{Turn: turn}, session.NotFound)
	}
	g.do(session.Skip{Turn: 2})
	g.refused(session.Regrade{Turn: 2}, session.NotFound) // skipped
	g.do(session.End{})
	events := g.changed(again, "Turns")
	r := find[session.Regraded](t, events)
	if r.Evaluation.By != by || r.Evaluation.Score.Value != 25 || g.iv.Results[0].Final.Value != 50 || len(g.iv.Turns[0].Regrades) != 1 || g.iv.Turns[0].Evaluation.Score.Value != 50 {
		t.Errorf("%+v", r)
	}
	g.do(again)
	if len(g.iv.Turns[0].Regrades) != 2 {
		t.Error("the second regrade is missing")
	}
}

type stranger struct{}

func (stranger) Type() session.CommandType { return session.CmdStart }

func TestUnknownCommandIsRefused(t *testing.T) {
	newGame(t, nil).refused(stranger{}, session.Invalid)
}

func TestWhoMaySendWhat(t *testing.T) {
	people := []session.Command{
		session.Start{},
		session.Answer{},
		session.Skip{},
		session.Hint{},
		session.Pause{},
		session.Resume{},
		session.Retry{},
		session.UseBuiltin{},
		session.End{},
		session.Mark{},
		session.Dispute{},
	}
	for _, c := range people {
		if !c.Type().OfPeople() {
			t.Errorf("%s is of people", c.Type())
		}
	}
	for _, c := range []session.Command{session.Evaluated{}, session.EvaluationFailed{}, session.Regrade{}, session.Deadline{}, session.IdleTimeout{}, session.Expire{}} {
		if c.Type().OfPeople() {
			t.Errorf("%s is not of people", c.Type())
		}
	}
}
