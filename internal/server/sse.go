package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// events answers with the events after a seq: as JSON those there are, as
// server-sent events (HTML standard, 9.2) also those to come.
func (s *Server) events(w http.ResponseWriter, r *http.Request, in inRoom) error {
	after, err := afterOf(r)
	if err != nil {
		return err
	}
	seat := in.seat
	if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		return s.stream(w, r, in.visitor, seat, after)
	}
	got, err := seat.since(r.Context(), after)
	if err != nil {
		return err
	}
	list := []session.Event{}
	for _, e := range got {
		list = append(list, s.voiced(seat.ID(), e))
	}
	return answerJSON(w, http.StatusOK, wire.Events{Events: list})
}

// afterOf is the last seq a client has: what it asks for, or what its browser
// says when it comes back.
func afterOf(r *http.Request) (int64, error) {
	text := r.URL.Query().Get("after")
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		text = last
	}
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, wire.Errorf(wire.CodeBadMessage, "after: it is a seq, 0 or more")
	}
	return n, nil
}

// stream sends events until the client or the server leaves. A comment every
// now and then keeps the connection from being thought dead.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, v *visitor, room session.Room, after int64) error {
	if !s.gate.connect(v.token) {
		return &session.Error{Kind: session.RateLimited, Message: "too many connections of this token", RetryAfter: laterOn}
	}
	defer s.gate.disconnect(v.token)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.leaving, cancel)()
	rc := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	for ctx.Err() == nil {
		_ = rc.SetWriteDeadline(time.Now().Add(s.cfg.Limits.PingEvery + writeTime))
		if err := rc.Flush(); err != nil {
			return nil // the client has gone
		}
		wait, stop := context.WithTimeout(ctx, s.cfg.Limits.PingEvery)
		events, err := room.Events(wait, after)
		stop()
		switch {
		case err == nil:
		case isGone(err) && ctx.Err() == nil:
			if _, err := s.admit(ctx, v.secret); err != nil {
				return nil // the token holds no longer
			}
			_, _ = fmt.Fprint(w, ": still here\n\n")
			continue
		default:
			return nil // the client comes back with the last id it has
		}
		for _, e := range events {
			b, err := json.Marshal(s.voiced(room.ID(), e))
			if err != nil {
				return nil
			}
			if _, err := fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", e.Seq, e.Data.EventType(), b); err != nil {
				return nil
			}
			after = e.Seq
		}
	}
	return nil
}
