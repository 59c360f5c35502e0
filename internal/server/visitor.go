package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// visitor is somebody with a valid token, and what they may do. All of it is
// the same over WebSocket and over plain HTTP.
type visitor struct {
	s      *Server
	token  session.Token
	secret wire.Secret
}

// How a token can fail.
var (
	errUnauthorised = session.Errorf(session.Forbidden, "no token, or one that is unknown or revoked; ask the host for a new one")
	errExpired      = session.Errorf(session.Forbidden, "the token has expired; ask the host for a new one")
)

// bearer is the token of an Authorization header (RFC 6750), if there is one.
func bearer(r *http.Request) wire.Secret {
	scheme, rest, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "bearer") {
		return wire.Secret{}
	}
	return wire.SecretOf(rest)
}

// admit finds who has a secret. errUnauthorised, errExpired, or that the store failed.
func (s *Server) admit(ctx context.Context, secret wire.Secret) (*visitor, error) {
	if secret.Empty() {
		return nil, errUnauthorised
	}
	t, err := s.cfg.Tokens.Token(ctx, secret.Hash())
	switch {
	case session.KindOf(err) == session.NotFound, err == nil && !t.RevokedAt.IsZero():
		return nil, errUnauthorised
	case err != nil:
		return nil, err
	case t.Expired(s.cfg.Now()):
		return nil, errExpired
	}
	return &visitor{s, t, secret}, nil
}

// notFound is also the answer for an interview of somebody else.
func notFound(ref string) error {
	return session.Errorf(session.NotFound, "there is no interview %q for this token", cut(ref))
}

// cut keeps what a stranger sent from filling an answer or a log.
func cut(s string) string {
	if r := []rune(s); len(r) > 64 {
		return string(r[:64]) + "…"
	}
	return s
}

// find finds an interview the visitor may see, by id, unique prefix or "last".
// NotFound, Invalid for a prefix that fits several.
func (v *visitor) find(ctx context.Context, ref string) (session.Summary, error) {
	f := session.Filter{Limit: 2}
	if ref != "last" {
		f.Ref = ref
	}
	if v.token.Scope == session.CandidateScope {
		f.Owner = v.token.ID
	}
	if ref == "" {
		return session.Summary{}, notFound(ref)
	}
	list, err := v.s.cfg.Interviews.List(ctx, f)
	switch {
	case err != nil:
		return session.Summary{}, err
	case len(list) == 0:
		return session.Summary{}, notFound(ref)
	case len(list) > 1 && ref != "last" && list[0].ID != ref && list[1].ID != ref:
		return session.Summary{}, session.Errorf(session.Invalid, "%q fits several interviews; give more of the id", cut(ref))
	case len(list) > 1 && list[1].ID == ref:
		return list[1], nil
	}
	return list[0], nil
}

// list lists the interviews the visitor may see.
func (v *visitor) list(ctx context.Context, f session.Filter) ([]session.Summary, error) {
	if v.token.Scope == session.CandidateScope {
		f.Owner = v.token.ID
	}
	return v.s.cfg.Interviews.List(ctx, f)
}

// open enters an interview the visitor may see. Whoever gets the seat leaves it.
func (v *visitor) open(ctx context.Context, ref string) (*seat, session.Summary, error) {
	sum, err := v.find(ctx, ref)
	if err != nil {
		return nil, sum, err
	}
	seat, err := v.s.lobby.enter(ctx, sum.ID)
	return seat, sum, err
}

// create makes an interview and enters it. The same id makes one interview
// only, and dup tells that there was one already.
func (v *visitor) create(ctx context.Context, id string, c wire.Create) (room *seat, dup bool, err error) {
	settings, err := v.settings(id, c)
	if err != nil {
		return nil, false, err
	}
	done, err := v.s.gate.oneMaker(ctx, v.token)
	if err != nil {
		return nil, false, err
	}
	defer done()
	dup, err = v.made(ctx, settings.Owner.Request)
	if err != nil {
		return nil, false, err
	}
	if !dup {
		if err := v.mayMake(ctx, settings); err != nil {
			return nil, false, err
		}
	}
	opened, err := v.s.cfg.Interviews.Create(ctx, settings)
	if err != nil {
		return nil, false, err
	}
	return v.s.lobby.keep(opened), dup, nil
}

// settings is what an interview is made of: for an invitation what it says and
// nothing else.
func (v *visitor) settings(id string, c wire.Create) (session.Settings, error) {
	if !v.token.Makes() {
		return session.Settings{}, session.Errorf(session.Forbidden, "a token of scope %s makes no interviews", v.token.Scope)
	}
	asked := c
	s, request := v.s.cfg.Settings, id
	if inv := v.token.Invitation; inv != nil {
		if !c.Fits(inv.Settings) {
			return s, session.Errorf(session.Forbidden, "this token is good for one interview with the bank %s as the host has set it, and for no other", inv.Settings.Bank)
		}
		s, request, asked = inv.Settings, session.InvitedRequest, wire.Create{}
	} else {
		var err error
		if s, err = c.Settings(s); err != nil {
			return s, err
		}
	}
	body, err := json.Marshal(asked)
	if err != nil {
		return s, err
	}
	sum := sha256.Sum256(body)
	s.Owner = &session.Owner{Token: v.token.ID, Request: request, Hash: hex.EncodeToString(sum[:])}
	return s, nil
}

// made tells whether a message has made its interview before.
func (v *visitor) made(ctx context.Context, request string) (bool, error) {
	list, err := v.s.cfg.Interviews.List(ctx, session.Filter{Owner: v.token.ID, Request: request, Limit: 1})
	return len(list) > 0, err
}

// laterOn is when somebody who was told that there is too much to do may try again.
const laterOn = 30 * time.Second

// mayMake refuses an interview beyond the limits, of a bank that is not in the
// list (a path on this machine, say), or again of one the visitor may not see.
func (v *visitor) mayMake(ctx context.Context, s session.Settings) error {
	limits := v.s.cfg.Limits
	if limits.Interviews > 0 && v.s.lobby.len() >= limits.Interviews {
		return &session.Error{Kind: session.Overloaded, Message: "as many interviews are in progress as this server takes; try again later", RetryAfter: laterOn}
	}
	if v.token.Scope != session.HostScope {
		open, err := v.list(ctx, session.Filter{Open: true, Owner: v.token.ID, Limit: limits.PerTokenOpen})
		if err != nil {
			return err
		}
		if len(open) >= limits.PerTokenOpen {
			return session.Errorf(session.Forbidden, "%d interviews of this token are not complete yet; end one before you begin another", len(open))
		}
	}
	if s.Again != nil {
		_, err := v.find(ctx, s.Again.Interview)
		return err
	}
	return v.knowsBank(ctx, s.Bank)
}

// knowsBank refuses what is no bank of the list. The engine would take a path.
func (v *visitor) knowsBank(ctx context.Context, id string) error {
	list, err := v.s.cfg.Interviews.Banks(ctx)
	if err != nil {
		return err
	}
	for _, b := range list {
		if b.ID == id {
			return nil
		}
	}
	return session.Errorf(session.NotFound, "there is no bank %q here", cut(id))
}

// do sends a command to an interview the visitor is in.
func (v *visitor) do(ctx context.Context, room session.Room, of session.Summary, e session.Envelope) (session.Ack, error) {
	if err := v.mayAct(of); err != nil {
		return session.Ack{}, err
	}
	if answer, isAnswer := e.Command.(session.Answer); !isAnswer || !awaits(room, answer.Turn) {
		return room.Do(ctx, e)
	}
	if err := v.mayQueue(ctx, of.ID); err != nil {
		return session.Ack{}, err
	}
	ack, err := room.Do(ctx, e)
	v.s.gate.arrived(v.token, of.ID, err == nil && ack.State == session.Evaluating)
	return ack, err
}

// awaits tells whether a turn waits for an answer. One to another turn puts nothing into
// the queue: it was taken before, and is acknowledged again however full that is, or it
// is refused.
func awaits(room session.Room, turn int) bool {
	snap, err := room.Standing()
	return err == nil && snap.State.Answering() && snap.Turn == turn
}

func (v *visitor) mayAct(of session.Summary) error {
	if v.token.Acts(of.Settings) {
		return nil
	}
	return session.Errorf(session.Forbidden, "this token may watch the interview, and change nothing in it")
}

// mayQueue refuses an answer while too many of the token's wait to be judged; one that is
// not refused has a place, and has to arrive.
func (v *visitor) mayQueue(ctx context.Context, interview string) error {
	ok, waiting := v.s.gate.reserve(v.token, interview)
	if ok {
		return nil
	}
	for _, id := range waiting {
		list, err := v.s.cfg.Interviews.List(ctx, session.Filter{Ref: id, State: session.Evaluating, Limit: 1})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			v.s.gate.judged(v.token, id)
		}
	}
	if ok, _ = v.s.gate.reserve(v.token, interview); ok {
		return nil
	}
	return &session.Error{Kind: session.Overloaded, Message: "as many of your answers wait to be judged as may; send this one again in a moment", RetryAfter: time.Second}
}

// draft keeps half-typed text.
func (v *visitor) draft(ctx context.Context, room session.Room, of session.Summary, d wire.Draft) error {
	if err := v.mayAct(of); err != nil {
		return err
	}
	return room.SaveDraft(ctx, d.Turn, d.Text)
}

// info is what the visitor may know of the token.
func (v *visitor) info(ctx context.Context) (wire.TokenInfo, error) {
	t := v.token
	out := wire.TokenInfo{ID: t.ID, Name: t.Name, Scope: t.Scope, ExpiresAt: t.ExpiresAt}
	if t.Invitation == nil {
		return out, nil
	}
	out.Invitation = &t.Invitation.Settings
	list, err := v.s.cfg.Interviews.List(ctx, session.Filter{Owner: t.ID, Limit: 1})
	if len(list) > 0 {
		out.Interview = list[0].ID
	}
	return out, err
}

// newRef names a request or connection in the log.
func newRef() string { return uuid.NewString()[:8] }
