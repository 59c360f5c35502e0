package calibrate

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Options of a run.
type Options struct {
	Runs     int                // of each answer, at least 1
	Invalid  func(error) bool   // tells a reply in the wrong form from other failures
	Progress func(done, of int) // may be nil
	Now      func() time.Time   // default time.Now
}

// Run judges every sample and makes the card. A sample that cannot be judged is counted; only ctx's own
// error ends the run.
func Run(ctx context.Context, ev session.Evaluator, samples []Sample, o Options) (Card, error) {
	o.Runs = max(o.Runs, 1)
	if o.Now == nil {
		o.Now = time.Now
	}
	g := gathering{points: map[string]*Point{}}
	for i, s := range samples {
		if err := g.judge(ctx, ev, s, o); err != nil {
			return Card{}, err
		}
		if o.Progress != nil {
			o.Progress(i+1, len(samples))
		}
	}
	c := g.card()
	c.Of = len(samples)
	c.By, c.Runs, c.Made = ev.Info(), o.Runs, o.Now().UTC().Truncate(time.Second)
	return c, nil
}

// gathering is what a card is made of.
type gathering struct {
	errors, distances, deviations, times []float64
	pairs                                [][2]int
	right                                int
	runs, failed, invalid                int
	assessed, abstained                  int
	points                               map[string]*Point
}

func (g *gathering) judge(ctx context.Context, ev session.Evaluator, s Sample, o Options) error {
	var scores []float64
	for range o.Runs {
		begun := time.Now()
		verdicts, score, err := once(ctx, ev, s)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		g.runs++
		if err != nil {
			g.fail(err, o)
			continue
		}
		g.times = append(g.times, float64(time.Since(begun).Microseconds())/1000)
		g.look(s, verdicts)
		if score.Judged {
			scores = append(scores, score.Value)
		}
	}
	if len(scores) > 0 {
		g.add(s, scores)
	}
	return nil
}

// once judges an answer to the main question.
func once(ctx context.Context, ev session.Evaluator, s Sample) ([]rubric.Verdict, rubric.Score, error) {
	r := session.OneAnswer(&s.Question, s.Answer)
	j, err := ev.Evaluate(ctx, r, func(session.Partial) {})
	if err != nil {
		return nil, rubric.Score{}, err
	}
	verdicts, _, score := session.Scored(r, j)
	return verdicts, score, nil
}

func (g *gathering) fail(err error, o Options) {
	g.failed++
	if o.Invalid != nil && o.Invalid(err) {
		g.invalid++
	}
}

// look counts what was said of single points.
func (g *gathering) look(s Sample, verdicts []rubric.Verdict) {
	for _, v := range verdicts {
		g.assessed++
		if v.Status == rubric.CannotAssess {
			g.abstained++
		}
		want, ok := s.Points[v.Point]
		if !ok {
			continue
		}
		p := Point{Bank: s.Bank, Question: s.Question.ID, Point: v.Point}
		if g.points[p.Key()] == nil {
			g.points[p.Key()] = &p
		}
		one := g.points[p.Key()]
		one.N++
		if agrees(v, want) {
			one.Right++
		}
	}
}

// agrees tells whether a verdict is what people said: met, or a gap.
func agrees(v rubric.Verdict, want rubric.Status) bool {
	if want == rubric.Contradicted {
		return v.Status == rubric.Contradicted
	}
	return (want == rubric.Met) == (v.Status == rubric.Met)
}

// add takes the mean score of an answer's runs.
func (g *gathering) add(s Sample, scores []float64) {
	score := mean(scores)
	d := off(score, s.Low, s.High)
	g.errors, g.distances = append(g.errors, d), append(g.distances, math.Abs(d))
	g.deviations = append(g.deviations, deviation(scores))
	nearest := max(s.Low, min(s.High, score))
	got, want := bandIndex(score), bandIndex(nearest)
	g.pairs = append(g.pairs, [2]int{got, want})
	if got == want {
		g.right++
	}
}

func (g *gathering) card() Card {
	c := Card{
		N: len(g.errors), MAE: mean(g.distances), Bias: mean(g.errors), SD: mean(g.deviations), Kappa: kappa(g.pairs),
		P50: percentile(g.times, .5), P95: percentile(g.times, .95),
	}
	c.Bands = share(g.right, len(g.pairs))
	c.Failed, c.Invalid, c.Abstentions = share(g.failed, g.runs), share(g.invalid, g.runs), share(g.abstained, g.assessed)
	for _, p := range g.points {
		c.Points = append(c.Points, *p)
	}
	slices.SortFunc(c.Points, func(a, b Point) int {
		return cmp.Or(cmp.Compare(a.Share(), b.Share()), cmp.Compare(b.N, a.N), cmp.Compare(a.Key(), b.Key()))
	})
	return c
}

func share(part, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(part) / float64(of)
}
