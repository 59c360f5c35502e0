package server

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

// house is a few interviews of which only the state matters.
type house struct {
	session.Interviews
	states map[string]session.Snapshot
	open   map[string]int
}

func (h *house) Open(_ context.Context, id string) (session.Room, error) {
	if _, ok := h.states[id]; !ok {
		return nil, session.Errorf(session.NotFound, "there is no interview %q", id)
	}
	h.open[id]++
	return &chamber{h: h, id: id}, nil
}

func (h *house) List(_ context.Context, f session.Filter) ([]session.Summary, error) {
	var out []session.Summary
	for id, s := range h.states {
		if s.State == f.State {
			out = append(out, session.Summary{ID: id, State: s.State, Paused: s.Paused})
		}
	}
	return out, nil
}

// chamber is a room of a house.
type chamber struct {
	session.Room
	h  *house
	id string
}

func (c *chamber) ID() string { return c.id }

func (c *chamber) Standing() (session.Snapshot, error) { return c.h.states[c.id], nil }

func (c *chamber) Close() error {
	c.h.open[c.id]--
	return nil
}

func TestTheLobbyKeepsWhatGoesOn(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	h := &house{open: map[string]int{}, states: map[string]session.Snapshot{
		"idle": {State: session.Idle}, "asked": {State: session.Questioning}, "paused": {State: session.Questioning, Paused: true},
		"judged": {State: session.Evaluating}, "left": {State: session.Evaluating, Paused: true}, "done": {State: session.Complete},
	}}
	l := newLobby(h, slog.New(slog.DiscardHandler), func() time.Time { return now })
	for id := range h.states {
		s, err := l.enter(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		again, err := l.enter(t.Context(), id)
		if err != nil || again != s || h.open[id] != 1 {
			t.Fatalf("%s is open %d times, %v", id, h.open[id], err)
		}
		l.leave(again)
		if id != "done" { // somebody is still in there
			l.leave(s)
		}
	}
	l.tidy()
	if l.len() != len(h.states) { // somebody is in the complete one
		t.Error("who comes back at once finds the room closed")
	}
	now = now.Add(linger + time.Second)
	l.tidy()
	for id, want := range map[string]int{"idle": 0, "asked": 1, "paused": 0, "judged": 1, "left": 0, "done": 1} {
		if h.open[id] != want {
			t.Errorf("%s is open %d times, want %d", id, h.open[id], want)
		}
	}
	if _, err := l.enter(t.Context(), "nowhere"); session.KindOf(err) != session.NotFound {
		t.Error(err)
	}
	l.drop("judged")
	if err := l.adopt(t.Context()); err != nil || h.open["judged"] != 1 || h.open["left"] != 0 {
		t.Errorf("adopted %v, %v", h.open, err)
	}
	if err := l.close(); err != nil || l.len() != 0 || h.open["judged"]+h.open["asked"]+h.open["done"] != 0 {
		t.Errorf("%v, %v", h.open, err)
	}
}
