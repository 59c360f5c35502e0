package builtin

import "testing"

// Whatever the texts, every value stays between 0 and 1, and the pieces belong together.
func FuzzSimilarity(f *testing.F) {
	f.Add("What is a mutex?", "A lock, which has one owner and\n- 1. a queue.", "a lokc with an owner++")
	f.Fuzz(func(t *testing.T, question, reference, answer string) {
		r := Prepare(question, reference)
		p := r.Parts(answer)
		all := append([]float64{p.Score, p.Recall, p.Precision, novelty(p.New), p.Topic, p.Char3, p.KeyPoints, Calibrated(p.Score)}, p.PerPoint...)
		for _, v := range all {
			if !(v >= 0 && v <= 1) {
				t.Fatalf("%+v", p)
			}
		}
		if len(p.PerPoint) != len(r.Clauses()) {
			t.Fatalf("%d points, %d clauses", len(p.PerPoint), len(r.Clauses()))
		}
		for _, c := range r.Clauses() {
			if c.Start < 0 || c.End < c.Start || c.End > len(reference) || len(c.Stems) == 0 {
				t.Fatalf("%+v", c)
			}
		}
	})
}
