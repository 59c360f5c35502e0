package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// Reached is what is known of a server before it is looked at.
type Reached struct {
	Scope session.Scope // of the target's token, "" when the server does not say
	Banks []string      // ids, none when the server does not say
}

// Reach connects once. It returns an *session.Error when there is nothing that
// could be looked at: Unreachable when nobody answers or it is another server,
// Forbidden when the token is none that has interviews. What else is wrong the
// checks find.
func (t Target) Reach(ctx context.Context) (r Reached, err error) {
	within, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	ws, res, err := websocket.Dial(within, t.URL.String()+"/v1/ws", &websocket.DialOptions{HTTPClient: t.HTTP, Subprotocols: []string{wire.Subprotocol}})
	switch {
	case ctx.Err() != nil:
		return r, ctx.Err() // somebody interrupts, whatever comes of the connection
	case err != nil && res != nil:
		return r, session.Errorf(session.Unreachable, "there is no server of elios.v1 at %s: GET /v1/ws is answered with HTTP status %d", t.URL.Redacted(), res.StatusCode)
	case err != nil:
		return r, session.Errorf(session.Unreachable, "the server at %s cannot be reached (%s); is it running, and the address right?", t.URL.Redacted(), innermost(err))
	}
	defer func() { _ = ws.CloseNow() }() // it was only asked who is there
	hello, err := wire.HelloMessage(wire.Hello{Token: t.Token})
	if err != nil {
		return r, err
	}
	b, err := wire.Encode(hello)
	if err != nil {
		return r, fmt.Errorf("hello to %s: %w", t.URL.Redacted(), err)
	}
	_ = ws.Write(within, websocket.MessageText, b) // where the server has closed, what is read says why
	if r.Scope, err = t.welcomed(ctx, ws); err == nil {
		r.Banks = t.banks(ctx)
	}
	return r, err
}

// welcomed reads what answers a hello. Where nothing does it is no error unless ctx
// is done: the checks say what is wrong with such a server.
func (t Target) welcomed(ctx context.Context, ws *websocket.Conn) (session.Scope, error) {
	within, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	ws.SetReadLimit(wire.MaxServerFrame)
	for {
		_, b, err := ws.Read(within)
		switch code := wire.CloseCode(websocket.CloseStatus(err)); code {
		case wire.CloseUnauthorised, wire.CloseExpired, wire.CloseForbidden:
			return "", session.Errorf(session.Forbidden, "the server at %s does not take the token: it closed with %d; the checks need a candidate's or a host's", t.URL.Redacted(), code)
		}
		if err != nil {
			return "", ctx.Err()
		}
		var m wire.Message
		var w wire.Welcome
		if json.Unmarshal(b, &m) != nil || m.Type != wire.TypeWelcome || m.Into(&w) != nil {
			continue
		}
		if w.Token.Scope == session.ObserverScope || w.Token.Invitation != nil {
			return "", session.Errorf(session.Forbidden, "the token is an observer's or an invitation's; the checks need a candidate's or a host's")
		}
		return w.Token.Scope, nil
	}
}

// banks are the ids of the banks, none when the server does not say.
func (t Target) banks(ctx context.Context) (ids []string) {
	ctx, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	r := (&probe{t: t}).fetched(ctx, http.MethodGet, "/v1/banks", t.Token)
	var list wire.Banks
	if r == nil || r.status != http.StatusOK || json.Unmarshal(r.body, &list) != nil {
		return nil
	}
	for _, b := range list.Banks {
		ids = append(ids, b.ID)
	}
	return ids
}

// innermost is what matters of an error of the network.
func innermost(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	s := err.Error()
	return strings.TrimSpace(s[strings.LastIndex(s, ": ")+1:])
}
