package calibrate

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func TestKappa(t *testing.T) {
	for name, tc := range map[string]struct {
		pairs [][2]int
		want  float64
	}{
		"full agreement":   {[][2]int{{0, 0}, {1, 1}, {2, 2}, {3, 3}}, 1},
		"one band":         {[][2]int{{2, 2}, {2, 2}}, 1},
		"chance":           {[][2]int{{0, 0}, {0, 3}, {3, 0}, {3, 3}}, 0},
		"the wrong way":    {[][2]int{{0, 3}, {3, 0}}, -1},
		"a step beside it": {[][2]int{{0, 0}, {0, 1}, {1, 1}, {3, 3}}, 1 - 4./44},
		"nothing":          {nil, 0},
	} {
		if got := kappa(tc.pairs); math.Abs(got-tc.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

func TestOff(t *testing.T) {
	for _, tc := range [][4]float64{{50, 40, 60, 0}, {30, 40, 60, -10}, {75, 40, 60, 15}, {40, 40, 40, 0}} {
		if got := off(tc[0], tc[1], tc[2]); got != tc[3] {
			t.Errorf("%v: %v", tc, got)
		}
	}
}

var tap = rubric.Question{ID: "tap", Ask: "Why does it drip?", KeyPoints: []rubric.KeyPoint{
	{ID: "seal", Weight: 3, Point: "The seal is worn."}, {ID: "hard", Weight: 1, Point: "Hard water leaves lime."},
}}

// judge meets the points whose ids an answer names, and fails on "fail" and "form".
type judge struct{ calls int }

var errForm = errors.New("not in the form")

func (*judge) Info() session.EvaluatorInfo {
	return session.EvaluatorInfo{Name: "ollama", Model: "m", Digest: "d", Version: "p1"}
}

func (e *judge) Evaluate(_ context.Context, r session.Request, _ func(session.Partial)) (session.Judgement, error) {
	e.calls++
	var j session.Judgement
	said := r.Answers[0].Text
	switch {
	case strings.Contains(said, "form"):
		return j, errForm
	case strings.Contains(said, "fail"):
		return j, errors.New("no")
	}
	for _, k := range r.Question.KeyPoints {
		v := rubric.Verdict{Point: k.ID, Status: rubric.Missed}
		if strings.Contains(said, k.ID) {
			v.Status, v.Evidence = rubric.Met, []rubric.Evidence{{Quote: said}}
		}
		if strings.Contains(said, "mumble") {
			v = rubric.Verdict{Point: k.ID, Status: rubric.CannotAssess, Reason: rubric.ReasonUnclear}
		}
		j.Verdicts = append(j.Verdicts, v)
	}
	return j, nil
}

func TestRun(t *testing.T) {
	ev := &judge{}
	samples := []Sample{
		{Bank: "home", Question: tap, Answer: "It is the seal and the hard water.", Low: 95, High: 100, Points: map[string]rubric.Status{"seal": rubric.Met}},
		{Bank: "home", Question: tap, Answer: "The seal, that is what I think.", Low: 20, High: 30, Points: map[string]rubric.Status{"seal": rubric.Missed}},
		{Bank: "home", Question: tap, Answer: "Nothing of the kind comes to mind.", Low: 0, High: 0},
		{Bank: "home", Question: tap, Answer: "I mumble something of my own here.", Low: 0, High: 10},
		{Bank: "home", Question: tap, Answer: "please fail on this"},
		{Bank: "home", Question: tap, Answer: "and lose form on this"},
	}
	var told []int
	c, err := Run(t.Context(), ev, samples, Options{
		Runs: 2, Invalid: func(err error) bool { return errors.Is(err, errForm) }, Progress: func(done, _ int) { told = append(told, done) },
		Now: func() time.Time { return time.Unix(0, 0) },
	})
	if err != nil {
		t.Fatal(err)
	}
	// 100 within 95..100; 75 over 20..30 by 45; 0; the mumbled one has no score.
	if c.N != 3 || c.Of != 6 || c.MAE != 15 || c.Bias != 15 || math.Abs(c.Bands-2./3) > 1e-9 || c.SD != 0 || c.Failed != 4./12 || c.Invalid != 2./12 || c.Abstentions != 4./16 {
		t.Errorf("%+v", c)
	}
	if len(c.Points) != 1 || c.Points[0].N != 4 || c.Points[0].Right != 2 || c.By.Model != "m" || c.Runs != 2 || ev.calls != 12 || len(told) != 6 {
		t.Errorf("%+v after %d calls, told %v", c, ev.calls, told)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(gone, ev, samples, Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestLine(t *testing.T) {
	by := (&judge{}).Info()
	bank := session.BankRef{ID: "home"}
	card := Card{By: by, N: 84, MAE: 6.2, Bias: -1.5, Bands: .88, Kappa: .81, Banks: []Bank{{ID: "home", Hash: "h"}}}
	other, prompt := card, card
	other.By.Digest, prompt.By.Version = "e", "p2"
	stranger := by
	stranger.Model = "n"
	for name, tc := range map[string]struct {
		cards []Card
		by    session.EvaluatorInfo
		hash  string
		want  string
	}{
		"a card":            {[]Card{card}, by, "h", "calibrated on 84 answers: mean error 6 points, bias -2, 88 % in the right band, κ 0.81"},
		"none":              {nil, by, "h", Uncalibrated},
		"of another model":  {[]Card{card}, stranger, "h", Uncalibrated},
		"a new model":       {[]Card{other}, by, "h", "stale: another version of the model"},
		"a new prompt":      {[]Card{prompt}, by, "h", "stale: another prompt"},
		"a new rubric":      {[]Card{card}, by, "i", "stale: the bank has changed"},
		"the bank is gone":  {[]Card{card}, by, "", "calibrated on 84"},
		"an older one fits": {[]Card{card, other}, by, "h", "calibrated on 84"},
	} {
		if got := Line(tc.cards, tc.by, bank, tc.hash); !strings.Contains(got, tc.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
