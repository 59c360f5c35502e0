package session_test

import (
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Lifecycle: the machine's part of the eight; the engine's tests have the
// unknown interview, the pause of an idle one and the recovery on disk.

func TestLifecycleCreate(t *testing.T) {
	g := newGame(t, nil)
	g.state(session.Idle)
	wantTypes(t, g.events, session.EvCreated)
	c := find[session.Created](t, g.events)
	if c.ID != "iv-1" || c.Questions != 2 || len(c.Plan) != 2 || g.iv.Turn != 0 || g.iv.Current() != nil || g.iv.LastSeq != 1 {
		t.Errorf("created %+v", c)
	}
	if s := c.Settings; s.IdleAfter != 30*time.Minute || s.ExpireAfter != 7*24*time.Hour || s.Mode != session.Practice {
		t.Errorf("defaults %+v", s)
	}
}

func TestLifecycleCreateRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		mode      session.Mode
		questions []rubric.Question
		kind      session.Kind
	}{
		"no question":       {"", nil, session.Invalid},
		"a mode of its own": {"party", []rubric.Question{queue()}, session.Invalid},
		"no hash":           {"", []rubric.Question{{KeyPoints: []rubric.KeyPoint{{Weight: inf()}}}}, session.Internal},
	} {
		iv, events, err := session.Create("x", session.Settings{Mode: tc.mode}, session.BankRef{}, tc.questions, session.EvaluatorInfo{}, t0)
		if session.KindOf(err) != tc.kind || iv != nil || events != nil {
			t.Errorf("%s: %v %v %v", name, iv, events, err)
		}
	}
	iv, _, err := session.Create("x", session.Settings{}, session.BankRef{}, []rubric.Question{queue()}, session.EvaluatorInfo{}, t0)
	if err != nil || iv.Settings.Mode != session.Practice {
		t.Errorf("the mode is practice unless asked for: %+v %v", iv, err)
	}
}

func inf() float64 { x := 1e300; return x * x }

func TestLifecycleStart(t *testing.T) {
	g := newGame(t, nil)
	events := g.changed(session.Start{}, "State", "Turn", "Question", "Turns", "Results", "StartedAt", "ActiveAt")
	wantTypes(t, events, session.EvStarted, session.EvState, session.EvQuestion)
	if !g.iv.StartedAt.Equal(g.now) || !g.iv.ActiveAt.Equal(g.now) {
		t.Errorf("started %v active %v", g.iv.StartedAt, g.iv.ActiveAt)
	}
	names(t, g.refused(session.Start{}, session.InvalidState), session.Questioning, session.CmdStart, session.CmdAnswer)
}

func TestLifecycleCompleteAfterTheLastEvaluation(t *testing.T) {
	g := newGame(t, nil, cache()).answered(goodAnswer)
	events := g.changed(g.met("stale", "memory", "stampede"), "State", "Turns", "Results", "Outcome", "EndedAt")
	wantTypes(t, events, session.EvEvaluation, session.EvQuestionOver, session.EvState, session.EvCompleted)
	if g.iv.Outcome != session.Finished || !g.iv.EndedAt.Equal(g.now) || !g.iv.Results[0].Over {
		t.Errorf("%+v", g.iv)
	}
}

func TestLifecycleCompleteByEnd(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	events := g.changed(session.End{}, "State", "Results", "Outcome", "EndedAt", "ActiveAt")
	wantTypes(t, events, session.EvQuestionOver, session.EvState, session.EvCompleted)
	c := find[session.Completed](t, events)
	if c.Outcome != session.Ended || c.Judged != 0 || c.Questions != 2 || c.Over != nil || !g.iv.Results[0].Unassessed {
		t.Errorf("%+v, %+v", c, g.iv.Results)
	}
	g.refused(session.End{}, session.IsComplete)
}

func TestLifecycleEndBeforeTheStart(t *testing.T) {
	g := newGame(t, nil)
	wantTypes(t, g.changed(session.End{}, "State", "Outcome", "EndedAt", "ActiveAt"), session.EvState, session.EvCompleted)
	g.state(session.Complete)
}

func TestLifecycleEvaluatedInAWrongState(t *testing.T) {
	g := newGame(t, nil)
	g.refused(session.Evaluated{Turn: 1}, session.InvalidState)
	g.do(session.Start{})
	g.refused(session.Evaluated{Turn: 1}, session.InvalidState)
	g.answered(goodAnswer)
	late := g.met("decouple")
	g.do(late)
	g.refused(late, session.StaleTurn) // a second time
	g.do(session.End{})
	g.refused(session.Evaluated{Turn: 1}, session.IsComplete)
	g.refused(session.EvaluationFailed{Turn: 2}, session.IsComplete)
}

func TestLifecycleTimeoutPausesAndGoesOn(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	events := g.changed(session.IdleTimeout{}, "Paused")
	wantTypes(t, events, session.EvPaused)
	if find[session.PausedEvent](t, events).Reason != session.ReasonIdle {
		t.Errorf("%+v", events)
	}
	g.refused(session.Answer{Turn: 1, Text: goodAnswer}, session.IsPaused)
	g.refused(session.IdleTimeout{}, session.InvalidState)
	wantTypes(t, g.changed(session.Resume{}, "Paused", "ActiveAt"), session.EvResumed)
	g.answered(goodAnswer).state(session.Evaluating)
}

func TestLifecycleExpire(t *testing.T) {
	for name, pause := range map[string]bool{"running": false, "paused": true} {
		t.Run(name, func(t *testing.T) {
			g := newGame(t, nil).answered(goodAnswer)
			fields := []string{"State", "Results", "Outcome", "EndedAt"}
			if pause {
				g.do(session.Pause{})
				fields = append(fields, "Paused")
			}
			c := find[session.Completed](t, g.changed(session.Expire{}, fields...))
			if c.Outcome != session.Expired || g.iv.Turns[0].Answer != goodAnswer || !g.iv.Results[0].Unassessed {
				t.Errorf("%+v %+v", c, g.iv.Results[0])
			}
		})
	}
}

func TestLifecycleRecoveryFoldGivesTheSameInterview(t *testing.T) {
	g := newGame(t, func(s *session.Settings) { s.TimeLimit = time.Minute }).answered(goodAnswer)
	g.do(g.met("decouple"))
	g.do(session.Pause{})
	folded := session.Fold(g.events)
	folded.Questions = g.iv.Questions
	if a, b := asJSON(t, folded), asJSON(t, g.iv); a != b {
		t.Fatalf("got\n%s\nwant\n%s", a, b)
	}
	g.iv = folded // and it goes on from there
	g.do(session.Resume{})
	g.answered("It waits in line until billing can.").state(session.Evaluating)
}

func TestProgressCurrentQuestion(t *testing.T) {
	g := newGame(t, nil, cache(), queue(), cache())
	if s := session.Summarize(g.iv); s.Question != 0 || s.Questions != 3 {
		t.Errorf("before the start: %+v", s)
	}
	g.do(session.Start{})
	for n := 1; n <= 3; n++ {
		if s := session.Summarize(g.iv); s.Question != n || g.iv.Question != n || g.iv.Current().Question != n {
			t.Errorf("question %d: %+v", n, s)
		}
		g.do(session.Skip{Turn: g.iv.Turn})
	}
	g.state(session.Complete)
	if g.iv.Question != 3 {
		t.Errorf("question %d after the end", g.iv.Question)
	}
}

func TestProgressFollowUpCount(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	for n := 1; n <= 3; n++ {
		g.answered("Well, that depends on a few other things.")
		q := find[session.QuestionAsked](t, g.do(g.met()))
		if q.Number != n || q.Max != 3 || q.Question != 1 || q.Kind != session.FollowUpTurn {
			t.Fatalf("follow-up %d: %+v", n, q)
		}
	}
	g.answered("Well, that depends on a few other things.")
	if q := find[session.QuestionAsked](t, g.do(g.met())); q.Number != 0 || q.Question != 2 || q.Kind != session.MainTurn {
		t.Errorf("after the third: %+v", q)
	}
}
