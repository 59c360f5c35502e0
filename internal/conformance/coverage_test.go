package conformance_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/elios/elios/api"
	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// report writes something for every format, as cmd/elios has it done.
func report(_ context.Context, w io.Writer, r session.Report, format string) error {
	if !slices.Contains([]string{"md", "html", "csv"}, format) {
		return session.Errorf(session.Invalid, "there is no format %q", format)
	}
	_, err := fmt.Fprintf(w, "%s\n", r.Interview.ID)
	return err
}

// seen is what went to and fro, with the checks that had to do with it.
type seen struct {
	mu sync.Mutex
	by map[string]map[string]bool
}

func (s *seen) watch(check, what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by == nil {
		s.by = map[string]map[string]bool{}
	}
	if s.by[what] == nil {
		s.by[what] = map[string]bool{}
	}
	s.by[what][check] = true
}

// TestOurOwnServer makes every check on our own server. Nothing fails, nothing is
// skipped, and everything the protocol has was seen, or is named as what nobody
// can ask for.
func TestOurOwnServer(t *testing.T) {
	t.Parallel()
	h := host(t)
	to := whole(t, h.URL(), h)
	to.Restart = func(context.Context) error { h.Stop(); h.Run(); return nil }
	var s seen
	to.Watch = s.watch
	green(t, results(t, to, checks(t)))
	if testing.Short() {
		return // the slow checks see their part of it
	}
	told := conformance.Unprovoked()
	for _, what := range everything(t) {
		switch why, excused := told[what]; {
		case len(s.by[what]) > 0 && excused:
			t.Errorf("%s was seen, and is said to be what nobody can provoke: %s", what, why)
		case len(s.by[what]) > 0:
			t.Logf("%-40s %d checks", what, len(s.by[what]))
		case !excused:
			t.Errorf("%s was never seen", what)
		}
		delete(told, what)
	}
	for what := range told {
		if strings.Contains(what, " /") {
			continue // of plain HTTP
		}
		t.Errorf("%s is said to be what nobody can provoke, and is not of the protocol", what)
	}
	seenRoutes(t, &s)
}

// everything is each message, event, error and close code of the protocol, from
// the documents and the program's tables.
func everything(t *testing.T) (out []string) {
	t.Helper()
	b, err := api.AsyncAPI()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Operations map[string]struct {
			Messages []map[string]string `json:"messages"`
		} `json:"operations"`
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	for operation, who := range map[string]string{"fromClient": "client ", "toClient": "server ", "events": "event "} {
		for _, m := range doc.Operations[operation].Messages {
			name := m["$ref"][strings.LastIndex(m["$ref"], "/")+1:]
			out = append(out, who+strings.TrimPrefix(name, "event_"))
		}
	}
	if len(out) != 15+8+18 {
		t.Fatalf("asyncapi.yaml has %d messages: %v", len(out), out)
	}
	for _, c := range wire.Codes() {
		out = append(out, "error "+string(c), "problem "+string(c))
	}
	for _, c := range wire.CloseCodes() {
		out = append(out, fmt.Sprintf("close %d", c.Code))
	}
	return out
}

// seenRoutes wants every operation of openapi.yaml to have been asked for, and to
// have been answered as it should.
func seenRoutes(t *testing.T, s *seen) {
	t.Helper()
	b, err := api.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	told := conformance.Unprovoked()
	for path, operations := range doc.Paths {
		pattern := regexp.MustCompile(`\\\{[^}]*\\\}`).ReplaceAllString(regexp.QuoteMeta(path), `[^/? ]+`)
		for method, raw := range operations {
			var op struct {
				Responses map[string]json.RawMessage `json:"responses"`
			}
			_ = json.Unmarshal(raw, &op) // parameters have none
			for status := range op.Responses {
				if status == "default" {
					continue
				}
				what := strings.ToUpper(method) + " " + path + " " + status
				re := regexp.MustCompile("^http " + strings.ToUpper(method) + " " + pattern + `(\?\S*)? ` + status + "$")
				found := slices.ContainsFunc(s.names(), re.MatchString)
				if _, excused := told[what]; found == excused {
					t.Errorf("%s: seen %t, excused %t", what, found, excused)
				}
			}
		}
	}
}

func (s *seen) names() (out []string) {
	for what := range s.by {
		out = append(out, what)
	}
	return out
}

// TestEveryCheckQuotesTheProtocol: a check that asks for more than the document
// says would call a right server wrong.
func TestEveryCheckQuotesTheProtocol(t *testing.T) {
	b, err := os.ReadFile("../../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	plain := func(s string) string {
		return strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(s, "`", "")), " "))
	}
	text := plain(string(bytes.ReplaceAll(b, []byte("|"), []byte(" "))))
	for _, c := range conformance.Checks() {
		if !strings.Contains(text, plain(c.Says)) {
			t.Errorf("%s: docs/protocol.md does not say %q", c.Name, c.Says)
		}
	}
}
