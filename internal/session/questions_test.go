package session_test

import (
	"testing"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

const vague = "Well, that depends on a few other things."

// followUp answers, judges and gives the follow-up asked, which there must be.
func (g *game) followUp(answer string, met ...string) session.QuestionAsked {
	g.t.Helper()
	g.answered(answer)
	q := find[session.QuestionAsked](g.t, g.do(g.met(met...)))
	if q.Kind != session.FollowUpTurn {
		g.t.Fatalf("no follow-up: %+v", q)
	}
	return q
}

// on answers, judges and checks that no follow-up came.
func (g *game) on(answer string, met ...string) {
	g.t.Helper()
	g.answered(answer)
	at := g.iv.Question
	g.do(g.met(met...))
	if g.iv.State == session.FollowUp || !g.iv.Results[at-1].Over {
		g.t.Fatalf("a follow-up came: %+v", g.iv.Current())
	}
}

func TestQuestionNextMain(t *testing.T) {
	g := newGame(t, nil, cache(), queue())
	g.on(goodAnswer, "stale", "memory", "stampede")
	q := g.iv.Current()
	if q.N != 2 || q.Question != 2 || q.Kind != session.MainTurn || q.Ask != queue().Ask || q.Answered() {
		t.Errorf("%+v", q)
	}
}

func TestQuestionNoMoreCompletes(t *testing.T) {
	g := newGame(t, nil, cache())
	g.on(goodAnswer, "stale", "memory", "stampede")
	g.state(session.Complete)
	if len(g.iv.Turns) != 1 || g.iv.Outcome != session.Finished {
		t.Errorf("%+v", g.iv)
	}
}

func TestQuestionFollowUp(t *testing.T) {
	g := newGame(t, nil)
	q := g.followUp(goodAnswer, "decouple")
	if q.Turn != 2 || q.ID != "queue" || q.Topic != "Messaging" || q.Level != 2 || q.Hints != 2 || q.Type != rubric.Open {
		t.Errorf("%+v", q)
	}
	if tn := g.iv.Turns[1]; tn.FollowUp != "fu-burst" || len(tn.Targets) != 1 || tn.Targets[0] != "burst" {
		t.Errorf("%+v", tn)
	}
}

func TestQuestionNoFollowUpCanBeWritten(t *testing.T) {
	t.Run("author, then probe, then on", func(t *testing.T) {
		q := queue()
		q.KeyPoints[0].Probe = ""
		g := newGame(t, nil, q, cache())
		if f := g.followUp(vague); f.Origin != session.FromAuthor {
			t.Errorf("first %+v", f)
		}
		// The heaviest gap not yet probed has no probe: on.
		g.on(vague)
	})
	t.Run("the point's probe", func(t *testing.T) {
		g := newGame(t, nil, cache(), queue())
		if f := g.followUp(vague); f.Origin != session.FromProbe || f.Ask != cache().KeyPoints[0].Probe {
			t.Errorf("%+v", f)
		}
		if f := g.followUp(vague); f.Ask != cache().KeyPoints[1].Probe {
			t.Errorf("%+v", f)
		}
		if f := g.followUp(vague); f.Ask != cache().KeyPoints[2].Probe {
			t.Errorf("%+v", f)
		}
		g.on(vague)
	})
	t.Run("nothing at all", func(t *testing.T) {
		q := cache()
		for i := range q.KeyPoints {
			q.KeyPoints[i].Probe = ""
		}
		newGame(t, nil, q, queue()).on(vague)
	})
	t.Run("every gap was probed", func(t *testing.T) {
		q := cache()
		q.KeyPoints = q.KeyPoints[:1]
		g := newGame(t, nil, q, queue())
		g.followUp(vague)
		g.on(vague)
	})
}

func TestQuestionNotFound(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	if g.iv.QuestionN(0) != nil || g.iv.QuestionN(3) != nil || g.iv.ResultN(2) != nil || g.iv.TurnN(2) != nil {
		t.Error("found what is not there")
	}
	for _, n := range []int{0, 2, 3, -1} { // the second has not begun
		g.refused(session.Mark{Question: n, Point: "stale", Status: rubric.Met}, session.NotFound)
		g.refused(session.Dispute{Question: n, Point: "stale", Reason: "no"}, session.NotFound)
	}
	g.do(session.Skip{Turn: 1})
	g.refused(session.Mark{Question: 1, Point: "stranger", Status: rubric.Met}, session.NotFound)
	newGame(t, nil).refused(session.Mark{Question: 1, Point: "stale", Status: rubric.Met}, session.NotFound)
}
