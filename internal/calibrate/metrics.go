package calibrate

import (
	"math"
	"slices"

	"github.com/elios/elios/internal/rubric"
)

// off is how far a score is from a range, with its sign; 0 within.
func off(score, low, high float64) float64 {
	switch {
	case score < low:
		return score - low
	case score > high:
		return score - high
	}
	return 0
}

// bands in their order.
var bands = []rubric.Band{rubric.Poor, rubric.Mixed, rubric.Good, rubric.Excellent}

func bandIndex(score float64) int { return slices.Index(bands, rubric.BandOf(score)) }

// kappa is Cohen's weighted kappa (Cohen 1968) with quadratic weights: 1 for full agreement, 0 for that
// of chance. Where chance alone agrees fully (one band on both sides) it is 1.
func kappa(pairs [][2]int) float64 {
	if len(pairs) == 0 {
		return 0
	}
	var rows, columns [4]float64
	observed := 0.0
	for _, p := range pairs {
		rows[p[0]]++
		columns[p[1]]++
		observed += square(p[0] - p[1])
	}
	expected := 0.0
	for i, r := range rows {
		for j, c := range columns {
			expected += r * c * square(i-j)
		}
	}
	if expected == 0 {
		return 1
	}
	return 1 - observed*float64(len(pairs))/expected
}

func square(n int) float64 { return float64(n * n) }

func mean(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// deviation is the sample standard deviation, 0 of a single value.
func deviation(x []float64) float64 {
	if len(x) < 2 {
		return 0
	}
	m, sum := mean(x), 0.0
	for _, v := range x {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(len(x)-1))
}

// percentile by the nearest rank; x is sorted in place.
func percentile(x []float64, share float64) float64 {
	if len(x) == 0 {
		return 0
	}
	slices.Sort(x)
	return x[max(0, int(math.Ceil(share*float64(len(x))))-1)]
}
