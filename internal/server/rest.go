package server

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// body reads the JSON of a request as strictly as a message.
func body(r *http.Request, v any) error {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(b)) == 0 {
		return nil
	}
	return wire.DecodeBody(b, v)
}

// idOf is the id of what a request changes: its Idempotency-Key, or the id in
// its body.
func idOf(r *http.Request, inBody string) (string, error) {
	key := r.Header.Get("Idempotency-Key")
	switch {
	case key != "" && inBody != "" && key != inBody:
		return "", wire.Errorf(wire.CodeBadMessage, "the Idempotency-Key and the id in the body differ")
	case key == "" && inBody == "":
		return "", wire.Errorf(wire.CodeBadMessage, "what changes something needs an id: send it as Idempotency-Key")
	case len([]rune(key+inBody)) > 2*wire.MaxID, len([]rune(key)) > wire.MaxID, len([]rune(inBody)) > wire.MaxID:
		return "", wire.Errorf(wire.CodeBadMessage, "an id has at most %d characters", wire.MaxID)
	case key == "":
		return inBody, nil
	}
	return key, nil
}

func (s *Server) whoami(w http.ResponseWriter, r *http.Request, v *visitor) error {
	info, err := v.info(r.Context())
	if err != nil {
		return err
	}
	return answerJSON(w, http.StatusOK, wire.WhoAmI{Version: s.cfg.Version, Store: s.cfg.Store, Token: info})
}

func (s *Server) banks(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	list, err := s.cfg.Interviews.Banks(r.Context())
	if err != nil {
		return err
	}
	return answerJSON(w, http.StatusOK, wire.Banks{Banks: list})
}

func (s *Server) questions(w http.ResponseWriter, r *http.Request, v *visitor) error {
	bank := r.PathValue("bank")
	if v.token.Invitation != nil {
		return errInvited
	}
	if err := v.knowsBank(r.Context(), bank); err != nil {
		return err
	}
	list, err := s.cfg.Interviews.Questions(r.Context(), bank)
	if err != nil {
		return err
	}
	return answerJSON(w, http.StatusOK, wire.Questions{Questions: list})
}

// errInvited keeps a guest from reading ahead.
var errInvited = session.Errorf(session.Forbidden, "this token is good for one interview, and for nothing else")

func (s *Server) attempts(w http.ResponseWriter, r *http.Request, v *visitor) error {
	f := session.Filter{Bank: r.PathValue("bank"), Asked: r.PathValue("question")}
	if v.token.Scope != session.HostScope {
		f.Owner = v.token.ID // answers are for the candidate and the host
	}
	list, err := s.cfg.Interviews.Attempts(r.Context(), f)
	if err != nil {
		return err
	}
	return answerJSON(w, http.StatusOK, wire.Attempts{Attempts: append([]session.Attempt{}, list...)})
}

// filterOf reads the filter of a list from a query.
func filterOf(r *http.Request) (f session.Filter, err error) {
	q := r.URL.Query()
	f = session.Filter{Bank: q.Get("bank"), Topic: q.Get("topic"), Asked: q.Get("asked"), Open: q.Get("open") == "true", Disputed: q.Get("disputed") == "true"}
	for name, at := range map[string]*time.Time{"since": &f.Since, "until": &f.Until} {
		if s := q.Get(name); s != "" {
			if *at, err = time.Parse(time.RFC3339, s); err != nil {
				return f, wire.Errorf(wire.CodeBadMessage, "%s: it is a time such as 2026-03-31T12:00:00Z", name)
			}
		}
	}
	if s := q.Get("limit"); s != "" {
		if f.Limit, err = strconv.Atoi(s); err != nil || f.Limit < 0 {
			return f, wire.Errorf(wire.CodeBadMessage, "limit: it is a number, 0 or more")
		}
	}
	return f, nil
}

func (s *Server) interviews(w http.ResponseWriter, r *http.Request, v *visitor) error {
	f, err := filterOf(r)
	if err != nil {
		return err
	}
	list, err := v.list(r.Context(), f)
	if err != nil {
		return err
	}
	names, err := s.names(r, v)
	if err != nil {
		return err
	}
	return answerJSON(w, http.StatusOK, wire.Interviews{Interviews: append([]session.Summary{}, list...), Names: names})
}

// names are those of all tokens, for a host.
func (s *Server) names(r *http.Request, v *visitor) (map[string]string, error) {
	if v.token.Scope != session.HostScope {
		return nil, nil
	}
	tokens, err := s.cfg.Tokens.Tokens(r.Context())
	names := map[string]string{}
	for _, t := range tokens {
		if t.Name != "" {
			names[t.ID] = t.Name
		}
	}
	return names, err
}

// invitations lists them with what became of each, for a host.
func (s *Server) invitations(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if v.token.Scope != session.HostScope {
		return session.Errorf(session.Forbidden, "invitations are for the host to see")
	}
	tokens, err := s.cfg.Tokens.Tokens(r.Context())
	if err != nil {
		return err
	}
	made, err := s.cfg.Interviews.List(r.Context(), session.Filter{Request: session.InvitedRequest})
	if err != nil {
		return err
	}
	return answerJSON(w, http.StatusOK, wire.Invitations{Invitations: session.InvitationsOf(tokens, made, s.cfg.Now())})
}

func (s *Server) createInterview(w http.ResponseWriter, r *http.Request, v *visitor) error {
	var asked struct {
		ID string `json:"id"`
		wire.Create
	}
	if err := body(r, &asked); err != nil {
		return err
	}
	id, err := idOf(r, asked.ID)
	if err != nil {
		return err
	}
	seat, dup, err := v.create(r.Context(), id, asked.Create)
	if err != nil {
		return err
	}
	defer s.lobby.leave(seat)
	w.Header().Set("Location", "/v1/interviews/"+seat.ID())
	status := http.StatusCreated
	if dup {
		status = http.StatusOK
	}
	return s.answerSnapshot(w, r, status, seat)
}

func (s *Server) snapshot(w http.ResponseWriter, r *http.Request, in inRoom) error {
	return s.answerSnapshot(w, r, http.StatusOK, in.seat)
}

func (s *Server) answerSnapshot(w http.ResponseWriter, r *http.Request, status int, room session.Room) error {
	snap, err := room.Snapshot(r.Context())
	if err != nil {
		return err
	}
	s.voice(&snap)
	return answerJSON(w, status, snap)
}

func (s *Server) deleteInterview(w http.ResponseWriter, r *http.Request, v *visitor) error {
	sum, err := v.find(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := v.mayAct(sum); err != nil {
		return err
	}
	if v.token.Invitation != nil {
		return errInvited // else it could be made a second time
	}
	if err := s.cfg.Interviews.Delete(r.Context(), sum.ID); err != nil {
		return err
	}
	s.lobby.drop(sum.ID)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) command(w http.ResponseWriter, r *http.Request, in inRoom) error {
	begun := time.Now()
	var m wire.Message
	if err := body(r, &m); err != nil {
		return err
	}
	id, err := idOf(r, m.ID)
	if err != nil {
		return err
	}
	cmd, err := wire.CommandOf(m)
	if err != nil {
		return err
	}
	ack, err := in.do(r.Context(), in.seat, in.of, session.Envelope{ID: id, Command: cmd})
	if err != nil {
		return err
	}
	s.cfg.Metrics.acked(time.Since(begun))
	s.logCommand(s.cfg.Log.With("req", refOf(r.Context()), "token", in.token.ID, "interview", in.of.ID), cmd)
	return answerJSON(w, http.StatusOK, wire.AckOf(in.of.ID, ack))
}

func (s *Server) saveDraft(w http.ResponseWriter, r *http.Request, in inRoom) error {
	var d wire.Draft
	if err := body(r, &d); err != nil {
		return err
	}
	if err := in.draft(r.Context(), in.seat, in.of, d); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) report(w http.ResponseWriter, r *http.Request, v *visitor) error {
	sum, err := v.find(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !v.token.ReadsReport(sum.Settings) {
		return session.Errorf(session.Forbidden, "the report is for the candidate and the host")
	}
	rep, err := s.cfg.Interviews.Report(r.Context(), sum.ID)
	if err != nil {
		return err
	}
	format := r.URL.Query().Get("format")
	if format == "" || format == "json" || s.cfg.Report == nil {
		return answerJSON(w, http.StatusOK, rep)
	}
	var out bytes.Buffer
	if err := s.cfg.Report(r.Context(), &out, rep, format); err != nil {
		return err
	}
	kind := mime.TypeByExtension("." + format)
	if format == "md" {
		kind = "text/markdown; charset=utf-8"
	}
	// A report holds what strangers wrote: no script of it may run here.
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(out.Bytes())
	return nil
}
