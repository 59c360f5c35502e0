package session_test

import (
	"math"
	"testing"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func TestStretchIsAskedWithoutGapsAndNeverScored(t *testing.T) {
	g := newGame(t, nil)
	q := g.followUp(goodAnswer, "decouple", "burst", "twice")
	if !q.Stretch || q.Level != 4 || q.Origin != session.FromAuthor || q.Ask != "Where do poison messages go?" {
		t.Fatalf("%+v", q)
	}
	g.answered("They go to a dead letter queue.")
	e := g.met("decouple", "burst", "twice")
	e.Judgement.Own = []rubric.Verdict{{Point: "dlq", Status: rubric.Met, Evidence: []rubric.Evidence{{Quote: "to a dead letter queue"}}}}
	events := g.do(e)
	full := find[session.Judged](t, events).Full
	if full.Score.Value != 100 || full.Score.Points != 3 || len(full.Own) != 1 || full.Own[0].Status != rubric.Met {
		t.Errorf("%+v", full)
	}
	if own := find[session.QuestionOver](t, events).Reveal.Own; len(own) != 1 || own[0].Text != "To a dead letter queue." || own[0].Verdict.Status != rubric.Met {
		t.Errorf("own %+v", own)
	}
}

func TestStretchComesBeforeTheQuestionGoesOnForSimilarity(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer)
	e := g.met("decouple", "burst")
	e.Similarity = 1
	if q := find[session.QuestionAsked](t, g.do(e)); !q.Stretch {
		t.Errorf("%+v", q)
	}
	g.on("They go to a dead letter queue.", "decouple", "burst", "twice") // asked once
}

func TestDontKnowTwiceEndsProbing(t *testing.T) {
	g := newGame(t, nil)
	g.followUp("I don't know.")
	g.on("No idea, sorry.")
	if g.iv.Question != 2 {
		t.Errorf("question %d", g.iv.Question)
	}
}

func TestAPartialIsProbedOnceAtMost(t *testing.T) {
	q := queue()
	q.FollowUps = []rubric.FollowUp{
		{ID: "one", When: rubric.When{Missed: []string{"burst"}}, Ask: "What about a sale?"},
		{ID: "two", When: rubric.When{Missed: []string{"burst"}}, Ask: "And what about a big sale?"},
	}
	partly := func(g *game) session.Evaluated {
		e := g.met("decouple", "twice")
		e.Judgement.Verdicts[1] = rubric.Verdict{Point: "burst", Status: rubric.Partial, Evidence: []rubric.Evidence{{Answer: g.iv.Turn, End: len(g.iv.Current().Answer)}}}
		return e
	}
	g := newGame(t, nil, q, cache()).answered(goodAnswer)
	if f := find[session.QuestionAsked](t, g.do(partly(g))); f.FollowUp != "one" {
		t.Fatalf("%+v", f)
	}
	g.answered("Some orders wait a little longer.")
	g.do(partly(g))
	if g.iv.Question != 2 {
		t.Errorf("probed again: %+v", g.iv.Current())
	}
	// A missed one may be asked for again by the author.
	g = newGame(t, nil, q, cache())
	g.followUp(goodAnswer, "decouple", "twice")
	if f := g.followUp(vague); f.FollowUp != "two" {
		t.Errorf("%+v", f)
	}
}

func TestAnAuthorsFollowUpIsLeftOutOnceItsPointIsMet(t *testing.T) {
	q := queue()
	q.FollowUps = []rubric.FollowUp{{ID: "f", When: rubric.When{Score: mustBound("<=60")}, Covers: []string{"burst"}, Ask: "What about a sale?"}}
	g := newGame(t, nil, q, cache())
	if f := g.followUp(goodAnswer, "burst"); f.Origin != session.FromProbe {
		t.Errorf("%+v", f)
	}
}

func TestAFollowUpForALowScoreNeedsNoTarget(t *testing.T) {
	q := queue()
	q.FollowUps = []rubric.FollowUp{{ID: "f", When: rubric.When{Score: mustBound("<=60")}, Ask: "Can you draw it?"}}
	if f := newGame(t, nil, q, cache()).followUp(vague); f.FollowUp != "f" || f.Stretch {
		t.Errorf("%+v", f)
	}
}

func TestAFollowUpNeverRepeatsAText(t *testing.T) {
	q := cache()
	q.KeyPoints[0].Probe = "WHEN does a cache hurt"              // the question again
	q.FollowUps = []rubric.FollowUp{{ID: "f", Ask: q.Ask + "!"}} // and again
	g := newGame(t, nil, q, queue()).answered(vague)
	e := g.met()
	e.Judgement.FollowUp = &session.Suggestion{Ask: "when does a CACHE hurt??", Target: "stale"}
	g.do(e)
	if g.iv.Question != 2 {
		t.Errorf("repeated: %+v", g.iv.Current())
	}
}

// suggest judges the answer with all missed and a follow-up by the model.
func suggest(g *game, ask, target string) session.QuestionAsked {
	g.t.Helper()
	e := g.met()
	e.Judgement.FollowUp = &session.Suggestion{Ask: ask, Target: target}
	return find[session.QuestionAsked](g.t, g.do(e))
}

func TestTheModelsFollowUp(t *testing.T) {
	probe := cache().KeyPoints[0].Probe
	for _, tc := range []struct{ name, ask, target, want string }{
		{"is asked for the heaviest gap", "What could a customer notice?\x07", "stale", "What could a customer notice?"},
		{"is dropped for another gap", "What could a customer notice?", "memory", probe},
		{"is dropped for a stranger", "What could a customer notice?", "stranger", probe},
		{"is dropped when it tells the answer", "Could readers see old values?", "stale", probe},
		{"is dropped when it tells another open point", "Do many misses at once hit the source?", "stale", probe},
		{"is dropped when it says what one might say", "Will the shelf show yesterday?", "stale", probe},
		{"is dropped when it is empty", " \x07", "stale", probe},
	} {
		t.Run(tc.name, func(t *testing.T) {
			q := cache()
			q.KeyPoints[0].Say = "The shelf shows yesterday."
			g := newGame(t, nil, q, queue()).answered(vague)
			if f := suggest(g, tc.ask, tc.target); f.Ask != tc.want {
				t.Errorf("asked %q by %s", f.Ask, f.Origin)
			}
		})
	}
}

func TestTheModelsFollowUpMayUseTheCandidatesWords(t *testing.T) {
	ask := "You said readers see old values: for how long?"
	g := newGame(t, nil, cache(), queue()).answered("Maybe readers see something like old values there.")
	if f := suggest(g, ask, "stale"); f.Ask != ask || f.Origin != session.FromModel {
		t.Errorf("%+v", f)
	}
}

func TestAOneWordPointIsToldByItsWord(t *testing.T) {
	q := cache()
	q.KeyPoints[0].Point = "Staleness."
	g := newGame(t, nil, q, queue()).answered(vague)
	if f := suggest(g, "What about staleness?", "stale"); f.Origin != session.FromProbe {
		t.Errorf("%+v", f)
	}
}

func TestBehavioralGapsAreLevelsUnderThree(t *testing.T) {
	g := newGame(t, nil, story(), queue()).answered("I told my team and we lost one hour.")
	levels := func(action, result int) session.Evaluated {
		say := []rubric.Evidence{{Quote: "I told my team"}}
		return session.Evaluated{Turn: g.iv.Turn, Judgement: session.Judgement{Verdicts: []rubric.Verdict{
			{Point: "action", Level: &action, Evidence: say}, {Point: "result", Level: &result, Evidence: say},
		}}}
	}
	events := g.do(levels(4, 2))
	if f := find[session.QuestionAsked](t, events); f.Ask != "How did it end?" {
		t.Fatalf("%+v", f)
	}
	if j := find[session.Judged](t, events); j.Open != 1 || len(j.Met) != 2 || j.Met[0].Text != "action" || j.Met[1].Point != "" {
		t.Errorf("a dimension under 3 has no name yet: %+v", j.Met)
	}
	g.answered("It ended well.")
	g.do(levels(2, 3))
	if r := g.iv.Results[0]; !r.Over || math.Abs(r.Final.Value-220.0/3) > 1e-9 {
		t.Errorf("%+v", r.Final)
	}
	over := find[session.QuestionOver](t, g.events)
	if p := over.Reveal.Points; len(p) != 2 || p[0].Anchors[5] != "all" || p[0].Text != "all" {
		t.Errorf("%+v", p)
	}
}
