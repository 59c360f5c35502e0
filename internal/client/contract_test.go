package client_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/elios/elios/internal/client"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func connect(t *testing.T, h *servertest.Host, change func(*client.Options)) *client.Client {
	t.Helper()
	o := client.Options{URL: h.URL(), Token: h.Token, Drafts: t.TempDir()}
	if change != nil {
		change(&o)
	}
	c, err := client.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestContract(t *testing.T) {
	facetest.Contract(t, func(t *testing.T) session.Interviews {
		return connect(t, servertest.Start(t, nil), nil)
	})
}
