package conformance

import (
	"errors"
	"strings"

	"github.com/elios/elios/internal/text"
)

// Explained says in lines what is wrong: what was due and what came instead, the
// last that went to and fro, and the sentence of the protocol.
func (r Result) Explained() []string { return r.lines(true) }

func (r Result) lines(found bool) (out []string) {
	if found {
		out = append(out, "found:        "+text.Clean(r.Err.Error()))
	}
	var f *Fault
	if errors.As(r.Err, &f) && f.Sent != "" {
		out = append(out, "last sent:    "+oneLine(f.Sent))
	}
	if f != nil && f.Came != "" {
		out = append(out, "last come:    "+oneLine(f.Came))
	}
	return append(out, "the protocol: "+r.Says)
}

// oneLine makes a line of what may be anything.
func oneLine(s string) string { return strings.Join(strings.Fields(text.Clean(s)), " ") }
