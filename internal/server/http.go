package server

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/elios/elios/api"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// Handler answers everything this server is asked.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/ws", s.webSocket)
	for pattern, h := range map[string]handler{
		"GET /v1/whoami":                 s.whoami,
		"GET /v1/banks":                  s.banks,
		"GET /v1/banks/{bank}/questions": s.questions,
		"GET /v1/banks/{bank}/questions/{question}/attempts": s.attempts,
		"GET /v1/invitations":                                s.invitations,
		"GET /v1/interviews":                                 s.interviews,
		"POST /v1/interviews":                                s.createInterview,
		"GET /v1/interviews/{id}":                            s.inside(s.snapshot),
		"DELETE /v1/interviews/{id}":                         s.deleteInterview,
		"GET /v1/interviews/{id}/events":                     s.inside(s.events),
		"POST /v1/interviews/{id}/commands":                  s.inside(s.command),
		"PUT /v1/interviews/{id}/draft":                      s.inside(s.saveDraft),
		"GET /v1/interviews/{id}/report":                     s.report,
		"GET /v1/interviews/{id}/turns/{n}/audio":            s.inside(s.audio),
		"GET /metrics":                                       s.metrics,
	} {
		mux.HandleFunc(pattern, s.with(h))
	}
	mux.HandleFunc("GET /v1/openapi.json", document(api.OpenAPI))
	mux.HandleFunc("GET /v1/asyncapi.json", document(api.AsyncAPI))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", s.ready)
	if s.page != nil {
		mux.Handle("GET /{$}", s.page)
		mux.Handle("GET /web/", s.page)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		problem(w, r, wire.Errorf(wire.CodeNotFound, "there is nothing at %s %s; see /v1/openapi.json", r.Method, cut(r.URL.Path)), http.StatusNotFound)
	})
	return s.guard(mux)
}

// handler answers a visitor. An error is told as a problem.
type handler func(w http.ResponseWriter, r *http.Request, v *visitor) error

// with admits who asks, and keeps bodies and times within bounds.
func (s *Server) with(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTime)) // events moves it
		v, err := s.admit(r.Context(), bearer(r))
		if err == nil && !s.gate.allow(v.token) {
			err = &session.Error{Kind: session.RateLimited, Message: "too many requests; send this one again in a moment", RetryAfter: time.Second}
		}
		if err == nil {
			r.Body = http.MaxBytesReader(w, r.Body, wire.MaxClientFrame)
			err = h(w, r, v)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	}
}

// inside enters the interview of the path for a handler.
func (s *Server) inside(h func(w http.ResponseWriter, r *http.Request, in inRoom) error) handler {
	return func(w http.ResponseWriter, r *http.Request, v *visitor) error {
		seat, of, err := v.open(r.Context(), r.PathValue("id"))
		if err != nil {
			return err
		}
		defer s.lobby.leave(seat)
		return h(w, r, inRoom{v, seat, of})
	}
}

// inRoom is a visitor in an interview.
type inRoom struct {
	*visitor
	seat *seat
	of   session.Summary
}

// fail answers with a problem, and logs what the client may not know.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var big *http.MaxBytesError
	switch {
	case errors.Is(err, errUnauthorised), errors.Is(err, errExpired):
		w.Header().Set("WWW-Authenticate", `Bearer realm="elios"`)
		problem(w, r, wire.ErrorOf(err, ""), http.StatusUnauthorized)
		return
	case errors.As(err, &big):
		err = wire.Errorf(wire.CodeTooLong, "a body has at most 256 KiB")
	}
	ref := refOf(r.Context())
	e := wire.ErrorOf(err, ref)
	s.cfg.Metrics.errors.WithLabelValues(string(e.Code)).Inc()
	if e.Code == wire.CodeInternal {
		s.cfg.Log.Error("internal error", "req", ref, "err", err)
	}
	problem(w, r, e, statusOf(e.Code))
}

// statusOf is the one table from error codes to HTTP statuses (RFC 9110, 15).
func statusOf(c wire.Code) int {
	switch c {
	case wire.CodeBadJSON, wire.CodeBadMessage, wire.CodeUnknownType:
		return http.StatusBadRequest
	case wire.CodeTooLong:
		return http.StatusRequestEntityTooLarge
	case wire.CodeForbidden:
		return http.StatusForbidden
	case wire.CodeNotFound:
		return http.StatusNotFound
	case wire.CodeStaleTurn, wire.CodeIDReused, wire.CodeInvalidState, wire.CodePaused, wire.CodeComplete:
		return http.StatusConflict
	case wire.CodeRateLimited:
		return http.StatusTooManyRequests
	case wire.CodeOverloaded, wire.CodeUnavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// problemJSON is problem details (RFC 9457) with the fields of a wire.Error.
type problemJSON struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	*wire.Error
}

// problem answers with problem details.
func problem(w http.ResponseWriter, _ *http.Request, e *wire.Error, status int) {
	if e.RetryAfterMs > 0 {
		w.Header().Set("Retry-After", strconv.FormatInt((e.RetryAfterMs+999)/1000, 10))
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(problemJSON{"urn:elios:error:" + string(e.Code), http.StatusText(status), status, e.Message, e})
}

// answerJSON answers with a value.
func answerJSON(w http.ResponseWriter, status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(b, '\n')) // who has gone needs no answer
	return nil
}

// document answers with a document of the protocol.
func document(make func() ([]byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		b, err := make()
		if err != nil {
			problem(w, r, wire.ErrorOf(err, refOf(r.Context())), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Access-Control-Allow-Origin", "*") // it holds nothing of anybody
		_, _ = w.Write(b)
	}
}

// ready tells whether interviews can be served.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	err := s.cfg.Ready(r.Context())
	if s.isStopping() {
		err = errors.New("stopping")
	}
	if err != nil {
		s.cfg.Log.Warn("not ready", "err", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte("not ready\n"))
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

type ctxKey int

const (
	refKey ctxKey = iota
	connKey
)

// refOf names the request in the log.
func refOf(ctx context.Context) string {
	ref, _ := ctx.Value(refKey).(string)
	return ref
}

// withConn keeps the connection under a request, since a WebSocket that is asked
// to close waits longer than a stop may take.
func withConn(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey, c)
}

func connOf(ctx context.Context) net.Conn {
	c, _ := ctx.Value(connKey).(net.Conn)
	return c
}

// guard refuses what comes by another name or from another page, names the
// request, logs it, and keeps a panic in it.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ref := newRef()
		r = r.WithContext(context.WithValue(r.Context(), refKey, ref))
		rec := &recorder{ResponseWriter: w}
		begun := time.Now()
		defer func() {
			if p := recover(); p != nil {
				s.cfg.Log.Error("request panicked", "req", ref, "panic", p, "stack", string(debug.Stack()))
				problem(rec, r, wire.ErrorOf(errors.New("panic"), ref), http.StatusInternalServerError)
			}
			// The pattern, never the path: that holds whatever a stranger sent.
			s.cfg.Metrics.request(r.Pattern, rec.status)
			s.cfg.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("req", ref), slog.String("pattern", r.Pattern),
				slog.Int("status", rec.status), slog.Duration("took", time.Since(begun)), slog.String("from", hostOnly(r.RemoteAddr)))
		}()
		rec.Header().Set("X-Content-Type-Options", "nosniff")
		rec.Header().Set("Cache-Control", "no-store")
		rec.Header().Set("X-Request-Id", ref)
		switch {
		case !s.asksByName(r.Host):
			problem(rec, r, wire.Errorf(wire.CodeForbidden, "this server is not known by the name %q; the host adds names with --host", cut(r.Host)), http.StatusMisdirectedRequest)
		case !s.fromKnownPage(r):
			problem(rec, r, wire.Errorf(wire.CodeForbidden, "pages of %q may not connect; the host allows them with --allow-origin", cut(r.Header.Get("Origin"))), http.StatusForbidden)
		default:
			next.ServeHTTP(rec, r)
		}
	})
}

// asksByName tells whether a request names this server: a page that has its own
// name resolve to this address (DNS rebinding) does not.
func (s *Server) asksByName(host string) bool {
	if len(s.cfg.Hosts) == 0 {
		return true
	}
	return slices.Contains(s.cfg.Hosts, strings.ToLower(hostOnly(host)))
}

// fromKnownPage tells whether a browser's page may connect: one of this server's
// own, or of an allowed origin. Without an origin it is a program.
func (s *Server) fromKnownPage(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || slices.Contains(s.cfg.Origins, origin) {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// hostOnly is an address without its port.
func hostOnly(addr string) string {
	if host, _, err := net.SplitHostPort(addr); err == nil {
		return host
	}
	return strings.Trim(addr, "[]")
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader remembers the status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write answers 200 where nothing else was said.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what is under it.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
