package report

import "testing"

func TestSparkline(t *testing.T) {
	for _, c := range []struct {
		scores []float64
		want   string
	}{
		{nil, ""},
		{[]float64{50}, ""},
		{[]float64{0, 100}, "▁█"},
		{[]float64{-3, 14.3, 50, 85.8, 103}, "▁▂▅▇█"},
	} {
		if got := Sparkline(c.scores); got != c.want {
			t.Errorf("%v: %q, want %q", c.scores, got, c.want)
		}
	}
}
