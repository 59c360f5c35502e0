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
	checks []conformance.Check
	got    map[string]conformance.Result
}

func newProtocolResults(o *protocolTestOptions, checks []conformance.Check) *protocolResults {
	s := &protocolResults{o, checks, map[string]conformance.Result{}}
	s.progress()
	return s
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
			s.progress()
			return
		}
		whole = append(whole, r)
	}
	s.clear()
	for _, r := range whole {
		s.print(r)
	}
	s.progress()
}

// print prints a result.
func (s *protocolResults) print(r conformance.Result) {
	switch {
	case s.json:
		_ = json.NewEncoder(s.out).Encode(protocolResultOf(r)) // who has closed the output sees nothing
	case r.Err != nil:
		fmt.Fprintf(s.out, "FAIL  %s\n      %s\n", r.Name, strings.Join(r.Explained(), "\n      "))
	case r.Skip != "":
		fmt.Fprintf(s.out, "skip  %s: %s\n", r.Name, text.Clean(r.Skip))
	case r.Took >= time.Second:
		fmt.Fprintf(s.out, "ok    %s (%.1f s)\n", r.Name, r.Took.Seconds())
	default:
		fmt.Fprintf(s.out, "ok    %s\n", r.Name)
	}
}

// protocolResult is a result as --json prints it.
type protocolResult struct {
	Check  string  `json:"check"`
	Says   string  `json:"says"`
	Result string  `json:"result"`          // passed, failed or skipped
	Found  string  `json:"found,omitempty"` // what is wrong
	Needs  string  `json:"needs,omitempty"` // why it was skipped
	TookMs float64 `json:"took_ms"`
}

func protocolResultOf(r conformance.Result) protocolResult {
	out := protocolResult{Check: r.Name, Says: r.Says, Result: "passed", TookMs: float64(r.Took.Microseconds()) / 1000}
	if r.Err != nil {
		out.Result, out.Found = "failed", text.Clean(r.Err.Error())
	}
	if r.Skip != "" {
		out.Result, out.Needs = "skipped", r.Skip
	}
	return out
}

// progress draws how far it is, where a person looks.
func (s *protocolResults) progress() {
	if _, ok := s.errTerminal(); !ok {
		return
	}
	slow := 0
	for _, c := range s.checks {
		if _, done := s.got[c.Name]; c.Slow && !done {
			slow++
		}
	}
	wait := ""
	if slow > 0 {
		wait = fmt.Sprintf("; %d wait for a time the protocol names, 40 s at most", slow)
	}
	fmt.Fprintf(s.err, "\r\x1b[K%d of %d checks%s", len(s.got), len(s.checks), wait)
}

// clear takes the progress away.
func (s *protocolResults) clear() {
	if _, ok := s.errTerminal(); ok {
		fmt.Fprint(s.err, "\r\x1b[K")
	}
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
		fmt.Fprintf(s.out, "%d checks: %d failed, %d passed, %d skipped\n", len(s.got), failed, len(s.got)-failed-skipped, skipped)
	}
	return failed
}
