package builtin

import (
	"context"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

// BenchmarkEvaluate judges the honest answers to the fixtures and compares each with its ideal, as
// the engine does for every answer.
func BenchmarkEvaluate(b *testing.B) {
	e, all := New(), fixtures()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		q := all[i%len(all)]
		answer := honest[q.ID].answer
		if _, err := e.Evaluate(context.Background(), session.Request{Question: q, Answers: answersOf(q, answer)}, nil); err != nil {
			b.Fatal(err)
		}
		e.Similarity(&q, []string{answer})
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
}

// BenchmarkEvaluateLong judges answers of 100 000 characters.
func BenchmarkEvaluateLong(b *testing.B) {
	e, q := New(), fixtures()[0]
	for name, answer := range map[string]string{
		"words": muchText(100_000),
		"prose": strings.Repeat(honest[q.ID].answer+" ", 1+100_000/len(honest[q.ID].answer)),
		"one":   strings.Repeat("not the index tree ", 5300),
	} {
		b.Run(name, func(b *testing.B) {
			r := session.Request{Question: q, Answers: answersOf(q, answer)}
			for b.Loop() {
				if _, err := e.Evaluate(context.Background(), r, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
