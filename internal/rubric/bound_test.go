package rubric_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/elios/elios/internal/rubric"
)

func mustBound(t testing.TB, s string) rubric.Bound {
	t.Helper()
	b, err := rubric.ParseBound(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBoundParsesPrintsAndHolds(t *testing.T) {
	for _, tc := range []struct {
		in, out string
		holds   []float64
		fails   []float64
	}{
		{">=80", ">=80", []float64{80, 81, 100}, []float64{79.99, 0}},
		{" <= 25 ", "<=25", []float64{0, 25}, []float64{25.01, 100}},
		{">0", ">0", []float64{0.01, 100}, []float64{0, -1}},
		{"<40", "<40", []float64{39.99}, []float64{40, 41}},
		{"55..80", "55..80", []float64{55, 60, 80}, []float64{54.9, 80.1}},
		{"5..5", "5", []float64{5}, []float64{4, 6}},
		{"0", "0", []float64{0}, []float64{0.1, -0.1}},
		{"62.5", "62.5", []float64{62.5}, []float64{62}},
	} {
		t.Run(tc.in, func(t *testing.T) {
			b := mustBound(t, tc.in)
			if b.String() != tc.out || b.IsZero() {
				t.Errorf("prints %q, want %q", b, tc.out)
			}
			for _, v := range tc.holds {
				if !b.Holds(v) {
					t.Errorf("does not hold for %v", v)
				}
			}
			for _, v := range tc.fails {
				if b.Holds(v) {
					t.Errorf("holds for %v", v)
				}
			}
		})
	}
}

func TestBoundRefusesWhatIsNoBound(t *testing.T) {
	for _, s := range []string{"", "x", ">=", ">=x", "<=y", ">z", "<w", "1..", "..2", "1..2..3", "80..55", "NaN", "Inf", ">=1e999", "=5"} {
		if b, err := rubric.ParseBound(s); err == nil || !strings.Contains(err.Error(), "is not a bound") {
			t.Errorf("%q gave %q, %v", s, b, err)
		}
	}
}

func TestTheZeroBoundHoldsAlways(t *testing.T) {
	var b rubric.Bound
	if !b.IsZero() || !b.Holds(-1) || !b.HoldsWithin(1e9, 0) || b.String() != "" || b.Below() {
		t.Errorf("zero bound: %q", b)
	}
}

func TestBoundWithATolerance(t *testing.T) {
	b := mustBound(t, "55..80")
	for v, want := range map[float64]bool{53: true, 52.9: false, 82: true, 82.1: false, 60: true} {
		if b.HoldsWithin(v, 2) != want {
			t.Errorf("%v within 2 of %s: %v", v, b, !want)
		}
	}
}

func TestBelowKeepsOutAFullScore(t *testing.T) {
	for s, want := range map[string]bool{"<=40": true, "<100": true, "55..80": true, "0": true, "<=100": false, ">=80": false, ">0": false, "80..100": false} {
		if mustBound(t, s).Below() != want {
			t.Errorf("%s below: %v", s, !want)
		}
	}
}

func TestBoundInJSON(t *testing.T) {
	type holder struct {
		Score rubric.Bound `json:"score,omitzero"`
	}
	for in, want := range map[string]string{
		`{"score":">=80"}`: `{"score":"\u003e=80"}`,
		`{"score":0}`:      `{"score":"0"}`,
		`{"score":62.5}`:   `{"score":"62.5"}`,
		`{"score":""}`:     `{}`,
		`{}`:               `{}`,
	} {
		var h holder
		if err := json.Unmarshal([]byte(in), &h); err != nil {
			t.Fatal(in, err)
		}
		if out, err := json.Marshal(h); err != nil || string(out) != want {
			t.Errorf("%s gave %s, %v; want %s", in, out, err, want)
		}
	}
	for _, in := range []string{`{"score":"x"}`, `{"score":true}`, `{"score":[1]}`} {
		var h holder
		if err := json.Unmarshal([]byte(in), &h); err == nil || !h.Score.IsZero() {
			t.Errorf("%s was taken as %q", in, h.Score)
		}
	}
}

func FuzzBound(f *testing.F) {
	for _, s := range []string{">=80", "<=25", ">0", "<40", "55..80", "0", "-0..0", "1e300", ">=0x1p-2", "<-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := rubric.ParseBound(s)
		if err != nil {
			return
		}
		again, err := rubric.ParseBound(b.String())
		if err != nil || again != b {
			t.Fatalf("%q printed as %q reads as %+v, %v; was %+v", s, b, again, err, b)
		}
		if math.IsNaN(b.Low) || math.IsNaN(b.High) {
			t.Fatalf("%q has no order", s)
		}
	})
}
