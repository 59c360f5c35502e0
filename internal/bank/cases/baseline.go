package cases

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/elios/elios/internal/session"
)

// BaselineFormat is what the key elios of a baseline says.
const BaselineFormat = "baseline/v1"

// Baseline is what cases once came to, for later runs to be compared with. It
// lies beside the bank in version control, so it is written in a stable order
// and for a readable diff.
type Baseline struct {
	Elios  string          `json:"elios"`
	Suites []BaselineSuite `json:"suites"` // by bank and evaluator
}

// BaselineSuite is one bank with one evaluator.
type BaselineSuite struct {
	Bank      string                `json:"bank"`
	Version   string                `json:"version"`
	Hash      string                `json:"hash"`
	Evaluator session.EvaluatorInfo `json:"evaluator"`
	Cases     []BaselineCase        `json:"cases"` // in the bank's order
}

// BaselineCase is what one case came to.
type BaselineCase struct {
	Question       string            `json:"question"`
	Case           string            `json:"case"`
	Passed         int               `json:"passed"`
	Runs           int               `json:"runs"`
	OK             bool              `json:"ok"`
	Score          *float64          `json:"score"` // to a tenth; null: nothing could be assessed
	Verdicts       map[string]string `json:"verdicts"`
	Misconceptions []string          `json:"misconceptions,omitempty"`
}

// NewBaseline keeps what a report came to. Cases that were not run are left out.
func NewBaseline(r *Report) Baseline {
	b := Baseline{Elios: BaselineFormat, Suites: []BaselineSuite{}}
	for _, s := range r.Suites {
		if s.Skipped != "" {
			continue
		}
		out := BaselineSuite{Bank: s.Bank.ID, Version: s.Bank.Version, Hash: s.Hash, Evaluator: s.Evaluator, Cases: []BaselineCase{}}
		for _, c := range s.Cases {
			if c.Skipped == "" {
				out.Cases = append(out.Cases, baselineCase(c))
			}
		}
		b.Suites = append(b.Suites, out)
	}
	slices.SortStableFunc(b.Suites, func(x, y BaselineSuite) int {
		return bytes.Compare([]byte(x.key()), []byte(y.key()))
	})
	return b
}

func baselineCase(c CaseResult) BaselineCase {
	out := BaselineCase{Question: c.Question, Case: c.Case, Passed: c.Passed, Runs: c.Runs, OK: c.OK, Verdicts: map[string]string{}}
	if c.Outcome.Score != nil {
		tenth := math.Round(*c.Outcome.Score*10) / 10
		out.Score = &tenth
	}
	for _, v := range c.Outcome.Verdicts {
		out.Verdicts[v.Point] = StatusText(v)
	}
	for _, h := range c.Outcome.Held {
		if !h.Withdrawn {
			out.Misconceptions = append(out.Misconceptions, h.ID)
		}
	}
	return out
}

// key tells the suites of a baseline apart. The version of an evaluator is not
// part of it: a new one is compared with the old one.
func (s BaselineSuite) key() string { return s.Bank + "\x00" + who(s.Evaluator) }

func who(e session.EvaluatorInfo) string { return e.Name + "/" + e.Model }

// Write writes the baseline.
func (b Baseline) Write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(b)
}

// ReadBaseline reads what Write wrote.
func ReadBaseline(data []byte) (Baseline, error) {
	var b Baseline
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&b); err != nil {
		return b, fmt.Errorf("not a baseline: %w", err)
	}
	if b.Elios != BaselineFormat {
		return b, fmt.Errorf("not a baseline: elios is %q, not %s", b.Elios, BaselineFormat)
	}
	return b, nil
}

// Replace takes over the suites of another baseline, and keeps those it does
// not hold.
func (b Baseline) Replace(with Baseline) Baseline {
	out := Baseline{Elios: BaselineFormat, Suites: slices.Clone(with.Suites)}
	for _, s := range b.Suites {
		if !slices.ContainsFunc(with.Suites, func(o BaselineSuite) bool { return o.key() == s.key() }) {
			out.Suites = append(out.Suites, s)
		}
	}
	slices.SortStableFunc(out.Suites, func(x, y BaselineSuite) int {
		return bytes.Compare([]byte(x.key()), []byte(y.key()))
	})
	return out
}
