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
		out = append(out, "found:         "+text.Clean(r.Err.Error()))
	}
	sent, received := r.Last()
	if sent != "" {
		out = append(out, "last sent:     "+sent)
	}
	if received != "" {
		out = append(out, "last received: "+received)
	}
	return append(out, "the protocol:  "+r.Says)
}

// Last is the last that went to and fro before a fault, each a line, shortened and
// without tokens; "" for nothing.
func (r Result) Last() (sent, received string) {
	var f *Fault
	if !errors.As(r.Err, &f) {
		return "", ""
	}
	return oneLine(f.Sent), oneLine(f.Came)
}

// oneLine makes a line of what may be anything.
func oneLine(s string) string { return strings.Join(strings.Fields(text.Clean(s)), " ") }
