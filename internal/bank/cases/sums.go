package cases

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// groups gathers the failed checks by question and kind, in their order.
func groups(checks []CheckResult) [][]CheckResult {
	var out [][]CheckResult
	at := map[string]int{}
	for _, c := range checks {
		if c.OK || c.Skipped != "" {
			continue
		}
		key := c.Question + "\x00" + string(c.Kind)
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], c)
	}
	return out
}

// sums says how much was tested and what came of it.
func (p *printer) sums(r *Report, strict bool) {
	c := r.Counts()
	for _, s := range r.Suites {
		if s.Skipped != "" {
			p.line("SKIP  %s by %s: %s", s.Bank.ID, oneLine(s.Name), oneLine(s.Skipped))
		}
		if !strict {
			for _, one := range s.Warnings {
				p.line("warn  %s: %s", place(s.Bank.ID, one.Question), oneLine(one.Message))
			}
		}
	}
	skipped := ""
	if c.Skipped > 0 {
		skipped = fmt.Sprintf(", %d skipped", c.Skipped)
	}
	p.line("%d %s of %d %s: %d failed%s.", c.Cases, plural(c.Cases, "case"), c.Banks, plural(c.Banks, "bank"), c.Failed, skipped)
	if c.Checks > 0 {
		p.line("%d metamorphic %s: %d failed%s.", c.Checks, plural(c.Checks, "check"), c.FailedChecks, failedKinds(r))
	}
	if r.Baseline != nil {
		p.b.WriteString(r.Baseline.String())
	}
	p.line("Took %s.", r.Elapsed.Round(time.Millisecond))
}

// failedKinds counts the failed checks by kind, the most first.
func failedKinds(r *Report) string {
	count := map[Kind]int{}
	var kinds []Kind
	for _, s := range r.Suites {
		for _, c := range s.Checks {
			if c.OK || c.Skipped != "" {
				continue
			}
			if count[c.Kind] == 0 {
				kinds = append(kinds, c.Kind)
			}
			count[c.Kind]++
		}
	}
	slices.SortStableFunc(kinds, func(a, b Kind) int { return count[b] - count[a] })
	var out []string
	for _, k := range kinds {
		out = append(out, fmt.Sprintf("%s %d", k, count[k]))
	}
	if len(out) == 0 {
		return ""
	}
	return " (" + strings.Join(out, ", ") + ")"
}
