package conformance_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/wire"
)

// broken stands before a good server and does one thing wrong.
type broken struct {
	upstream *url.URL
	message  func(m wire.Message) []wire.Message                  // of the server
	toServer func(frame []byte) []byte                            // of the client
	talk     func() talk                                          // a connection with a memory
	text     func(text []byte) []byte                             // of the server, as it goes out
	close    func(code websocket.StatusCode) websocket.StatusCode // 0: it stays open
	kind     func(k websocket.MessageType) websocket.MessageType  // of the client's frames
	noPings  bool                                                 // the server's do not arrive
	anyProto bool                                                 // subprotocols are not looked at
	request  func(r *http.Request)                                // before anybody looks at it
	answer   func(w http.ResponseWriter, r *http.Request) bool    // true: this was all
	status   func(r *http.Request, status int) int                // of plain HTTP
	body     func(r *http.Request, b []byte) []byte               // of plain HTTP
	header   func(r *http.Request, h http.Header)                 // of plain HTTP
	stream   func(lines string) string                            // of server-sent events, one at a time
}

// talk is what goes wrong on one connection. Either may be nil.
type talk struct {
	client func(e ends, m wire.Message, frame []byte) []byte // nil: nothing goes on
	server func(e ends, m wire.Message) []wire.Message
}

// ends are the two of a connection.
type ends struct {
	ctx      context.Context
	up, down *websocket.Conn
}

// back answers a client in the server's place.
func (e ends) back(kind, re string, data any) {
	m, _ := wire.New(kind, data)
	m.Re = re
	b, _ := wire.Encode(m)
	_ = e.down.Write(e.ctx, websocket.MessageText, b)
}

// bye closes as the server would.
func (e ends) bye(code wire.CloseCode) {
	e.back(wire.TypeBye, "", wire.Bye{Code: code, Message: "bye"})
	go func() { _ = e.down.Close(websocket.StatusCode(code), "bye") }()
}

// refuse answers with an error in the server's place.
func (e ends) refuse(re string, code wire.Code) {
	e.back(wire.TypeError, re, wire.Errorf(code, "no"))
}

func (b *broken) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Origin") == "http://"+r.Host {
		r.Header.Set("Origin", b.upstream.String())
	}
	if b.request != nil {
		b.request(r)
	}
	if b.answer != nil && b.answer(w, r) {
		return
	}
	if r.URL.Path == "/v1/ws" {
		b.webSocket(w, r)
		return
	}
	proxy := httputil.NewSingleHostReverseProxy(b.upstream)
	proxy.FlushInterval = -1
	proxy.ModifyResponse = func(res *http.Response) error { return b.modify(r, res) }
	r.Host = b.upstream.Host
	proxy.ServeHTTP(w, r)
}

func (b *broken) modify(r *http.Request, res *http.Response) error {
	if b.status != nil {
		res.StatusCode = b.status(r, res.StatusCode)
	}
	if b.header != nil {
		b.header(r, res.Header)
	}
	if strings.Contains(res.Header.Get("Content-Type"), "event-stream") {
		if b.stream != nil {
			res.Body = &lines{ReadCloser: res.Body, change: b.stream}
		}
		return nil
	}
	if b.body == nil {
		return nil
	}
	old, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	text := b.body(r, old)
	res.Body = io.NopCloser(bytes.NewReader(text))
	res.ContentLength = int64(len(text))
	res.Header.Del("Content-Length")
	return nil
}

// lines changes a stream line by line; "" for one that is left out.
type lines struct {
	io.ReadCloser
	change    func(string) string
	got, done []byte
}

func (l *lines) Read(p []byte) (int, error) {
	for len(l.done) == 0 {
		if line, rest, ok := bytes.Cut(l.got, []byte("\n")); ok {
			l.got = rest
			if out := l.change(string(line) + "\n"); out != "" {
				l.done = []byte(out)
			}
			continue
		}
		buf := make([]byte, 4096)
		n, err := l.ReadCloser.Read(buf)
		l.got = append(l.got, buf[:n]...)
		if n == 0 && err != nil {
			return 0, err
		}
	}
	n := copy(p, l.done)
	l.done = l.done[n:]
	return n, nil
}

// webSocket relays a connection, wrongly.
func (b *broken) webSocket(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var offered []string
	if h := r.Header.Get("Sec-WebSocket-Protocol"); h != "" {
		offered = strings.Split(strings.ReplaceAll(h, " ", ""), ",")
	}
	header := http.Header{}
	for _, name := range []string{"Authorization", "Origin"} {
		if v := r.Header.Get(name); v != "" {
			header.Set(name, v)
		}
	}
	asked := offered
	if b.anyProto {
		asked = []string{wire.Subprotocol}
	}
	var down *websocket.Conn
	ready := make(chan struct{})
	up, res, err := websocket.Dial(ctx, b.upstream.String()+"/v1/ws", &websocket.DialOptions{
		Subprotocols: asked, HTTPHeader: header,
		OnPingReceived: func(ctx context.Context, _ []byte) bool {
			<-ready
			return b.noPings || down.Ping(ctx) == nil
		},
	})
	if err != nil {
		status := http.StatusBadGateway
		if res != nil {
			status = res.StatusCode
		}
		http.Error(w, "refused", status)
		return
	}
	defer up.CloseNow()
	accepted := []string{wire.Subprotocol}
	if b.anyProto {
		accepted = append(offered, accepted...)
	}
	if down, err = websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: accepted, InsecureSkipVerify: true}); err != nil {
		return
	}
	close(ready)
	defer down.CloseNow()
	up.SetReadLimit(-1)
	down.SetReadLimit(-1)
	e := ends{ctx, up, down}
	var t talk
	if b.talk != nil {
		t = b.talk()
	}
	var wg sync.WaitGroup
	wg.Go(func() { defer cancel(); b.fromClient(e, t) })
	if b.fromServer(e, t) {
		<-ctx.Done() // the client leaves in the end
	}
	_ = down.CloseNow()
	wg.Wait()
}

func (b *broken) fromClient(e ends, t talk) {
	for {
		kind, frame, err := e.down.Read(e.ctx)
		if err != nil {
			return
		}
		if b.kind != nil {
			kind = b.kind(kind)
		}
		if b.toServer != nil {
			frame = b.toServer(frame)
		}
		if t.client != nil && frame != nil {
			var m wire.Message
			_ = json.Unmarshal(frame, &m) // it may be none
			frame = t.client(e, m, frame)
		}
		if frame == nil {
			continue
		}
		if e.up.Write(e.ctx, kind, frame) != nil {
			return
		}
	}
}

// fromServer tells whether the connection stays open although the server has
// closed it.
func (b *broken) fromServer(e ends, t talk) bool {
	for {
		kind, frame, err := e.up.Read(e.ctx)
		var ce websocket.CloseError
		if errors.As(err, &ce) {
			code := ce.Code
			if b.close != nil {
				code = b.close(code)
			}
			if code == 0 {
				return true
			}
			_ = e.down.Close(code, ce.Reason)
		}
		if err != nil {
			return false
		}
		var m wire.Message
		if err := json.Unmarshal(frame, &m); err != nil {
			return false
		}
		out := []wire.Message{m}
		if b.message != nil {
			out = b.message(m)
		}
		for _, m := range out {
			said := []wire.Message{m}
			if t.server != nil {
				said = t.server(e, m)
			}
			for _, m := range said {
				if !b.says(e, kind, m) {
					return false
				}
			}
		}
	}
}

func (b *broken) says(e ends, kind websocket.MessageType, m wire.Message) bool {
	text, err := wire.Encode(m)
	if err != nil {
		return false
	}
	if b.text != nil {
		text = b.text(text)
	}
	return text == nil || e.down.Write(e.ctx, kind, text) == nil
}

// behind puts a broken server before a good one, and gives its address.
func behind(t *testing.T, h *servertest.Host, b *broken) string {
	t.Helper()
	var err error
	if b.upstream, err = url.Parse(h.URL()); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(b)
	t.Cleanup(srv.Close)
	return srv.URL
}
