package cases

import (
	"context"
	"fmt"
	"math"
	"math/bits"

	"github.com/elios/elios/internal/rubric"
)

// Bounds on the subsets of a question's say sentences.
const (
	mostPoints  = 6    // in a subset
	mostSubsets = 4000 // of a question; with more points the subsets are smaller
)

// combinations checks what some of the say sentences are worth together. A set
// of points is a mask of bits.
func (m *metamorphic) combinations(ctx context.Context) error {
	points := sayings(m.question)
	if len(m.question.Dimensions) > 0 || len(points) == 0 || len(points) >= bits.UintSize {
		return nil
	}
	scores := map[uint]float64{}
	masks := subsets(len(points))
	for _, mask := range masks {
		if err := m.subset(ctx, points, mask, scores); err != nil {
			return err
		}
	}
	for _, mask := range masks {
		m.grown(points, mask, scores)
	}
	return m.drops(ctx, points)
}

// subsets lists the sets of up to six of n points, and that of all.
func subsets(n int) []uint {
	size := min(mostPoints, n)
	for size > 1 && choices(n, size) > mostSubsets {
		size--
	}
	all := uint(1)<<n - 1
	var out []uint
	for k := 1; k <= size; k++ {
		for mask := uint(1)<<k - 1; mask <= all; mask = following(mask) {
			out = append(out, mask)
		}
	}
	if size < n {
		out = append(out, all)
	}
	return out
}

// following is the next larger number with as many bits set.
func following(mask uint) uint {
	low := mask & -mask
	carried := mask + low
	return carried | (mask^carried)>>2/low
}

// choices is how many sets of 1 to size of n points there are.
func choices(n, size int) int {
	sum, c := 0, 1
	for k := 1; k <= size; k++ {
		c = c * (n - k + 1) / k
		sum += c
	}
	return sum
}

func chosen(points []rubric.Criterion, mask uint) []rubric.Criterion {
	var out []rubric.Criterion
	for i, c := range points {
		if mask>>i&1 == 1 {
			out = append(out, c)
		}
	}
	return out
}

// subset checks that a set scores what its points are worth, cap included.
func (m *metamorphic) subset(ctx context.Context, points []rubric.Criterion, mask uint, scores map[uint]float64) error {
	said := chosen(points, mask)
	answer := say(said)
	o, err := m.hear(ctx, answer)
	if err != nil {
		return err
	}
	want := m.worth(said)
	scores[mask] = o.Score.Value
	ok := o.Score.Judged && math.Abs(o.Score.Value-want) <= m.within()+rounding
	m.add(Subset, ids(said), answer, o, ok, number(math.Round(want))+" ± "+number(m.within()), ScoreText(o.Score))
	m.count(said, o)
	return nil
}

// worth is the score of an answer that meets some points and misses the rest.
func (m *metamorphic) worth(met []rubric.Criterion) float64 {
	in := map[string]bool{}
	for _, c := range met {
		in[c.ID] = true
	}
	var verdicts []rubric.Verdict
	for _, c := range m.question.Criteria() {
		v := rubric.Verdict{Point: c.ID, Status: rubric.Missed}
		if in[c.ID] {
			v.Status = rubric.Met
		}
		verdicts = append(verdicts, v)
	}
	return rubric.Compute(&m.question.Question, verdicts, nil).Value
}

// count notes for each point whether it was judged as the set has it.
func (m *metamorphic) count(said []rubric.Criterion, o Outcome) {
	in := map[string]bool{}
	for _, c := range said {
		in[c.ID] = true
	}
	for _, v := range o.Verdicts {
		if in[v.Point] {
			m.tally.count(v.Point, v.Status == rubric.Met)
		} else {
			m.tally.count(v.Point, v.Gap())
		}
	}
}

// grown checks that one more sentence never lowers the score of a set.
func (m *metamorphic) grown(points []rubric.Criterion, mask uint, scores map[uint]float64) {
	for i, c := range points {
		with := mask | 1<<i
		after, known := scores[with]
		if with == mask || !known {
			continue
		}
		said := chosen(points, with)
		before, o := scores[mask], m.heard[say(said)]
		m.add(Add, c.ID+" to "+ids(chosen(points, mask)), say(said), o, after >= before-rounding,
			fmt.Sprintf("at least %.1f", before), fmt.Sprintf("%.1f", after))
	}
}

// drops checks that a point that is left out is reported as a gap.
func (m *metamorphic) drops(ctx context.Context, points []rubric.Criterion) error {
	all := uint(1)<<len(points) - 1
	for i, c := range points {
		rest := chosen(points, all&^(1<<i))
		answer := say(rest)
		o, err := m.hear(ctx, answer)
		if err != nil {
			return err
		}
		v, ok := rubric.Find(o.Verdicts, c.ID)
		m.add(Drop, c.ID, answer, o, ok && v.Gap(), "a gap", StatusText(v))
	}
	return nil
}
