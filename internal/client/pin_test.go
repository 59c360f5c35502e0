package client_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/elios/elios/internal/client"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

func TestPin(t *testing.T) {
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"banks":[{"id":"go"}]}`))
	}))
	defer srv.Close()
	srv.Config.ErrorLog = nil
	pin := client.Pin(srv.Certificate())
	for name, tc := range map[string]struct {
		pin  string
		want string // of the error; "": none
	}{
		"the right key":            {pin, ""},
		"the right key, bare":      {strings.TrimPrefix(pin, "sha256//"), ""},
		"another key":              {"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "has another key"},
		"no pin, signed by itself": {"", "is not trusted"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := client.New(client.Options{URL: srv.URL, Token: wire.NewSecret(), Pin: tc.pin})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			banks, err := c.Banks(t.Context())
			if tc.want == "" {
				if err != nil || len(banks) != 1 {
					t.Errorf("%+v, %v", banks, err)
				}
				return
			}
			if session.KindOf(err) != session.Forbidden || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := client.New(client.Options{URL: srv.URL, Pin: "sha1//abc"}); session.KindOf(err) != session.Invalid {
		t.Errorf("%v", err)
	}
}

// What a server says that is none of elios is not taken for an answer.
func TestAStranger(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"a page":     func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) },
		"an error":   func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusTeapot) },
		"a redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) },
	} {
		t.Run(name, func(t *testing.T) {
			seen := 0
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { seen++; h(w, r) }))
			defer srv.Close()
			c, err := client.New(client.Options{URL: srv.URL, Token: wire.NewSecret()})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			_, err = c.Banks(t.Context())
			if err == nil || !strings.Contains(err.Error(), "does not answer as a server of elios does") || seen != 1 {
				t.Errorf("%v after %d requests", err, seen)
			}
		})
	}
}
