package conformance_test

import (
	"bytes"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/wire"
)

// swallowBye has a connection stay open that the server closes with a code.
func swallowBye(code websocket.StatusCode) broken {
	return broken{message: only(wire.TypeBye, drop), close: becomes(code, 0)}
}

// faultsOfHandshakes are of connections: how they begin, what carries messages, and how they end.
var faultsOfHandshakes = map[string]fault{
	"selects no subprotocol at all": {b: broken{anyProto: true}, found: "handshake/unknown-subprotocols"},
	"selects none that is offered": {b: broken{request: func(r *http.Request) {
		if r.Header.Get("Sec-WebSocket-Protocol") == "other.v1,elios.v1" {
			r.Header.Del("Sec-WebSocket-Protocol")
		}
	}}, found: "handshake/subprotocol"},
	"needs a subprotocol": {b: broken{answer: func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/v1/ws" || r.Header.Get("Sec-WebSocket-Protocol") != "" {
			return false
		}
		http.Error(w, "no", http.StatusBadRequest)
		return true
	}}, found: "handshake/no-subprotocol"},
	"lets any page in":           {b: broken{request: func(r *http.Request) { r.Header.Del("Origin") }}, found: "handshake/foreign-page"},
	"lets no page in":            {b: broken{request: foreignIfAny}, found: "handshake/own-page"},
	"takes tokens out of URLs":   {b: broken{request: tokenOfURL}, found: "handshake/token-in-url"},
	"takes any scheme":           {b: broken{request: anyScheme}, found: "handshake/wrong-scheme"},
	"looks at no header":         {b: broken{request: func(r *http.Request) { r.Header.Del("Authorization") }}, found: "handshake/token-in-header"},
	"refuses bad tokens by HTTP": {b: broken{answer: refusesBearer}, found: "handshake/wrong-token"},
	"welcomes anybody": {with: func(o conformance.Tokens, h *servertest.Host) broken {
		return hears(func(_ ends, m wire.Message, frame []byte) []byte {
			var hello wire.Hello
			_ = m.Into(&hello)
			if m.Type == wire.TypeHello && !hello.Token.Empty() {
				return bytes.ReplaceAll(frame, []byte(hello.Token.Reveal()), []byte(h.Host.Reveal()))
			}
			return frame
		})
	}, found: "handshake/wrong-token"},
	"echoes the token": {with: func(_ conformance.Tokens, h *servertest.Host) broken {
		return broken{message: edit(wire.TypeWelcome, within("token", set("secret", h.Host.Reveal())))}
	}, found: "handshake/token-in-hello"},
	"takes any first message": {b: hears(func(e ends, m wire.Message, frame []byte) []byte {
		if m.Type == wire.TypePing {
			e.back(wire.TypePong, m.ID, fields{})
			return nil
		}
		return frame
	}), found: "handshake/hello-first"},
	"welcomes twice": {b: remembers(func() talk {
		var welcome *wire.Message
		return talk{
			client: func(e ends, m wire.Message, frame []byte) []byte {
				if m.Type == wire.TypeHello && welcome != nil {
					e.back(wire.TypeWelcome, "", welcome.Data)
					return nil
				}
				return frame
			},
			server: func(_ ends, m wire.Message) []wire.Message {
				if m.Type == wire.TypeWelcome {
					welcome = &m
				}
				return []wire.Message{m}
			},
		}
	}), found: "handshake/second-hello"},
	"forgets what comes with hello": {b: remembers(func() talk {
		greeted := false
		return talk{
			client: func(_ ends, m wire.Message, frame []byte) []byte {
				if m.Type != wire.TypeHello && !greeted {
					return nil
				}
				return frame
			},
			server: func(_ ends, m wire.Message) []wire.Message {
				greeted = greeted || m.Type == wire.TypeWelcome
				return []wire.Message{m}
			},
		}
	}), found: "handshake/at-once"},
	"takes a negative after":     {b: broken{toServer: replaced(`"after":-1`, `"after":0`)}, found: "handshake/negative-after"},
	"takes any version":          {b: broken{toServer: replaced(`"protocol":"elios.v999"`, `"protocol":"elios.v1"`)}, found: "handshake/version"},
	"refuses its own version":    {b: broken{toServer: replaced(`"protocol":"elios.v1"`, `"protocol":"elios.v2"`)}, found: "handshake/example"},
	"knows whole ids only":       {b: hears(wholeIDsOnly), found: "handshake/prefix"},
	"does not know the last one": {b: broken{toServer: replaced(`"interview":"last"`, `"interview":"`+strings.Repeat("0", 36)+`"`)}, found: "handshake/last"},
	"answers no handshake": {b: broken{answer: func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/v1/ws" {
			<-r.Context().Done()
		}
		return r.URL.Path == "/v1/ws"
	}}, found: "frames/forbidden"},
	"waits for hello for ever":     {b: swallowBye(4408), found: "handshake/timeout"},
	"names no limits":              {b: broken{message: edit(wire.TypeWelcome, set("limits", nil))}, found: "handshake/token-in-hello"},
	"names other limits":           {b: broken{message: edit(wire.TypeWelcome, within("limits", set("message_bytes", 65536)))}, found: "handshake/limits"},
	"a field has another name":     {b: broken{message: swap("welcome", `"last_seq"`, `"lastSeq"`)}, found: "handshake/token-in-hello"},
	"no bye":                       {b: broken{message: only("bye", drop)}, found: "handshake/no-token"},
	"bye names another code":       {b: broken{message: edit(wire.TypeBye, set("code", 1000))}, found: "handshake/no-token"},
	"bye says nothing":             {b: broken{message: edit(wire.TypeBye, set("message", ""))}, found: "handshake/no-token"},
	"something comes after bye":    {b: broken{message: only("bye", func(m wire.Message) []wire.Message { return []wire.Message{m, {Type: "pong", Data: []byte("{}")}} })}, found: "handshake/no-token"},
	"4401 is 1008":                 {b: broken{close: becomes(4401, 1008)}, found: "handshake/wrong-token"},
	"4400 is 1000":                 {b: broken{close: becomes(4400, 1000)}, found: "handshake/hello-first"},
	"4404 is 4403":                 {b: broken{close: becomes(4404, 4403)}, found: "handshake/unknown-interview"},
	"4426 is 1002":                 {b: broken{close: becomes(4426, 1002)}, found: "handshake/version"},
	"4408 is 1001":                 {b: broken{close: becomes(4408, 1001)}, found: "handshake/timeout"},
	"4410 is 4401":                 {b: broken{close: becomes(4410, 4401), message: swap("bye", "4410", "4401")}, found: "tokens/expired"},
	"4429 is 1013":                 {b: broken{close: becomes(4429, 1013), message: swap("bye", "4429", "1013")}, found: "limits/connections"},
	"1003 is 1000":                 {b: broken{close: becomes(1003, 1000)}, found: "frames/binary"},
	"1007 is 1002":                 {b: broken{close: becomes(1007, 1002)}, found: "frames/utf-8"},
	"1009 is 1000":                 {b: broken{close: becomes(1009, 1000)}, found: "frames/too-big"},
	"takes binary frames for text": {b: broken{kind: func(websocket.MessageType) websocket.MessageType { return websocket.MessageText }}, found: "frames/binary"},
	"repairs bad UTF-8":            {b: broken{toServer: func(b []byte) []byte { return bytes.ToValidUTF8(b, []byte("?")) }}, found: "frames/utf-8"},
	"takes any size": {b: broken{toServer: func(b []byte) []byte {
		if len(b) > wire.MaxClientFrame && utf8.Valid(b) {
			return []byte(`{"type":"ping"}`)
		}
		return b
	}}, found: "frames/too-big"},
	"takes 64 KiB only": {b: hears(func(e ends, _ wire.Message, frame []byte) []byte {
		if len(frame) > 64<<10 {
			e.bye(wire.CloseTooBig)
			return nil
		}
		return frame
	}), found: "frames/as-big-as-may-be"},
	"no pings of its own":     {b: broken{noPings: true}, found: "resume/heartbeat"},
	"waits for pongs forever": {b: swallowBye(4408), found: "resume/no-answer-to-a-ping"},
	"another store each time": {b: broken{message: func(m wire.Message) []wire.Message {
		return edit(wire.TypeWelcome, set("store", uuid.NewString()))(m)
	}}, found: "resume/same-server"},
}

// foreignIfAny takes every page for one of elsewhere.
func foreignIfAny(r *http.Request) {
	if r.Header.Get("Origin") != "" {
		r.Header.Set("Origin", "https://elsewhere.invalid")
	}
}

// tokenOfURL takes a token where none belongs.
func tokenOfURL(r *http.Request) {
	if t := r.URL.Query().Get("token"); t != "" && r.Header.Get("Authorization") == "" {
		r.Header.Set("Authorization", "Bearer "+t)
	}
}

func anyScheme(r *http.Request) {
	if _, token, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok {
		r.Header.Set("Authorization", "Bearer "+token)
	}
}

// refusesBearer answers a handshake with a bad token by a status, which browsers
// do not see.
func refusesBearer(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path != "/v1/ws" || r.Header.Get("Authorization") == "" {
		return false
	}
	http.Error(w, "who are you?", http.StatusUnauthorized)
	return true
}

func wholeIDsOnly(_ ends, m wire.Message, frame []byte) []byte {
	var hello wire.Hello
	_ = m.Into(&hello)
	if n := len(hello.Interview); m.Type == wire.TypeHello && n > 4 && n < 36 {
		return bytes.Replace(frame, []byte(hello.Interview), []byte(strings.Repeat("0", 36)), 1)
	}
	return frame
}
