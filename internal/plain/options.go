package plain

import (
	"io"
	"time"

	"github.com/elios/elios/internal/session"
)

// Options says where a line-mode interview reads and writes.
type Options struct {
	In       io.Reader        // what a person types; not read when Answers is set
	Out      io.Writer        // what is shown
	Err      io.Writer        // with JSON: messages that are not events; nil drops them
	Answers  io.Reader        // answers to give without asking; nil: read from In
	JSON     bool             // print events as NDJSON, and nothing else, on Out
	Terminal bool             // somebody sits at In: show prompts, and listen while evaluating
	NewID    func() string    // makes the ids of commands
	Resume   string           // the command that goes on with an interview; "": elios resume
	Report   string           // the command that shows a report; "": elios report
	Now      func() time.Time // the clock; nil: time.Now
}

// withDefaults fills in what may be left out.
func (o Options) withDefaults() Options {
	if o.Resume == "" {
		o.Resume = "elios resume"
	}
	if o.Report == "" {
		o.Report = "elios report"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Err == nil || !o.JSON {
		o.Err = io.Discard
	}
	return o
}

// MaxAnswerBytes is the most that is read for one answer. The interview itself
// takes less (session.MaxAnswer); this only keeps a wrong file out of memory.
const MaxAnswerBytes = 1 << 20

// progressEvery is how often a long evaluation is spoken of.
const progressEvery = 5 * time.Second

// fromElsewhere tells whether a command was refused because another window was
// faster.
func fromElsewhere(k session.Kind) bool {
	return k == session.StaleTurn || k == session.Conflict || k == session.IsComplete
}
