package cases

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// The elements of JUnit's XML, as CI servers read it.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Time    string        `xml:"time,attr"`
		Skipped *junitMessage `xml:"skipped"`
		Failure *junitMessage `xml:"failure"`
	}
	junitMessage struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",cdata"`
	}
)

// WriteJUnit writes a report as JUnit XML: a suite for each bank and
// evaluator, a test for each case, and one for each kind of metamorphic check
// of a question. With strict each warning is a failed test.
func (r *Report) WriteJUnit(w io.Writer, strict bool) error {
	out := junitSuites{Name: "elios bank test", Time: seconds(r.Elapsed)}
	for i := range r.Suites {
		s := junitOf(&r.Suites[i], strict)
		out.Tests += s.Tests
		out.Failures += s.Failures
		out.Suites = append(out.Suites, s)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func junitOf(s *Suite, strict bool) junitSuite {
	out := junitSuite{Name: s.Bank.ID + " by " + oneLine(s.Name), Time: seconds(s.Elapsed)}
	for i := range s.Cases {
		out.Cases = append(out.Cases, junitCaseOf(s, &s.Cases[i]))
	}
	out.Cases = append(out.Cases, junitChecks(s)...)
	if strict {
		for _, one := range s.Warnings {
			out.Cases = append(out.Cases, junitCase{
				Name: "tested well", Class: class(s, one.Question), Time: seconds(0),
				Failure: &junitMessage{Message: oneLine(one.Message), Type: "warning"},
			})
		}
	}
	out.Tests = len(out.Cases)
	for _, c := range out.Cases {
		if c.Failure != nil {
			out.Failures++
		}
		if c.Skipped != nil {
			out.Skipped++
		}
	}
	return out
}

func junitCaseOf(s *Suite, c *CaseResult) junitCase {
	out := junitCase{Name: c.Case, Class: class(s, c.Question), Time: seconds(c.Elapsed)}
	switch {
	case c.Skipped != "":
		out.Skipped = &junitMessage{Message: oneLine(c.Skipped)}
	case !c.OK:
		var p printer
		p.failedCase(c.Case, c)
		out.Failure = &junitMessage{Message: mismatchText(c), Type: "case", Text: p.b.String()}
	}
	return out
}

// junitChecks makes one test of the checks of a question and kind: thousands of
// tests would only hide the failed ones.
func junitChecks(s *Suite) []junitCase {
	var out []junitCase
	at := map[string]int{}
	for _, c := range s.Checks {
		key := c.Question + "\x00" + string(c.Kind)
		if _, known := at[key]; !known {
			at[key] = len(out)
			out = append(out, junitCase{Name: "metamorphic " + string(c.Kind), Class: class(s, c.Question), Time: seconds(0)})
		}
		if c.Skipped != "" {
			out[at[key]].Skipped = &junitMessage{Message: oneLine(c.Skipped)}
		}
	}
	for _, same := range groups(s.Checks) {
		var p printer
		p.failedChecks(s.Bank.ID, "", same)
		c := same[0]
		out[at[c.Question+"\x00"+string(c.Kind)]].Failure = &junitMessage{
			Message: fmt.Sprintf("%s: expected %s, got %s", c.Name, oneLine(c.Expected), oneLine(c.Got)), Type: "metamorphic", Text: p.b.String(),
		}
	}
	return out
}

func mismatchText(c *CaseResult) string {
	var out []string
	for _, m := range c.Mismatches {
		out = append(out, fmt.Sprintf("%s: expected %s, got %s", m.Title(), oneLine(m.Expected), oneLine(m.Got)))
	}
	return strings.Join(out, "; ")
}

func class(s *Suite, question string) string {
	if question == "" {
		return s.Bank.ID
	}
	return s.Bank.ID + "." + question
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
