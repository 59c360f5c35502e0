package session_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

func wantTypes(t *testing.T, events []session.Event, want ...session.EventType) {
	t.Helper()
	if got := types(events); !slices.Equal(got, want) {
		t.Fatalf("events %v, want %v", got, want)
	}
}

// State transitions: the ten of the design, by name.

func TestTransitionIdleToQuestioning(t *testing.T) {
	g := newGame(t, nil)
	events := g.do(session.Start{})
	g.state(session.Questioning)
	wantTypes(t, events, session.EvStarted, session.EvState, session.EvQuestion)
	if q := find[session.QuestionAsked](t, events); q.Turn != 1 || q.Question != 1 || q.Of != 2 || q.Ask != queue().Ask {
		t.Errorf("asked %+v", q)
	}
	if g.iv.Outcome != "" || len(g.iv.Results) != 1 || g.iv.Results[0].Over {
		t.Errorf("more changed than the start: %+v", g.iv.Results)
	}
}

func TestTransitionQuestioningToEvaluating(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	events := g.do(session.Answer{Turn: 1, Text: goodAnswer})
	g.state(session.Evaluating)
	wantTypes(t, events, session.EvAnswerAccepted, session.EvState)
	if g.iv.Turns[0].Answer != goodAnswer || g.iv.Turns[0].Evaluation != nil || g.iv.Turn != 1 {
		t.Errorf("turn %+v", g.iv.Turns[0])
	}
}

func TestTransitionEvaluatingToFollowUp(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer)
	events := g.do(g.met("decouple"))
	g.state(session.FollowUp)
	wantTypes(t, events, session.EvEvaluation, session.EvState, session.EvQuestion)
	if q := find[session.QuestionAsked](t, events); q.Kind != session.FollowUpTurn || q.Turn != 2 || q.Number != 1 || q.Question != 1 {
		t.Errorf("asked %+v", q)
	}
	if g.iv.Results[0].Over || len(g.iv.Results) != 1 {
		t.Errorf("the question is over too soon: %+v", g.iv.Results)
	}
}

func TestTransitionEvaluatingToQuestioning(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer)
	events := g.do(session.Evaluated{Turn: 1, Judgement: g.met("decouple", "burst", "twice").Judgement})
	// All met: the stretch is asked first, then it goes on.
	g.state(session.FollowUp)
	if !find[session.QuestionAsked](t, events).Stretch {
		t.Fatal("expected the stretch")
	}
	events = g.answered("They go to a dead letter queue.").do(g.met("decouple", "burst", "twice"))
	g.state(session.Questioning)
	wantTypes(t, events, session.EvEvaluation, session.EvQuestionOver, session.EvState, session.EvQuestion)
	if g.iv.Question != 2 || !g.iv.Results[0].Over || g.iv.Results[1].Over {
		t.Errorf("results %+v", g.iv.Results)
	}
}

func TestTransitionEvaluatingToComplete(t *testing.T) {
	g := newGame(t, nil, cache()).answered(goodAnswer)
	events := g.do(g.met("stale", "memory", "stampede"))
	g.state(session.Complete)
	wantTypes(t, events, session.EvEvaluation, session.EvQuestionOver, session.EvState, session.EvCompleted)
	if c := find[session.Completed](t, events); c.Outcome != session.Finished || c.Score != 100 || c.Judged != 1 {
		t.Errorf("completed %+v", c)
	}
}

func TestTransitionFollowUpToEvaluating(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer)
	g.do(g.met("decouple"))
	g.state(session.FollowUp)
	wantTypes(t, g.do(session.Answer{Turn: 2, Text: "It waits in line until billing can."}), session.EvAnswerAccepted, session.EvState)
	g.state(session.Evaluating)
	if g.iv.Turns[0].Evaluation == nil || g.iv.Turns[1].Evaluation != nil {
		t.Error("evaluations moved")
	}
}

// names checks that a refusal names state, command and what is allowed.
func names(t *testing.T, e *session.Error, state session.State, cmd session.CommandType, allowed ...session.CommandType) {
	t.Helper()
	if e.State != state || e.Command != cmd {
		t.Errorf("error names %s and %s: %v", e.State, e.Command, e)
	}
	for _, a := range allowed {
		if !slices.Contains(e.Allowed, a) || !strings.Contains(e.Message, string(a)) {
			t.Errorf("%q does not name %s (%v)", e.Message, a, e.Allowed)
		}
	}
	if !strings.Contains(e.Message, string(state)) || !strings.Contains(e.Message, string(cmd)) {
		t.Errorf("%q does not name state and command", e.Message)
	}
}

func TestTransitionAnswerWhenIdleIsRefused(t *testing.T) {
	g := newGame(t, nil)
	names(t, g.refused(session.Answer{Turn: 1, Text: "x"}, session.InvalidState), session.Idle, session.CmdAnswer, session.CmdStart)
}

func TestTransitionEvaluatedWhenQuestioningIsRefused(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	names(t, g.refused(session.Evaluated{Turn: 1}, session.InvalidState), session.Questioning, session.CmdEvaluated, session.CmdAnswer)
}

func TestTransitionEvaluatedWhenInFollowUpIsRefused(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer)
	g.do(g.met("decouple"))
	names(t, g.refused(session.Evaluated{Turn: 2}, session.InvalidState), session.FollowUp, session.CmdEvaluated, session.CmdAnswer)
}

func TestTransitionWhenCompleteIsRefused(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	g.do(session.End{})
	g.state(session.Complete)
	for _, cmd := range []session.Command{session.Start{}, session.Answer{Turn: 1, Text: "x"}, session.Skip{Turn: 1}, session.Hint{}, session.Pause{}, session.Resume{}, session.End{}, session.Retry{}, session.UseBuiltin{}, session.Expire{}, session.IdleTimeout{}, session.Deadline{Turn: 1}} {
		names(t, g.refused(cmd, session.IsComplete), session.Complete, cmd.Type(), session.CmdMark, session.CmdDispute)
	}
	if g.iv.Outcome != session.Ended {
		t.Errorf("outcome %s", g.iv.Outcome)
	}
}

// TestEveryPairOfStateAndCommand goes through the whole table: each command in
// each state is either taken or refused by name.
func TestEveryPairOfStateAndCommand(t *testing.T) {
	idle := func(t *testing.T) *game { return newGame(t, nil) }
	questioning := func(t *testing.T) *game { g := idle(t); g.do(session.Start{}); return g }
	evaluating := func(t *testing.T) *game { return idle(t).answered(goodAnswer) }
	failed := func(t *testing.T) *game {
		g := evaluating(t)
		g.do(session.EvaluationFailed{Turn: 1, Why: "no", Attempt: 3})
		return g
	}
	followUp := func(t *testing.T) *game { g := evaluating(t); g.do(g.met("decouple")); return g }
	paused := func(t *testing.T) *game { g := questioning(t); g.do(session.Pause{}); return g }
	complete := func(t *testing.T) *game { g := questioning(t); g.do(session.End{}); return g }
	for _, tc := range []struct {
		name string
		make func(*testing.T) *game
		take string
	}{
		{"idle", idle, "start pause end idle expire"},
		{"questioning", questioning, "answer skip hint pause end deadline idle expire"},
		{"evaluating", evaluating, "use_builtin pause end evaluated evaluation_failed idle expire"},
		{"failed", failed, "retry use_builtin pause end evaluated evaluation_failed idle expire"},
		{"follow-up", followUp, "answer skip hint pause end deadline idle expire"},
		{"paused", paused, "resume end expire"},
		{"complete", complete, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			take := strings.Fields(tc.take)
			turn := tc.make(t).iv.Turn
			for _, cmd := range []session.Command{
				session.Start{},
				session.Answer{Turn: turn, Text: "a few words more"},
				session.Skip{Turn: turn},
				session.Hint{},
				session.Pause{},
				session.Resume{},
				session.Retry{},
				session.UseBuiltin{},
				session.End{},
				session.Evaluated{Turn: turn},
				session.EvaluationFailed{Turn: turn, Why: "no"},
				session.Deadline{Turn: turn, Draft: "half a"},
				session.IdleTimeout{},
				session.Expire{},
			} {
				_, err := session.Decide(tc.make(t).iv, cmd, t0)
				if want := slices.Contains(take, string(cmd.Type())); want != (err == nil) {
					t.Errorf("%s: taken %v, want %v (%v)", cmd.Type(), err == nil, want, err)
				}
			}
		})
	}
}
