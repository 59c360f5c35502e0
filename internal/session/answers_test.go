package session_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func TestAnswerText(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	events := g.changed(session.Answer{Turn: 1, Text: "first\r\nsecond \x1b[31mred\u202e"}, "State", "Turns", "ActiveAt")
	if a := find[session.AnswerAccepted](t, events); a.Text != "first\nsecond red" || a.TimedOut {
		t.Errorf("accepted %+v", a)
	}
	if tn := g.iv.Turns[0]; tn.Answer != "first\nsecond red" || !tn.AnsweredAt.Equal(g.now) || tn.Skipped {
		t.Errorf("turn %+v", tn)
	}
}

func TestAnswerEmptyOrTooLong(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	for text, kind := range map[string]session.Kind{
		"":         session.Invalid,
		" \n\t ":   session.Invalid,
		"\x1b[31m": session.Invalid,
		strings.Repeat("ä", session.MaxAnswer+1): session.TooLong,
	} {
		g.refused(session.Answer{Turn: 1, Text: text}, kind)
	}
	g.do(session.Answer{Turn: 1, Text: strings.Repeat("ä", session.MaxAnswer)})
}

func TestAnswerToAnUnknownOrStaleTurn(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer)
	g.do(g.met("decouple"))
	for turn, want := range map[int]string{1: "turn 1 is over", 3: "there is no turn 3", 0: "there is no turn 0", -1: "there is no turn -1"} {
		for _, cmd := range []session.Command{session.Answer{Turn: turn, Text: "x"}, session.Skip{Turn: turn}, session.Deadline{Turn: turn}} {
			e := g.refused(cmd, session.StaleTurn)
			if !strings.Contains(e.Message, want) || e.Turn != 2 || e.State != session.FollowUp || e.Command != cmd.Type() || len(e.Allowed) == 0 {
				t.Errorf("turn %d: %+v", turn, e)
			}
		}
	}
	// Existence comes before the state.
	idle := newGame(t, nil)
	idle.refused(session.Answer{Turn: 4, Text: "x"}, session.StaleTurn)
	g.do(session.End{})
	g.refused(session.Answer{Turn: 9, Text: "x"}, session.StaleTurn)
	g.refused(session.Answer{Turn: 1, Text: "x"}, session.IsComplete)
}

func TestAnswerThatBringsAFollowUp(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer)
	events := g.changed(g.met("decouple"), "State", "Turn", "Turns", "Results")
	q := find[session.QuestionAsked](t, events)
	if q.Ask != "And at noon on a sale day?" || q.Origin != session.FromAuthor || q.FollowUp != "fu-burst" || q.Stretch || q.Number != 1 {
		t.Errorf("asked %+v", q)
	}
	if r := g.iv.Results[0]; r.Over || r.Final.Value != 50 || r.Unprompted.Value != 50 {
		t.Errorf("result %+v", r)
	}
}

func TestAnswerThatBringsTheNextQuestion(t *testing.T) {
	g := newGame(t, nil, cache(), queue()).answered(goodAnswer)
	events := g.changed(g.met("stale", "memory", "stampede"), "State", "Turn", "Question", "Turns", "Results")
	if q := find[session.QuestionAsked](t, events); q.Question != 2 || q.Turn != 2 || q.Kind != session.MainTurn || q.Ask != queue().Ask {
		t.Errorf("asked %+v", q)
	}
	if len(g.iv.Results) != 2 || !g.iv.Results[0].Over || g.iv.Results[1].Over {
		t.Errorf("results %+v", g.iv.Results)
	}
}

func TestAnswerMaximumOfFollowUpsReached(t *testing.T) {
	one, none := 1, 0
	many := 99
	for _, tc := range []struct {
		name           string
		setting, ofOne *int
		want           int
	}{
		{"three unless said", nil, nil, 3},
		{"the question's", nil, &one, 1},
		{"the setting goes first", &none, &one, 0},
		{"never more than three", &many, nil, 3},
	} {
		t.Run(tc.name, func(t *testing.T) {
			q := queue()
			q.MaxFollowUps = tc.ofOne
			g := newGame(t, func(s *session.Settings) { s.FollowUps = tc.setting }, q, cache())
			g.do(session.Start{})
			asked := 0
			for g.iv.Question == 1 {
				g.answered("Well, that depends on a few other things.")
				if find[session.QuestionAsked](t, g.do(g.met())).Kind == session.FollowUpTurn {
					asked++
				}
			}
			if asked != tc.want {
				t.Errorf("%d follow-ups, want %d", asked, tc.want)
			}
		})
	}
}

func TestAnswerOfHighSimilaritySkipsTheFollowUp(t *testing.T) {
	for _, tc := range []struct {
		name       string
		similarity float64
		met        string
		on         bool
	}{
		{"high", 0.8, "decouple", true},
		{"not high enough", 0.79, "decouple", false},
		{"high, but a must point is open", 0.99, "twice", false},
		{"no number", math.NaN(), "decouple", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := newGame(t, nil).answered(goodAnswer)
			e := g.met(tc.met)
			e.Similarity = tc.similarity
			g.do(e)
			if on := g.iv.Question == 2; on != tc.on {
				t.Errorf("went on: %v", on)
			}
			if s := g.iv.Turns[0].Evaluation.Similarity; s != tc.similarity && !(math.IsNaN(tc.similarity) && s == 0) {
				t.Errorf("similarity %v", s)
			}
		})
	}
}

func TestAnswerWithoutGapsSkipsTheFollowUp(t *testing.T) {
	g := newGame(t, nil, cache(), queue()).answered(goodAnswer)
	g.do(g.met("stale", "memory", "stampede"))
	if g.iv.Question != 2 || len(g.iv.Turns) != 2 {
		t.Errorf("%+v", g.iv.Turns)
	}
	// What cannot be assessed because of the language is no gap: asking again
	// would not help.
	g = newGame(t, nil, cache(), queue()).answered("Потому что цены старые.")
	e := g.met()
	for i := range e.Judgement.Verdicts {
		e.Judgement.Verdicts[i].Status, e.Judgement.Verdicts[i].Reason = rubric.CannotAssess, rubric.ReasonLanguage
	}
	g.do(e)
	if g.iv.Question != 2 || g.iv.Results[0].Final.Judged {
		t.Errorf("question %d, %+v", g.iv.Question, g.iv.Results[0])
	}
}

func TestAnswerKeptWhenTheEvaluatorFails(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer)
	at := g.now.Add(time.Minute)
	events := g.changed(session.EvaluationFailed{Turn: 1, Why: "no model\x07", Attempt: 1, RetryAt: at}, "Pending")
	wantTypes(t, events, session.EvEvaluationFailed)
	g.state(session.Evaluating)
	if p := g.iv.Pending; p.Why != "no model" || p.Attempt != 1 || !p.RetryAt.Equal(at) || g.iv.Turns[0].Answer != goodAnswer {
		t.Errorf("%+v", p)
	}
	g.do(session.EvaluationFailed{Turn: 1, Why: strings.Repeat("ä", 1000), Attempt: 3})
	if p := g.iv.Pending; !p.RetryAt.IsZero() || len(p.Why) > 500 {
		t.Errorf("%+v", p)
	}
	wantTypes(t, g.changed(session.Retry{}, "Pending", "ActiveAt"), session.EvRetried)
	g.refused(session.Retry{}, session.InvalidState)
	g.do(g.met("decouple"))
	g.state(session.FollowUp)
}

func TestAnswerIsJudgedWithEverythingSaidBefore(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer)
	g.do(g.met("decouple"))
	g.answered("The line takes them all and works them off.")
	e := find[session.Judged](t, g.do(g.met("burst"))).Full // decouple missed this time
	if e.Score.Value != 75 || len(e.Verdicts) != 3 {
		t.Errorf("%+v", e)
	}
	if r := g.iv.Results[0]; r.Unprompted.Value != 50 || r.Final.Value != 75 {
		t.Errorf("unprompted %v, after probing %v", r.Unprompted.Value, r.Final.Value)
	}
	// A later answer may take it back.
	q := g.iv.Current()
	g.answered("No, I was wrong there.")
	c := g.met()
	c.Judgement.Verdicts[0] = rubric.Verdict{Point: "decouple", Status: rubric.Contradicted, Evidence: []rubric.Evidence{{Answer: q.N, Quote: "I was wrong there"}}}
	if e := find[session.Judged](t, g.do(c)).Full; e.Score.Value != 25 || !e.Score.Capped {
		t.Errorf("%+v", e.Score)
	}
}

func TestMisconceptionCostsUntilItIsWithdrawn(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer + " It makes billing faster too.")
	c := g.met("decouple")
	c.Judgement.Held = []rubric.Held{{ID: "faster", Penalty: 99, Evidence: rubric.Evidence{Quote: "makes billing faster"}}, {ID: "stranger"}}
	if e := find[session.Judged](t, g.do(c)).Full; e.Score.Value != 40 || e.Score.Penalty != 10 || len(e.Held) != 1 {
		t.Fatalf("%+v", e)
	}
	g.answered("It does not make billing faster after all.")
	c = g.met()
	c.Judgement.Held = []rubric.Held{{ID: "faster", Withdrawn: true, Evidence: rubric.Evidence{Quote: "not make billing faster"}}}
	if e := find[session.Judged](t, g.do(c)).Full; e.Score.Value != 50 || !e.Held[0].Withdrawn {
		t.Errorf("%+v", e)
	}
	over := find[session.QuestionOver](t, g.do(session.Skip{Turn: g.iv.Turn}))
	if m := over.Reveal.Misconceptions; len(m) != 1 || m[0].Verdict.Reason != "withdrawn" || m[0].Text == "" {
		t.Errorf("%+v", m)
	}
}
