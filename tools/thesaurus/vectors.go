package main

import (
	"log"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

const (
	dimensions = 200
	smoothing  = 0.75 // power of the counts of contexts
	rounds     = 12   // of subspace iteration
)

// vector of a stem. Its length is 1, or 0 for a stem that stands near nothing.
type vector []float32

func (v vector) cosine(w vector) float64 {
	sum := float32(0)
	for i := range v {
		sum += v[i] * w[i]
	}
	return float64(sum)
}

// embed gives every row a vector: its place in an orthonormal basis of the space of the first left
// singular vectors. Which basis does not matter to the angles between vectors.
func embed(rows [][]cell) []vector {
	m := mutualInformation(rows)
	t := transposed(m)
	random := rand.New(rand.NewPCG(1, 2))
	basis := make([]vector, len(rows))
	for i := range basis {
		basis[i] = make(vector, dimensions)
		for j := range basis[i] {
			basis[i][j] = float32(random.NormFloat64())
		}
	}
	orthonormalise(basis)
	for n := range rounds {
		basis = times(m, times(t, basis))
		orthonormalise(basis)
		log.Printf("subspace iteration %d of %d", n+1, rounds)
	}
	for _, v := range basis {
		if length := math.Sqrt(v.cosine(v)); length > 0 {
			for j := range v {
				v[j] /= float32(length)
			}
		}
	}
	return basis
}

// mutualInformation turns counts into positive pointwise mutual information.
func mutualInformation(rows [][]cell) [][]cell {
	sums, context := make([]float64, len(rows)), make([]float64, len(rows))
	for i, row := range rows {
		for _, c := range row {
			sums[i] += float64(c.count)
			context[c.column] += float64(c.count)
		}
	}
	all := 0.0
	for j := range context {
		context[j] = math.Pow(context[j], smoothing)
		all += context[j]
	}
	out := make([][]cell, len(rows))
	for i, row := range rows {
		for _, c := range row {
			if pmi := math.Log(float64(c.count) * all / (sums[i] * context[c.column])); pmi > 0 {
				out[i] = append(out[i], cell{c.column, float32(pmi)})
			}
		}
	}
	return out
}

func transposed(rows [][]cell) [][]cell {
	out := make([][]cell, len(rows))
	for i, row := range rows {
		for _, c := range row {
			out[c.column] = append(out[c.column], cell{int32(i), c.count})
		}
	}
	return out
}

// times multiplies a sparse matrix by a dense one, its rows in parallel.
func times(m [][]cell, dense []vector) []vector {
	out := make([]vector, len(m))
	inParallel(len(m), func(i int) {
		sum := make(vector, dimensions)
		for _, c := range m[i] {
			for j, x := range dense[c.column] {
				sum[j] += c.count * x
			}
		}
		out[i] = sum
	})
	return out
}

func inParallel(n int, do func(i int)) {
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	wg.Wait()
}

// orthonormalise makes the columns orthonormal, by Gram-Schmidt, twice for the sake of rounding.
func orthonormalise(rows []vector) {
	for range 2 {
		for a := range dimensions {
			shares := make([]float64, dimensions)
			for _, v := range rows {
				for b := range a + 1 {
					shares[b] += float64(v[a]) * float64(v[b])
				}
			}
			length := shares[a]
			for b := range a {
				length -= shares[b] * shares[b]
			}
			scale := 1 / math.Sqrt(max(length, 1e-30))
			for _, v := range rows {
				x := float64(v[a])
				for b := range a {
					x -= shares[b] * float64(v[b])
				}
				v[a] = float32(x * scale)
			}
		}
	}
}
