package engine_test

import (
	"context"
	"testing"
	"time"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
)

func TestAgainIsANewInterviewOfOneQuestion(t *testing.T) {
	e := newLab(t).engine(nil)
	ctx := context.Background()
	first := create(t, e, nil)
	first.do(session.Start{})
	if _, err := e.Again(ctx, first.ID(), 1); session.KindOf(err) != session.InvalidState {
		t.Fatalf("a question that is still open: %v", err)
	}
	first.judged("I do not know, sorry.")
	first.do(session.End{})
	r, err := e.Again(ctx, "last", 1)
	if err != nil {
		t.Fatal(err)
	}
	second := &seat{Room: r, t: t}
	second.do(session.Start{})
	snap := second.judged(full)
	if snap.State != session.Complete || snap.Questions != 1 || snap.ID == first.ID() {
		t.Fatalf("%+v", snap)
	}
	if link := snap.Settings.Again; link == nil || link.Interview != first.ID() || link.Question != 1 {
		t.Errorf("linked to %+v", link)
	}
	list, err := e.Attempts(ctx, session.Filter{Bank: "go", Asked: snap.Turns[0].Asked.ID})
	if err != nil || len(list) != 2 || list[0].Interview.ID != first.ID() || list[1].Interview.ID != second.ID() {
		t.Fatalf("%+v %v", list, err)
	}
	if changes := session.Changes(list[0].Question, list[1].Question); len(changes) == 0 {
		t.Error("nothing changed between a wrong answer and a right one")
	}
	if _, err := e.Again(ctx, "last", 4); session.KindOf(err) != session.NotFound {
		t.Errorf("a question that was never asked: %v", err)
	}
	if _, err := e.Again(ctx, "nobody", 1); session.KindOf(err) != session.NotFound {
		t.Errorf("an interview that is not there: %v", err)
	}
}

func TestAttemptsLeaveOutOpenQuestions(t *testing.T) {
	e := newLab(t).engine(nil)
	room := create(t, e, nil)
	room.do(session.Start{})
	list, err := e.Attempts(context.Background(), session.Filter{Bank: "go", Asked: room.snap().Turns[0].Asked.ID})
	if err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}

// vanishing is a store whose interviews go as soon as they were listed.
type vanishing struct{ session.Store }

func (v vanishing) List(ctx context.Context, f session.Filter) ([]session.Summary, error) {
	list, err := v.Store.List(ctx, f)
	for _, s := range list[:min(1, len(list))] {
		_ = v.Delete(ctx, s.ID)
	}
	return list, err
}

// An interview that is deleted while somebody looks is no longer there, and not
// an error of the others.
func TestHistoryWhileInterviewsAreDeleted(t *testing.T) {
	l := newLab(t)
	e := l.engine(nil)
	var asked string
	for range 3 {
		room := create(t, e, nil)
		room.do(session.Start{})
		asked = room.judged("I do not know, sorry.").Turns[0].Asked.ID
		room.do(session.End{})
	}
	create(t, e, nil)
	later := func() time.Time { return time.Now().Add(2 * time.Minute) } // so that it is looked at whether they expire
	e = l.engine(func(c *engine.Config) { c.Store, c.Now = vanishing{l.open()}, later })
	if list, err := e.List(context.Background(), session.Filter{}); err != nil || len(list) != 4 {
		t.Errorf("%d interviews, %v", len(list), err)
	}
	list, err := e.Attempts(context.Background(), session.Filter{Bank: "go", Asked: asked})
	if err != nil || len(list) != 2 {
		t.Errorf("%d attempts, %v; one of three was deleted", len(list), err)
	}
}
