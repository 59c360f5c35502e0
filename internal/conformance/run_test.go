package conformance_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/wire"
)

// target is a server as the checks see it.
func target(t testing.TB, address string, token wire.Secret) conformance.Target {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return conformance.Target{URL: u, Token: token, Bank: "go", HTTP: &http.Client{Transport: tr}, Patience: 10 * time.Second}
}

// checks are all of them, without the slow ones in short tests.
func checks(t testing.TB) (out []conformance.Check) {
	t.Helper()
	for _, c := range conformance.Checks() {
		if !c.Slow || !testing.Short() {
			out = append(out, c)
		}
	}
	return out
}

// faults runs checks and gives those that found something.
func faults(t testing.TB, to conformance.Target, list []conformance.Check) map[string]error {
	t.Helper()
	out := map[string]error{}
	if err := conformance.Run(t.Context(), to, list, func(r conformance.Result) {
		if r.Err != nil {
			out[r.Name] = r.Err
		}
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestOurOwnServer(t *testing.T) {
	h := servertest.Start(t, nil)
	for name, err := range faults(t, target(t, h.URL(), h.Host), checks(t)) {
		t.Errorf("%s: %v", name, err)
	}
}
