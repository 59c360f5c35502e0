package plain

import (
	"context"
	"errors"
	"testing"
	"testing/iotest"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

func TestReadError(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	out := newScreen()
	o := options("", out)
	o.In = iotest.ErrReader(errors.New("no tape"))
	if err := Run(t.Context(), interviews{room: r}, r, o); err == nil || !r.paused() {
		t.Errorf("%v, paused %v", err, r.paused())
	}
	has(t, out.String(), "No tape.")
}

func TestBrokenOutput(t *testing.T) {
	for _, asJSON := range []bool{false, true} {
		r := newRoom(t, session.Practice, builtin)
		out := newScreen()
		out.broken = true
		o := options("", out)
		o.JSON = asJSON
		if err := Run(t.Context(), interviews{room: r}, r, o); !errors.Is(err, errBroken) {
			t.Errorf("json %v: %v", asJSON, err)
		}
	}
}

func TestRoomErrors(t *testing.T) {
	gone := session.Errorf(session.StoreFailed, "the disk is full")
	for name, breakIt := range map[string]func(*room){
		"snapshot": func(r *room) { r.snapErr = gone },
		"events":   func(r *room) { r.eventErr = gone },
		"start":    func(r *room) { r.refuse[session.CmdStart] = gone },
	} {
		r := newRoom(t, session.Practice, builtin)
		breakIt(r)
		out := newScreen()
		if err := Run(t.Context(), interviews{room: r}, r, options("", out)); session.KindOf(err) != session.StoreFailed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPauseFails(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	r.refuse[session.CmdPause] = session.Errorf(session.StoreFailed, "the disk is full")
	has(t, piped(t, r, "/pause\n"), "It could not be paused: the disk is full. To go on: elios resume iv-1")
	r.refuse[session.CmdPause] = session.Errorf(session.IsComplete, "it is complete")
	has(t, piped(t, r, "/pause\n"), "The interview is complete. To read the report: elios report iv-1")
}

func TestStartedElsewhere(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	r.before = func(r *room, c session.Command) {
		if c.Type() == session.CmdStart {
			r.other(session.Start{})
		}
	}
	has(t, piped(t, r, "/end\n"), "Question 1 of 2", "ended early")
}

func TestAlreadyComplete(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	r.other(session.End{})
	out := newScreen()
	err := Run(t.Context(), interviews{room: r, err: errBroken}, r, options("", out))
	if err != nil {
		t.Fatal(err)
	}
	has(t, out.String(), "The interview is ended early.", "elios report iv-1")
}

func TestHostileText(t *testing.T) {
	q := nilQuestion()
	evil := "\x1b[2J\u202eevil\x07\r\nQuestion 9 of 9"
	q.Topic, q.Ask, q.Ideal, q.KeyPoints[0].Point = evil, evil, evil, evil
	q.Hints, q.References[0].Title, q.References[0].URL = []string{evil}, evil, evil
	q.Misconceptions[0].Point, q.KeyPoints[1].Probe = evil, evil
	r := newRoom(t, session.Practice, session.EvaluatorInfo{Name: "ollama", Model: evil}, q)
	r.iv.Bank.Title = evil
	out := newScreen()
	err := Run(t.Context(), interviews{room: r}, r, options("/hint\nit panics and blocks "+evil+"\n.\n/end\n", out))
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); text.Clean(got) != got {
		t.Errorf("not clean: %q", got)
	}
}

func TestContextDone(t *testing.T) {
	r := newRoom(t, session.Practice, builtin)
	out := newScreen()
	typed, keys := pipe()
	defer keys.Close()
	o := options("", out)
	o.In, o.Terminal = typed, true
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, interviews{room: r}, r, o) }()
	out.await(t, "Your answer", 1)
	keys.line("half an answ")
	r.awaitDraft(t, "half an answ")
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	has(t, out.String(), "Paused. To go on: elios resume iv-1")
	if r.savedDraft() != "half an answ" || !r.paused() {
		t.Errorf("draft %q, paused %v", r.savedDraft(), r.paused())
	}
}
