package builtin

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// BenchmarkSimilarity compares the answers of the vectors, some 15 words each, to prepared references.
func BenchmarkSimilarity(b *testing.B) {
	vectors := readVectors(b, "testdata/m3_vectors.jsonl")
	prepared := make([]*Reference, len(vectors))
	for i, v := range vectors {
		prepared[i] = Prepare(v.Question, v.Reference)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		k := i % len(vectors)
		prepared[k].Parts(vectors[k].Answer)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
}

// BenchmarkLongAnswer compares an answer of 100 000 characters, nearly all its words different.
func BenchmarkLongAnswer(b *testing.B) {
	v := readVectors(b, "testdata/m3_vectors.jsonl")[0]
	r := Prepare(v.Question, v.Reference)
	long := muchText(100_000)
	for b.Loop() {
		r.Parts(long)
	}
}

func muchText(size int) string {
	const syllables = "re con pro ta sche du ler pro cess or ker nel mem o ry thr ead lo ck wai tin g"
	parts := strings.Fields(syllables)
	random := rand.New(rand.NewPCG(1, 2))
	var s strings.Builder
	for s.Len() < size {
		for range 2 + random.IntN(3) {
			fmt.Fprint(&s, parts[random.IntN(len(parts))])
		}
		s.WriteByte(' ')
	}
	return s.String()
}
