package engine_test

import (
	"context"
	"testing"

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
