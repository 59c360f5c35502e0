package conformance_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/elios/elios/internal/wire"
)

// explained is what a check says of a server.
func explained(t *testing.T, check string, b broken) []string {
	t.Helper()
	h := host(t)
	to := whole(t, behind(t, h, &b), h)
	r := results(t, to, named(t, check))[check]
	if r.Err == nil {
		t.Fatalf("%s found nothing", check)
	}
	return r.Explained()
}

// TestWhatDoesNotFitItsSchema is said in one line that names each place.
func TestWhatDoesNotFitItsSchema(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		b   broken
		due string
	}{
		"two places": {
			broken{message: edit(wire.TypeWelcome, func(f fields) { delete(f, "store"); f["last_seq"] = "7" })},
			`found:         welcome does not fit its schema: at '/data': missing property 'store'; at '/data/last_seq': got string, want integer`,
		},
		"one place": {
			broken{message: edit(wire.TypeWelcome, within("limits", set("message_bytes", nil)))},
			`found:         welcome does not fit its schema: at '/data/limits': missing property 'message_bytes'`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := explained(t, "handshake/token-in-hello", tc.b); got[0] != tc.due {
				t.Errorf("got  %s\nwant %s", got[0], tc.due)
			}
		})
	}
}

// TestTheLastToAndFro comes with a fault.
func TestTheLastToAndFro(t *testing.T) {
	t.Parallel()
	got := explained(t, "http/whoami", broken{status: statusOf(http.StatusOK, http.StatusAccepted)})
	for _, begin := range []string{"found: ", "last sent:     GET /v1/whoami", "last received: 202 {", "the protocol:  "} {
		if !slices.ContainsFunc(got, func(l string) bool { return strings.HasPrefix(l, begin) }) {
			t.Errorf("no %q in\n%s", begin, strings.Join(got, "\n"))
		}
	}
}
