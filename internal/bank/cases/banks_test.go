package cases_test

import (
	"testing"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/cases"
	"github.com/elios/elios/internal/builtin"
)

// builtIn gives every built-in bank.
func builtIn(tb testing.TB) []*bank.Bank {
	tb.Helper()
	lib := bank.NewLibrary(banks.FS, "")
	list, err := lib.Banks(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	if broken := lib.Broken(tb.Context()); len(list) == 0 || len(broken) > 0 {
		tb.Fatalf("%d banks, broken: %v", len(list), broken)
	}
	out := make([]*bank.Bank, len(list))
	for i, info := range list {
		if out[i], err = lib.Bank(tb.Context(), info.ID); err != nil {
			tb.Fatal(err)
		}
	}
	return out
}

// byBuiltin is the built-in evaluator, as commands hand it in.
func byBuiltin(ev *builtin.Evaluator) []cases.Evaluator {
	return []cases.Evaluator{{Evaluator: ev, Name: "builtin"}}
}

// TestBuiltInBanks runs the cases of every built-in bank with the built-in
// evaluator.
func TestBuiltInBanks(t *testing.T) {
	ev := builtin.New()
	r, err := cases.Run(t.Context(), builtIn(t), byBuiltin(ev), ev, cases.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if c := r.Counts(); c.Cases < 200 || c.Skipped > 0 {
		t.Errorf("%+v: not every case was run", c)
	}
	for _, s := range r.Suites {
		for _, w := range s.Warnings {
			t.Errorf("%s#%s: %s", s.Bank.ID, w.Question, w.Message)
		}
		for _, c := range s.Cases {
			if !c.OK {
				t.Errorf("%s#%s/%s: %v\n%v", s.Bank.ID, c.Question, c.Case, c.Mismatches, c.Outcome.Verdicts)
			}
		}
	}
}

func BenchmarkBuiltInBanks(b *testing.B) {
	all, ev := builtIn(b), builtin.New()
	checks := 0
	for b.Loop() {
		r, err := cases.Run(b.Context(), all, byBuiltin(ev), ev, cases.Options{Metamorphic: true})
		if err != nil {
			b.Fatal(err)
		}
		c := r.Counts()
		checks += c.Cases + c.Checks
	}
	b.ReportMetric(float64(checks)/b.Elapsed().Seconds(), "checks/s")
	b.ReportMetric(float64(checks)/float64(b.N), "checks")
}
