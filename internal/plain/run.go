package plain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/elios/elios/internal/session"
)

// Run leads through an interview line by line, from wherever it stands: it
// starts one that is IDLE and resumes one that is paused. It returns nil when
// the interview is complete, and when it was left by /pause or by the end of
// the input, which pauses it.
//
// The error is ctx's when ctx is done first (the interview is paused then), the
// Out writer's, the room's when it fails altogether, and with a stream of
// answers any refusal: TooLong for an answer, Unavailable when one cannot be
// evaluated.
func Run(ctx context.Context, ivs session.Interviews, room session.Room, o Options) error {
	r := newRunner(ivs, room, o)
	if err := r.enter(ctx); err != nil || r.left {
		return err
	}
	inner, cancel := context.WithCancel(ctx)
	var following sync.WaitGroup
	defer following.Wait()
	defer cancel()
	events := make(chan batch)
	after := r.snap.LastSeq
	following.Go(func() { follow(inner, room, after, events) })
	r.connection = r.link(inner)
	return r.loop(ctx, &sources{events: events, live: r.live(inner), input: r.input(inner)})
}

// runner is one run. All of it belongs to the goroutine of Run.
type runner struct {
	ivs  session.Interviews
	room session.Room
	o    Options
	out  *printer

	snap session.Snapshot  // the fold of what was printed
	need int64             // nothing is handed in before this event was printed
	told map[string]string // points of the question already told, with their verdict

	feedback string // the last feedback said

	typed     []string // the answer so far
	typedTurn int      // the turn it belongs to
	dirty     bool     // typed is not saved yet
	begun     bool     // something was typed since the question: no more commands
	invited   bool     // "Your answer" was said
	handedIn  int      // the turn this run answered or skipped
	lost      bool     // typed was overtaken by another window
	repeat    bool     // say the question again when all is printed
	ranOut    bool     // the stream of answers has ended
	left      bool     // the run is over
	after     bool     // the interview is complete and summed up

	judging  time.Time // since when the answer is evaluated
	spokenAt time.Time // when that was last spoken of
	progress session.Live

	connection <-chan session.Connection // nil: the interview is in this process
	offline    bool                      // the connection is broken, and that was said
}

func newRunner(ivs session.Interviews, room session.Room, o Options) *runner {
	o = o.withDefaults()
	out := &printer{w: o.Out}
	if o.JSON {
		out = &printer{w: o.Err}
	}
	return &runner{ivs: ivs, room: room, o: o, out: out, told: map[string]string{}}
}

func (r *runner) scripted() bool { return r.o.Answers != nil }

// say prints a line for people.
func (r *runner) say(format string, args ...any) { r.out.line(fmt.Sprintf(format, args...)) }

// batch is what one wait for events brought.
type batch struct {
	events []session.Event
	err    error
}

// sources are the channels a run listens to.
type sources struct {
	events <-chan batch
	live   <-chan session.Live
	input  <-chan item
}

// follow waits for events until it fails or ctx is done.
func follow(ctx context.Context, room session.Room, after int64, out chan<- batch) {
	for {
		events, err := room.Events(ctx, after)
		if n := len(events); n > 0 {
			after = events[n-1].Seq
		}
		select {
		case out <- batch{events, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// loop goes on until the interview is complete or left.
func (r *runner) loop(ctx context.Context, s *sources) error {
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for !r.over() {
		if err := r.act(ctx, s.input); err != nil {
			return r.fail(ctx, err)
		}
		if r.over() {
			break
		}
		if err := r.wait(ctx, s, tick.C); err != nil {
			return r.fail(ctx, err)
		}
	}
	if r.left {
		return r.out.err
	}
	if err := r.finish(ctx); err != nil {
		return err
	}
	return r.afterwards(ctx, s)
}

// over tells whether there is nothing more to do here.
func (r *runner) over() bool {
	return r.left || r.snap.Completed != nil && r.printedAll()
}

// printedAll tells whether everything the run knows of has been printed.
func (r *runner) printedAll() bool { return r.snap.LastSeq >= r.need }

// wait handles the next thing that happens.
func (r *runner) wait(ctx context.Context, s *sources, tick <-chan time.Time) error {
	input := s.input
	if !r.listening() {
		input = nil
	}
	r.prompt()
	select {
	case b := <-s.events:
		return r.events(b)
	case l, ok := <-s.live:
		if !ok {
			s.live = nil
		}
		r.progress = l
		r.speakOfProgress()
	case c, ok := <-r.connection:
		r.speakOfConnection(c, ok)
	case <-tick:
		r.speakOfProgress()
	case it := <-input:
		return r.take(ctx, it)
	case <-ctx.Done():
		return ctx.Err()
	}
	return r.out.err
}

func (r *runner) events(b batch) error {
	for _, e := range b.events {
		r.event(e)
	}
	return errors.Join(b.err, r.out.err)
}

// event prints an event and remembers what it changes.
func (r *runner) event(e session.Event) {
	if e.Seq <= r.snap.LastSeq {
		return
	}
	r.snap = r.snap.Apply(e)
	r.note(e)
	if r.o.JSON {
		r.printJSON(e)
		return
	}
	r.print(e)
}

func (r *runner) printJSON(e session.Event) {
	b, err := json.Marshal(e)
	if err == nil {
		_, err = r.o.Out.Write(append(b, '\n'))
	}
	if r.out.err == nil {
		r.out.err = err
	}
}
