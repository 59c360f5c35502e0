package server

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

const audioFormat = "audio/wav"

// audioOf is where a turn can be heard, nil when nothing is read aloud here.
func (s *Server) audioOf(interview string, turn int) *session.Audio {
	if s.cfg.Sound == nil {
		return nil
	}
	return &session.Audio{Path: fmt.Sprintf("/v1/interviews/%s/turns/%d/audio", interview, turn), Format: audioFormat}
}

// voiced names the audio of a question.
func (s *Server) voiced(interview string, e session.Event) session.Event {
	if q, ok := e.Data.(session.QuestionAsked); ok {
		q.Audio = s.audioOf(interview, q.Turn)
		e.Data = q
	}
	return e
}

// voice names the audio of every turn of a snapshot, which is the caller's own.
func (s *Server) voice(snap *session.Snapshot) {
	if s.cfg.Sound == nil {
		return
	}
	turns := make([]session.TurnView, len(snap.Turns))
	for i, t := range snap.Turns {
		t.Asked.Audio = s.audioOf(snap.ID, t.Asked.Turn)
		turns[i] = t
	}
	snap.Turns = turns
}

// audio reads a turn aloud.
func (s *Server) audio(w http.ResponseWriter, r *http.Request, in inRoom) error {
	snap, err := in.seat.Snapshot(r.Context())
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	if s.cfg.Sound == nil || err != nil {
		return wire.Errorf(wire.CodeNotFound, "nothing is read aloud here")
	}
	for _, t := range snap.Turns {
		if t.Asked.Turn != n {
			continue
		}
		sound, err := s.cfg.Sound(r.Context(), t.Asked.Ask)
		if err != nil {
			return fmt.Errorf("read turn %d aloud: %w", n, err)
		}
		w.Header().Set("Content-Type", audioFormat)
		w.Header().Set("Content-Length", strconv.Itoa(len(sound)))
		_, _ = w.Write(sound) // who has gone hears nothing
		return nil
	}
	return wire.Errorf(wire.CodeNotFound, "the interview has no turn %d yet", n)
}
