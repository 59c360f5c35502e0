package cases

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// shownAnswer is how many characters of an answer a failure repeats.
const shownAnswer = 240

// shownQuote is how many characters of a quote stand behind a verdict.
const shownQuote = 80

// WriteText writes a report for people: what failed first, the sums last. With
// strict the warnings stand among the failures.
func (r *Report) WriteText(w io.Writer, strict bool) error {
	p := &printer{several: len(r.evaluators()) > 1}
	for i := range r.Suites {
		p.failures(&r.Suites[i], strict)
	}
	p.sums(r, strict)
	_, err := io.WriteString(w, p.b.String())
	return err
}

// evaluators lists the names of who judged, each once.
func (r *Report) evaluators() []string {
	var out []string
	for _, s := range r.Suites {
		if !slices.Contains(out, s.Name) {
			out = append(out, s.Name)
		}
	}
	return out
}

// printer gathers the text of a report.
type printer struct {
	b       strings.Builder
	several bool // evaluators: each failure names its own
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

func (p *printer) failures(s *Suite, strict bool) {
	by := ""
	if p.several {
		by = " by " + oneLine(s.Name)
	}
	for i := range s.Cases {
		if c := &s.Cases[i]; !c.OK && c.Skipped == "" {
			p.failedCase(s.Bank.ID+"#"+c.Question+"/"+c.Case+by, c)
		}
	}
	for _, same := range groups(s.Checks) {
		p.failedChecks(s.Bank.ID, by, same)
	}
	for _, one := range s.Warnings {
		if strict {
			p.line("FAIL  %s: %s\n", place(s.Bank.ID, one.Question), oneLine(one.Message))
		}
	}
}

func (p *printer) failedCase(name string, c *CaseResult) {
	p.line("FAIL  %s  %d of %d %s passed, %d needed", name, c.Passed, c.Runs, plural(c.Runs, "run"), c.Needed)
	for _, m := range c.Mismatches {
		p.line("      %s: expected %s, got %s", m.Title(), oneLine(m.Expected), oneLine(m.Got))
	}
	p.answer(c.Answer)
	for _, a := range c.Answers {
		p.answer(a)
	}
	p.verdicts(c.Outcome.Verdicts)
	for _, h := range c.Outcome.Held {
		p.line("      %s is held: %q", h.ID, oneLine(h.Evidence.Quote))
	}
	for _, f := range c.Outcome.FollowUps {
		p.line("      Follow-up %s", oneLine(f.String()))
	}
	p.line("")
}

// failedChecks shows one of the failed checks of a kind, and says how many more
// there are.
func (p *printer) failedChecks(bankID, by string, same []CheckResult) {
	c := same[0]
	p.line("FAIL  %s%s  %s, %s: expected %s, got %s", place(bankID, c.Question), by, c.Kind, c.Name, oneLine(c.Expected), oneLine(c.Got))
	p.answer(c.Answer)
	p.verdicts(c.Verdicts)
	if more := len(same) - 1; more > 0 {
		p.line("      and %d more of the kind %s here", more, c.Kind)
	}
	p.line("")
}

func (p *printer) answer(s string) {
	if s = oneLine(s); s != "" {
		p.line("      Answer: %s", clip(s, shownAnswer))
	}
}

func (p *printer) verdicts(all []rubric.Verdict) {
	for _, v := range all {
		quotes := ""
		for _, e := range v.Evidence {
			quotes += fmt.Sprintf(" %q", clip(oneLine(e.Quote), shownQuote))
		}
		p.line("      %-14s %s%s", StatusText(v), v.Point, quotes)
	}
}

// Title names what does not fit, such as "missed outbox".
func (m Mismatch) Title() string {
	if m.ID == "" || m.What == "follow_up" {
		return strings.ReplaceAll(m.What, "_", "-")
	}
	return m.What + " " + m.ID
}

func place(bankID, question string) string {
	if question == "" {
		return bankID
	}
	return bankID + "#" + question
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

func oneLine(s string) string { return strings.Join(strings.Fields(text.Clean(s)), " ") }

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
