package cases

import (
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Report is what a run of banks came to.
type Report struct {
	Suites   []Suite       `json:"suites"`             // bank by bank, evaluator by evaluator
	Baseline *Comparison   `json:"baseline,omitempty"` // nil unless it was compared with one
	Elapsed  time.Duration `json:"elapsed_ns"`
}

// Suite is one bank with one evaluator.
type Suite struct {
	Bank      session.BankRef       `json:"bank"`
	Hash      string                `json:"hash"` // of the bank's content
	Name      string                `json:"name"` // of the evaluator, short
	Evaluator session.EvaluatorInfo `json:"evaluator"`
	Skipped   string                `json:"skipped,omitempty"` // why nothing was run
	Questions int                   `json:"questions"`
	Cases     []CaseResult          `json:"cases"`
	Checks    []CheckResult         `json:"checks,omitempty"` // metamorphic
	Points    []PointResult         `json:"points"`
	Warnings  []Warning             `json:"warnings,omitempty"` // about the bank: with the first evaluator only
	Elapsed   time.Duration         `json:"elapsed_ns"`
}

// CaseResult is what became of a case in all its runs. Outcome, answer and
// mismatches are those of the first run that failed, else of the first.
type CaseResult struct {
	Question   string        `json:"question"`
	Case       string        `json:"case"`
	OK         bool          `json:"ok"`
	Skipped    string        `json:"skipped,omitempty"` // why it was not run
	Passed     int           `json:"passed"`            // runs in which everything held
	Runs       int           `json:"runs"`
	Needed     int           `json:"needed"` // runs that must pass
	Mismatches []Mismatch    `json:"mismatches,omitempty"`
	Answer     string        `json:"answer"`
	Answers    []string      `json:"answers,omitempty"`
	Aim        Aim           `json:"-"`
	Outcome    OutcomeReport `json:"outcome"`
	Tolerance  float64       `json:"-"`
	Elapsed    time.Duration `json:"elapsed_ns"`
}

// OutcomeReport is an outcome as a report keeps it.
type OutcomeReport struct {
	Score     *float64         `json:"score"` // null: nothing could be assessed
	Verdicts  []rubric.Verdict `json:"verdicts"`
	Held      []rubric.Held    `json:"misconceptions,omitempty"`
	FollowUps []FollowUp       `json:"follow_ups,omitempty"`
}

// CheckResult is what became of a metamorphic check.
type CheckResult struct {
	Question string           `json:"question,omitempty"` // none: of the bank as a whole
	Kind     Kind             `json:"kind"`
	Name     string           `json:"name"`
	OK       bool             `json:"ok"`
	Skipped  string           `json:"skipped,omitempty"`
	Expected string           `json:"expected,omitempty"`
	Got      string           `json:"got,omitempty"`
	Answer   string           `json:"answer,omitempty"`   // of a check that failed
	Verdicts []rubric.Verdict `json:"verdicts,omitempty"` // on that answer
}

// PointResult counts how often a key point or dimension was judged as cases
// and metamorphic checks expect.
type PointResult struct {
	Question string `json:"question"`
	Point    string `json:"point"`
	Expected int    `json:"expected"` // times a verdict was expected
	Wrong    int    `json:"wrong"`    // times it was another
}

// Warning is what a bank lacks to be tested well; --strict makes it a failure.
type Warning struct {
	Question string `json:"question,omitempty"`
	Message  string `json:"message"`
}

// Counts sums a report up.
type Counts struct {
	Banks        int `json:"banks"`
	Cases        int `json:"cases"`
	Failed       int `json:"failed"` // cases
	Checks       int `json:"checks"`
	FailedChecks int `json:"failed_checks"`
	Skipped      int `json:"skipped"` // cases and checks
	Warnings     int `json:"warnings"`
	Regressions  int `json:"regressions"`
}

// Counts counts cases and checks, those that failed and those that were not run.
func (r *Report) Counts() Counts {
	var c Counts
	banks := map[string]bool{}
	for _, s := range r.Suites {
		banks[s.Bank.ID] = true
		c.Cases += len(s.Cases)
		c.Checks += len(s.Checks)
		c.Warnings += len(s.Warnings)
		for _, one := range s.Cases {
			switch {
			case one.Skipped != "":
				c.Skipped++
			case !one.OK:
				c.Failed++
			}
		}
		for _, one := range s.Checks {
			switch {
			case one.Skipped != "":
				c.Skipped++
			case !one.OK:
				c.FailedChecks++
			}
		}
	}
	c.Banks = len(banks)
	if r.Baseline != nil {
		c.Regressions = len(r.Baseline.Regressions)
	}
	return c
}

func outcomeReport(o Outcome) OutcomeReport {
	r := OutcomeReport{Verdicts: o.Verdicts, Held: o.Held, FollowUps: o.FollowUps}
	if o.Score.Judged {
		r.Score = &o.Score.Value
	}
	return r
}
