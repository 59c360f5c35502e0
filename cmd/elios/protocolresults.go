package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/text"
)

// protocolResults prints the results of checks, a group as soon as it is whole.
type protocolResults struct {
	*protocolTestOptions
	checks  []conformance.Check
	got     map[string]conformance.Result
	printed map[string]bool
	line    statusLine
	broken  error // what the output said when it took no more
}

func newProtocolResults(o *protocolTestOptions, checks []conformance.Check) *protocolResults {
	s := &protocolResults{o, checks, map[string]conformance.Result{}, map[string]bool{}, o.statusLine(), nil}
	s.line.draw(s.progress())
	return s
}

// Write writes results, until that does not work.
func (s *protocolResults) Write(b []byte) (n int, err error) {
	if s.broken == nil {
		n, s.broken = s.out.Write(b)
	}
	return n, s.broken
}

// tell takes a result as it comes.
func (s *protocolResults) tell(r conformance.Result) {
	s.got[r.Name] = r
	group, _, _ := strings.Cut(r.Name, "/")
	var whole []conformance.Result
	for _, c := range s.checks {
		if !strings.HasPrefix(c.Name, group+"/") {
			continue
		}
		r, ok := s.got[c.Name]
		if !ok {
			s.line.draw(s.progress())
			return
		}
		whole = append(whole, r)
	}
	s.line.clear()
	for _, r := range whole {
		s.print(r)
	}
	s.line.draw(s.progress())
}

// end prints what is left, of groups that are not whole, and how it went. It gives
// how many checks failed.
func (s *protocolResults) end() (failed int) {
	s.line.clear()
	for _, r := range s.inOrder() {
		if !s.printed[r.Name] {
			s.print(r)
		}
	}
	return s.summary()
}

// print prints a result.
func (s *protocolResults) print(r conformance.Result) {
	s.printed[r.Name] = true
	switch {
	case s.json:
		_ = json.NewEncoder(s).Encode(protocolResultOf(r)) // s keeps what goes wrong
	case r.Err != nil:
		fmt.Fprintf(s, "FAIL  %s\n      %s\n", r.Name, strings.Join(r.Explained(), "\n      "))
	case r.Skip != "":
		fmt.Fprintf(s, "skip  %s: %s\n", r.Name, text.Clean(r.Skip))
	case r.Took >= time.Second:
		fmt.Fprintf(s, "ok    %s (%.1f s)\n", r.Name, r.Took.Seconds())
	default:
		fmt.Fprintf(s, "ok    %s\n", r.Name)
	}
}

// protocolResult is a result as --json prints it.
type protocolResult struct {
	Check  string  `json:"check"`
	Says   string  `json:"says"`
	Result string  `json:"result"`          // passed, failed or skipped
	Found  string  `json:"found,omitempty"` // what is wrong
	Sent   string  `json:"last_sent,omitempty"`
	Came   string  `json:"last_received,omitempty"`
	Needs  string  `json:"needs,omitempty"` // why it was skipped
	TookMs float64 `json:"took_ms"`
}

func protocolResultOf(r conformance.Result) protocolResult {
	out := protocolResult{Check: r.Name, Says: r.Says, Result: "passed", TookMs: float64(r.Took.Microseconds()) / 1000}
	if r.Err != nil {
		out.Result, out.Found = "failed", text.Clean(r.Err.Error())
		out.Sent, out.Came = r.Last()
	}
	if r.Skip != "" {
		out.Result, out.Needs = "skipped", r.Skip
	}
	return out
}

// progress says how far it is.
func (s *protocolResults) progress() string {
	slow := 0
	for _, c := range s.checks {
		if _, done := s.got[c.Name]; c.Slow && !done {
			slow++
		}
	}
	line := fmt.Sprintf("%d of %d checks", len(s.got), len(s.checks))
	if slow > 0 {
		line += fmt.Sprintf("; waiting for slow checks: %d", slow)
	}
	return line
}

// inOrder are the results in the order of the checks.
func (s *protocolResults) inOrder() (out []conformance.Result) {
	for _, c := range s.checks {
		if r, ok := s.got[c.Name]; ok {
			out = append(out, r)
		}
	}
	return out
}

// summary says how it went, and gives how many failed.
func (s *protocolResults) summary() (failed int) {
	skipped := 0
	for _, r := range s.got {
		switch {
		case r.Err != nil:
			failed++
		case r.Skip != "":
			skipped++
		}
	}
	if !s.json {
		fmt.Fprintf(s, "%d checks: %d failed, %d passed, %d skipped\n", len(s.got), failed, len(s.got)-failed-skipped, skipped)
	}
	return failed
}
