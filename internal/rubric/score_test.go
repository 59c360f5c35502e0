package rubric_test

import (
	"math"
	"testing"

	"github.com/elios/elios/internal/rubric"
)

// three points of weight 2 (a must), 1 and 1.
func three() *rubric.Question {
	return &rubric.Question{ID: "q", KeyPoints: []rubric.KeyPoint{
		{ID: "a", Weight: 2, Must: true, Point: "first", Say: "say a", Probe: "probe a"},
		{ID: "b", Weight: 1, Point: "second"},
		{ID: "c", Weight: 1, Point: "third"},
	}}
}

func story() *rubric.Question {
	return &rubric.Question{ID: "s", Type: rubric.Behavioral, Dimensions: []rubric.Dimension{
		{ID: "x", Weight: 3, Anchors: map[int]string{0: "none", 3: "some"}},
		{ID: "y", Weight: 1},
	}}
}

func v(point string, s rubric.Status) rubric.Verdict { return rubric.Verdict{Point: point, Status: s} }

func level(point string, n int) rubric.Verdict {
	return rubric.Verdict{Point: point, Status: rubric.StatusOf(n), Level: &n}
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestScoreTable(t *testing.T) {
	const met, partial, missed, contra, open = rubric.Met, rubric.Partial, rubric.Missed, rubric.Contradicted, rubric.CannotAssess
	zero := 0
	for _, tc := range []struct {
		name         string
		a, b, c      rubric.Status
		held         []rubric.Held
		limit        *int
		value, upper float64
		coverage     float64
		band         rubric.Band
		capped       bool
	}{
		{name: "all met", a: met, b: met, c: met, value: 100, upper: 100, coverage: 1, band: rubric.Excellent},
		{name: "must partial: capped", a: partial, b: met, c: met, value: 69, upper: 69, coverage: 1, band: rubric.Mixed, capped: true},
		{name: "must missed", a: missed, b: met, c: met, value: 50, upper: 50, coverage: 1, band: rubric.Mixed, capped: true},
		{name: "must contradicted", a: contra, b: met, c: met, value: 50, upper: 50, coverage: 1, band: rubric.Mixed, capped: true},
		{name: "must not assessed: no cap", a: open, b: met, c: met, value: 50, upper: 100, coverage: 0.5, band: rubric.Mixed},
		{name: "a cap of its own", a: missed, b: met, c: met, limit: &zero, value: 0, upper: 0, coverage: 1, band: rubric.Poor, capped: true},
		{name: "partial is half", a: met, b: partial, c: missed, value: 62.5, upper: 62.5, coverage: 1, band: rubric.Mixed},
		{name: "upper takes unassessed as met", a: met, b: missed, c: open, value: 50, upper: 75, coverage: 0.75, band: rubric.Mixed},
		{name: "no band under half coverage", a: open, b: met, c: open, value: 25, upper: 100, coverage: 0.25},
		{name: "penalty", a: met, b: met, c: missed, held: []rubric.Held{{ID: "m", Penalty: 10}}, value: 65, upper: 65, coverage: 1, band: rubric.Mixed},
		{name: "withdrawn costs nothing", a: met, b: met, c: missed, held: []rubric.Held{{ID: "m", Penalty: 10, Withdrawn: true}}, value: 75, upper: 75, coverage: 1, band: rubric.Good},
		{name: "never under zero", a: missed, b: missed, c: missed, held: []rubric.Held{{ID: "m", Penalty: 10}}, value: 0, upper: 0, coverage: 1, band: rubric.Poor, capped: true},
		{name: "penalty before the cap", a: partial, b: met, c: met, held: []rubric.Held{{ID: "m", Penalty: 10}}, value: 65, upper: 65, coverage: 1, band: rubric.Mixed, capped: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			q := three()
			q.Scoring.CapIfMustMissing = tc.limit
			s := rubric.Compute(q, []rubric.Verdict{v("a", tc.a), v("b", tc.b), v("c", tc.c)}, tc.held)
			if !s.Judged || !near(s.Value, tc.value) || !near(s.Upper, tc.upper) || !near(s.Coverage, tc.coverage) || s.Capped != tc.capped || s.Band() != tc.band || s.Points != 3 {
				t.Errorf("%+v band %q", s, s.Band())
			}
		})
	}
}

func TestScoreOfDimensions(t *testing.T) {
	s := rubric.Compute(story(), []rubric.Verdict{level("x", 4), level("y", 1)}, nil)
	if !near(s.Value, 100*(3*0.8+0.2)/4) || !s.Judged || s.Assessed != 2 || s.Capped {
		t.Errorf("%+v", s)
	}
}

func TestNoScoreWhenNothingWasAssessed(t *testing.T) {
	held := []rubric.Held{{ID: "m", Penalty: 10}}
	for name, verdicts := range map[string][]rubric.Verdict{
		"no verdicts": nil,
		"language":    {{Point: "a", Status: rubric.CannotAssess, Reason: rubric.ReasonLanguage}},
	} {
		if s := rubric.Compute(three(), verdicts, held); s.Judged || s.Value != 0 || s.Upper != 100 || s.Coverage != 0 || s.Points != 3 || s.Band() != rubric.NoBand {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if s := rubric.Compute(&rubric.Question{}, nil, nil); s.Judged || s.Points != 0 {
		t.Errorf("a question without points: %+v", s)
	}
}

func TestUpperEqualsValueWhenAllIsAssessed(t *testing.T) {
	q := &rubric.Question{KeyPoints: []rubric.KeyPoint{{ID: "a", Weight: 0.1}, {ID: "b", Weight: 0.2}, {ID: "c", Weight: 0.7}}}
	s := rubric.Compute(q, []rubric.Verdict{v("a", rubric.Met), v("b", rubric.Met), v("c", rubric.Missed)}, nil)
	if s.Upper != s.Value {
		t.Errorf("value %v, upper %v", s.Value, s.Upper)
	}
}

func TestBandsGoByTheNumberShown(t *testing.T) {
	for value, want := range map[float64]rubric.Band{
		0: rubric.Poor, 39.4: rubric.Poor, 39.5: rubric.Mixed, 40: rubric.Mixed, 69.4: rubric.Mixed,
		69.5: rubric.Good, 70: rubric.Good, 89.4: rubric.Good, 90: rubric.Excellent, 100: rubric.Excellent,
	} {
		if got := rubric.BandOf(value); got != want {
			t.Errorf("%v is %s, want %s", value, got, want)
		}
	}
}

func TestMustOpen(t *testing.T) {
	for _, tc := range []struct {
		a    rubric.Verdict
		want bool
	}{
		{v("a", rubric.Met), false},
		{v("a", rubric.Partial), true},
		{v("a", rubric.Missed), true},
		{v("a", rubric.CannotAssess), true},
		{rubric.Verdict{Point: "a", Status: rubric.CannotAssess, Reason: rubric.ReasonLanguage}, false},
		{v("b", rubric.Met), true}, // none for a
	} {
		if got := rubric.MustOpen(three(), []rubric.Verdict{tc.a}); got != tc.want {
			t.Errorf("%+v: %v", tc.a, got)
		}
	}
}

func TestMeanIsOfTheJudged(t *testing.T) {
	value, upper, judged := rubric.Mean([]rubric.Score{{Value: 50, Upper: 60, Judged: true}, {Value: 100, Upper: 100, Judged: true}, {Upper: 100}})
	if value != 75 || upper != 80 || judged != 2 {
		t.Errorf("%v %v %d", value, upper, judged)
	}
	if value, upper, judged := rubric.Mean([]rubric.Score{{Upper: 100}}); value != 0 || upper != 0 || judged != 0 {
		t.Errorf("nothing judged: %v %v %d", value, upper, judged)
	}
}

func TestCredit(t *testing.T) {
	for _, tc := range []struct {
		v    rubric.Verdict
		want float64
		gap  bool
	}{
		{v("a", rubric.Met), 1, false},
		{v("a", rubric.Partial), 0.5, true},
		{v("a", rubric.Missed), 0, true},
		{v("a", rubric.Contradicted), 0, true},
		{v("a", rubric.CannotAssess), 0, true},
		{rubric.Verdict{Status: rubric.CannotAssess, Reason: rubric.ReasonLanguage}, 0, false},
		{level("x", 0), 0, true},
		{level("x", 2), 0.4, true},
		{level("x", 3), 0.6, false},
		{level("x", 5), 1, false},
	} {
		if tc.v.Credit() != tc.want || tc.v.Gap() != tc.gap {
			t.Errorf("%+v: credit %v, gap %v", tc.v, tc.v.Credit(), tc.v.Gap())
		}
	}
	if n := rubric.OpenPoints([]rubric.Verdict{v("a", rubric.Met), v("b", rubric.Partial), v("c", rubric.Missed)}); n != 2 {
		t.Errorf("%d open", n)
	}
}
