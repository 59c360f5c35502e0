package plain

import (
	"context"

	"github.com/elios/elios/internal/session"
)

// afterwards lets a person at a terminal mark and dispute points until they
// press return. A pipe is not waited for: its other end may never close it.
func (r *runner) afterwards(ctx context.Context, s *sources) error {
	if !r.o.Terminal || r.o.JSON || r.scripted() || len(r.revealed()) == 0 {
		return nil
	}
	r.after = true
	r.say("Press return to leave, or type /points, /mark, /dispute or /help.")
	for !r.left {
		if err := r.wait(ctx, s, nil); err != nil {
			if ctx.Err() != nil {
				return nil // everything was done by then
			}
			return err
		}
	}
	return r.out.err
}

// takeAfter handles a line typed when the interview is complete.
func (r *runner) takeAfter(ctx context.Context, line string) error {
	name, rest, ok := commandOf(line)
	switch {
	case blank(line):
		r.left = true
	case ok && commandsAfter[name]:
		return r.command(ctx, name, rest)
	default:
		r.say("The interview is over. Press return to leave, or type /points, /mark, /dispute or /help.")
	}
	return nil
}

var commandsAfter = map[string]bool{
	"points": true, string(session.CmdMark): true, string(session.CmdDispute): true, "help": true,
}
