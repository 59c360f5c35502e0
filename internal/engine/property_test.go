package engine_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"pgregory.net/rapid"
)

// drawCommand draws a command of a person; it may have no place now.
func drawCommand(t *rapid.T, snap session.Snapshot) session.Command {
	turn := snap.Turn
	if rapid.IntRange(0, 9).Draw(t, "stray") == 0 {
		turn++
	}
	if rapid.Bool().Draw(t, "fitting") {
		switch {
		case snap.State == session.Idle:
			return session.Start{}
		case snap.Paused:
			return session.Resume{}
		case snap.State.Answering():
			return session.Answer{Turn: turn, Text: rapid.SampledFrom([]string{half, full, "I don't know.", "Well, it depends."}).Draw(t, "text")}
		}
	}
	return rapid.SampledFrom([]session.Command{
		session.Start{},
		session.Skip{Turn: turn},
		session.Hint{},
		session.Pause{},
		session.Resume{},
		session.Retry{},
		session.UseBuiltin{},
		session.Mark{Question: snap.Question, Point: "alpha", Status: rubric.Met},
		session.Dispute{Question: snap.Question, Point: "beta", Reason: "I said it."},
		session.Answer{Turn: turn, Text: " "},
	}).Draw(t, "command")
}

// TestEveryInterviewIsOnDiskAsItWasAcknowledged plays random commands through
// two engines on one database.
func TestEveryInterviewIsOnDiskAsItWasAcknowledged(t *testing.T) {
	l := newLab(t)
	s := l.open()
	calls := 0
	build := func(c *engine.Config) {
		c.Evaluators = []session.Evaluator{&evaluator{name: "ollama"}, &evaluator{name: session.Builtin}}
	}
	engines := []*engine.Engine{l.engine(func(c *engine.Config) { build(c); c.Store = s }), l.engine(build)}
	rapid.Check(t, func(rt *rapid.T) {
		room := create(t, engines[0], func(s *session.Settings) {
			s.Mode = rapid.SampledFrom([]session.Mode{session.Practice, session.Exam}).Draw(rt, "mode")
		})
		seats := []*seat{room, open(t, engines[1], room.ID())}
		answers := map[int]string{}
		for range rapid.IntRange(1, 15).Draw(rt, "length") {
			at := seats[rapid.IntRange(0, 1).Draw(rt, "seat")]
			cmd := drawCommand(rt, at.snap())
			calls++
			env := session.Envelope{ID: fmt.Sprint("c", calls), Command: cmd}
			ack, err := at.Do(context.Background(), env)
			if err != nil {
				if k := session.KindOf(err); k == session.Internal || k == session.StoreFailed {
					rt.Fatalf("%s: %v", cmd.Type(), err)
				}
				continue
			}
			if again, err := at.Do(context.Background(), env); err != nil || !again.Dup || again.Seq != ack.Seq {
				rt.Fatalf("%s again: %+v %v", cmd.Type(), again, err)
			}
			if a, ok := cmd.(session.Answer); ok {
				answers[a.Turn] = a.Text
			}
			if rapid.Bool().Draw(rt, "wait") {
				at.until("no evaluation", func(s session.Snapshot) bool { return s.State != session.Evaluating })
			}
		}
		last := settled(t, s, room)
		iv := sound(t, s, room.ID())
		for turn, text := range answers {
			if iv.Turns[turn-1].Answer != text {
				rt.Fatalf("the acknowledged answer to turn %d is lost: %+v", turn, iv.Turns[turn-1])
			}
		}
		for n := range iv.Results {
			if asked := len(iv.TurnsOf(n+1)) - 1; asked > session.MaxFollowUps {
				rt.Fatalf("%d follow-ups", asked)
			}
		}
		if view := session.View(room.all()); !reflect.DeepEqual(view, last) {
			rt.Fatalf("view %+v\nsnapshot %+v", view, last)
		}
		for _, s := range seats {
			_ = s.Close()
		}
		if t.Failed() {
			rt.Fatal("see above")
		}
	})
}

// settled waits until no evaluation is under way on disk, and the room has
// heard of everything.
func settled(t *testing.T, s session.Store, room *seat) session.Snapshot {
	t.Helper()
	var iv *session.Interview
	eventually(t, "no evaluation", func() bool {
		var err error
		iv, err = s.Load(context.Background(), room.ID())
		return err == nil && iv.State != session.Evaluating
	})
	return room.until("the last event", func(snap session.Snapshot) bool { return snap.LastSeq == iv.LastSeq })
}
