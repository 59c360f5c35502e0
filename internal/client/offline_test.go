package client_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/client"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/wire"
)

const patience = 30 * time.Second

// started is a room with the first question asked.
func started(t *testing.T, c *client.Client) session.Room {
	t.Helper()
	room, err := c.Create(t.Context(), session.Settings{Bank: "go", Count: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = room.Close() })
	if _, err := room.Do(t.Context(), session.Envelope{ID: "start", Command: session.Start{}}); err != nil {
		t.Fatal(err)
	}
	return room
}

// connection waits until the connection is as wanted.
func connection(t *testing.T, from <-chan session.Connection, want func(session.Connection) bool) session.Connection {
	t.Helper()
	for end := time.After(patience); ; {
		select {
		case c := <-from:
			if want(c) {
				return c
			}
		case <-end:
			t.Fatal("the connection never was as wanted")
		}
	}
}

func up(c session.Connection) bool   { return c.Up }
func down(c session.Connection) bool { return !c.Up && c.Why != "" && !c.RetryAt.IsZero() }

func TestAnAnswerWaitsForTheServer(t *testing.T) {
	h := servertest.Start(t, nil)
	room := started(t, connect(t, h, nil))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	link := room.(session.Remote).Connection(ctx)
	connection(t, link, up)
	h.Stop()
	connection(t, link, down)
	done := make(chan error, 1)
	go func() {
		_, err := room.Do(ctx, session.Envelope{ID: "a", Command: session.Answer{Turn: 1, Text: facetest.Half}})
		done <- err
	}()
	connection(t, link, func(c session.Connection) bool { return c.Unsent == 1 })
	if s, err := room.Snapshot(ctx); err != nil || s.State != session.Questioning {
		t.Errorf("%+v, %v", s, err)
	}
	h.Run()
	if err := <-done; err != nil {
		t.Error(err)
	}
	connection(t, link, func(c session.Connection) bool { return c.Up && c.Unsent == 0 })

	h.Stop()
	connection(t, link, down)
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	_, err := room.Do(short, session.Envelope{ID: "b", Command: session.Pause{}})
	if session.KindOf(err) != session.Unreachable || !strings.Contains(err.Error(), "kept") {
		t.Errorf("%v", err)
	}
	h.Run()
}

func TestADraftIsKeptHereUntilTheServerHasIt(t *testing.T) {
	h := servertest.Start(t, nil)
	dir := t.TempDir()
	here := func(o *client.Options) { o.Drafts = dir }
	room := started(t, connect(t, h, here))
	link := room.(session.Remote).Connection(t.Context())
	if err := room.SaveDraft(t.Context(), 1, "sent"); err != nil {
		t.Fatal(err)
	}
	files := func() int {
		list, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if n := files(); n != 0 {
		t.Errorf("%d drafts are kept of what the server has", n)
	}
	h.Stop()
	connection(t, link, down)
	if err := room.SaveDraft(t.Context(), 1, "typed without a server"); err != nil {
		t.Fatal(err)
	}
	if s, err := room.Snapshot(t.Context()); err != nil || s.Draft != "typed without a server" {
		t.Errorf("%q, %v", s.Draft, err)
	}
	id := room.ID()
	if err := room.Close(); err != nil || files() != 1 {
		t.Errorf("%v, %d drafts kept", err, files())
	}

	h.Run() // another run of this side finds it, and hands it to the server
	again, err := connect(t, h, here).Open(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if s, err := again.Snapshot(t.Context()); err != nil || s.Draft != "typed without a server" {
		t.Errorf("%q, %v", s.Draft, err)
	}
	for end := time.Now().Add(patience); files() > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the server was never told of the draft")
		}
	}
	if text, err := h.Parts.Store.Draft(t.Context(), id, 1); err != nil || text != "typed without a server" {
		t.Errorf("the server has %q, %v", text, err)
	}
}

// What cannot get better ends with an error that says so.
func TestWhenTryingAgainCannotHelp(t *testing.T) {
	h := servertest.Start(t, nil)
	for name, change := range map[string]func(t *testing.T){
		"a revoked token": func(t *testing.T) {
			list, err := h.Parts.Store.Tokens(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, tok := range list {
				if tok.Scope == session.CandidateScope {
					if _, err := h.Parts.Store.RevokeToken(t.Context(), tok.ID, time.Now()); err != nil {
						t.Fatal(err)
					}
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			room := started(t, connect(t, h, nil))
			change(t)
			h.Stop()
			h.Run()
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			_, err := room.Do(ctx, session.Envelope{ID: "hint", Command: session.Hint{}})
			if session.KindOf(err) != session.Forbidden || !strings.Contains(err.Error(), "token") {
				t.Errorf("%v", err)
			}
			if _, err := room.Events(ctx, 1000); session.KindOf(err) != session.Forbidden {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestAnotherDatabaseIsNotTakenForTheSame(t *testing.T) {
	h := servertest.Start(t, nil)
	room := started(t, connect(t, h, nil))
	h.Stop()
	other := servertest.StartAt(t, h.Addr, h.Token)
	defer other.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	_, err := room.Do(ctx, session.Envelope{ID: "hint", Command: session.Hint{}})
	if session.KindOf(err) != session.NotFound { // it does not know the interview
		t.Errorf("%v", err)
	}
}

func TestNobodyThere(t *testing.T) {
	c, err := client.New(client.Options{URL: "http://127.0.0.1:1", Token: wire.NewSecret()})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Banks(t.Context())
	if session.KindOf(err) != session.Unreachable || !strings.Contains(err.Error(), "http://127.0.0.1:1 cannot be reached") {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Open(ctx, "last"); err == nil {
		t.Error("opened what is not there")
	}
}

func TestPatienceWhenTheServerAsksForIt(t *testing.T) {
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Server.Limits.Messages, p.Server.Limits.Burst = 5, 2
	})
	room := started(t, connect(t, h, nil))
	for i := range 5 {
		cmd := session.Command(session.Pause{})
		if i%2 == 1 {
			cmd = session.Resume{}
		}
		if _, err := room.Do(t.Context(), session.Envelope{ID: strings.Repeat("x", i+1), Command: cmd}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestParseURL(t *testing.T) {
	for in, want := range map[string]string{
		"localhost:7777":                    "http://localhost:7777",
		"https://example.org/":              "https://example.org",
		"wss://example.org/v1/ws":           "https://example.org",
		"https://example.org/elios/":        "https://example.org/elios",
		"http://example.org/?q=1#elios_abc": "http://example.org",
		"ftp://example.org":                 "",
		"https://":                          "",
		"https://ada:secret@example.org":    "",
		"http://example.org:port":           "",
		"/home/ada":                         "",
	} {
		u, err := client.ParseURL(in)
		if got := ""; err == nil {
			if got = u.String(); got != want {
				t.Errorf("%s is %s, want %s", in, got, want)
			}
		} else if want != "" || session.KindOf(err) != session.Invalid {
			t.Errorf("%s: %v", in, err)
		}
	}
}
