package plain

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/elios/elios/internal/session"
)

// take handles a line that was typed or an answer of the stream.
func (r *runner) take(ctx context.Context, it item) error {
	if r.scripted() {
		return r.takeAnswer(ctx, it)
	}
	r.out.entered()
	switch {
	case errors.Is(it.err, errLong):
		r.say("That line is longer than 1 MiB and was not taken.")
	case errors.Is(it.err, io.EOF) && r.after:
		r.left = true
	case errors.Is(it.err, io.EOF):
		r.leave(ctx)
	case it.err != nil:
		return it.err
	case r.after:
		return r.takeAfter(ctx, it.text)
	default:
		return r.takeLine(ctx, it.text)
	}
	return nil
}

// takeAnswer gives an answer of the stream to the current turn.
func (r *runner) takeAnswer(ctx context.Context, it item) error {
	switch {
	case errors.Is(it.err, io.EOF):
		r.ranOut = true
		return nil
	case it.err != nil:
		return it.err
	case blank(it.text):
		return r.handIn(ctx, session.Skip{Turn: r.snap.Turn})
	}
	return r.handIn(ctx, session.Answer{Turn: r.snap.Turn, Text: it.text})
}

func (r *runner) takeLine(ctx context.Context, line string) error {
	if !r.begun {
		if name, rest, ok := commandOf(line); ok {
			return r.command(ctx, name, rest)
		}
	}
	switch {
	case !r.snap.State.Answering():
		if !blank(line) {
			r.say("Not taken: your answer is being evaluated. You can type %s.", r.commandsNow())
		}
	case isDot(line):
		return r.handInTyped(ctx)
	default:
		r.typed = append(r.typed, unstuffed(line))
		r.dirty, r.begun = true, true
	}
	return nil
}

func (r *runner) handInTyped(ctx context.Context) error {
	if blank(joined(r.typed)) {
		r.say("Nothing is typed yet. Type an answer, or /skip.")
		return nil
	}
	r.save(ctx)
	return r.handIn(ctx, session.Answer{Turn: r.snap.Turn, Text: joined(r.typed)})
}

// handIn answers or skips the current turn.
func (r *runner) handIn(ctx context.Context, c session.Command) error {
	r.handedIn = r.snap.Turn
	before := r.need
	err := r.try(ctx, c)
	if err == nil && r.need == before {
		r.sayKept()
	}
	if r.need == before || r.repeat {
		r.handedIn = 0
	}
	return err
}

// sayKept says what becomes of an answer that was refused.
func (r *runner) sayKept() {
	if len(r.typed) > 0 {
		r.say("What you typed is kept. A line holding only a dot hands it in again, /clear throws it away.")
	}
}

func joined(lines []string) string { return strings.Join(lines, "\n") }
