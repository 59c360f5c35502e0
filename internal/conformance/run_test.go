package conformance_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/wire"
)

// failing is an answer that slow fails to judge.
const failing = "This answer is too much for the evaluator."

// slow judges like facetest.ByName, after a while, so that there is something in
// between to look at.
type slow struct{ facetest.ByName }

func (s slow) Info() session.EvaluatorInfo {
	return session.EvaluatorInfo{Name: "slow", Version: "test"}
}

func (s slow) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	if r.Answers[len(r.Answers)-1].Text == failing {
		return session.Judgement{}, session.Errorf(session.Unavailable, "the evaluator is out of order")
	}
	j, err := s.ByName.Evaluate(ctx, r, emit)
	select {
	case <-time.After(700 * time.Millisecond):
		return j, err
	case <-ctx.Done():
		return session.Judgement{}, ctx.Err()
	}
}

// host is a server with an evaluator that takes its time, and bounds that are reached
// on a busy machine too.
func host(t testing.TB) *servertest.Host {
	t.Helper()
	return servertest.Start(t, func(p *servertest.Parts) {
		p.Engine.Evaluators = []session.Evaluator{slow{}, facetest.ByName{}}
		p.Server.Report = report
		p.Server.Limits.TokenMessages, p.Server.Limits.PerTokenQueue = 20, 5
		p.Server.Limits.PingEvery, p.Server.Limits.PongWithin = 4*time.Second, 3*time.Second
		p.Server.Sound = func(context.Context, string) ([]byte, error) { return []byte("RIFF"), nil }
	})
}

// target is a server as the checks see it.
func target(t testing.TB, address string, token wire.Secret) conformance.Target {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{MaxIdleConnsPerHost: 16}
	t.Cleanup(tr.CloseIdleConnections)
	return conformance.Target{URL: u, Token: token, Bank: "go", HTTP: &http.Client{Transport: tr}, Patience: 10 * time.Second}
}

// whole is a server as the checks see it that have every token they need.
func whole(t testing.TB, address string, h *servertest.Host) conformance.Target {
	t.Helper()
	to := target(t, address, h.Host)
	to.Others, to.Failing = tokens(h), failing
	return to
}

// tokens makes one of each kind.
func tokens(h *servertest.Host) conformance.Tokens {
	past := time.Now().Add(-time.Hour)
	return conformance.Tokens{
		Candidate: h.NewToken(session.Token{Scope: session.CandidateScope, Name: "another"}),
		Observer:  h.NewToken(session.Token{Scope: session.ObserverScope}),
		Host:      h.Host,
		Invitation: h.NewToken(session.Token{
			Scope: session.CandidateScope, Invitation: &session.Invitation{ID: uuid.NewString(), Settings: session.Settings{Bank: "go", Count: 1, Mode: session.Practice}},
		}),
		Expired: h.NewToken(session.Token{Scope: session.CandidateScope, CreatedAt: past.Add(-time.Hour), ExpiresAt: past}),
		Revoked: h.NewToken(session.Token{Scope: session.CandidateScope, CreatedAt: past.Add(-time.Hour), RevokedAt: past}),
	}
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

// results runs checks and gives what became of each, by name.
func results(t testing.TB, to conformance.Target, list []conformance.Check) map[string]conformance.Result {
	t.Helper()
	out := map[string]conformance.Result{}
	if err := conformance.Run(t.Context(), to, list, func(r conformance.Result) { out[r.Name] = r }); err != nil {
		t.Error(err)
	}
	if len(out) != len(list) {
		t.Errorf("%d results of %d checks", len(out), len(list))
	}
	return out
}

// green wants no fault, and nothing skipped but what is named.
func green(t testing.TB, got map[string]conformance.Result, skipped ...string) {
	t.Helper()
	for name, r := range got {
		if r.Err != nil {
			t.Errorf("%s:\n%s", name, strings.Join(r.Explained(), "\n"))
		}
		named := false
		for _, s := range skipped {
			named = named || strings.HasPrefix(name, s)
		}
		if r.Skip != "" && !named {
			t.Errorf("%s was skipped: %s", name, r.Skip)
		}
	}
}

// TestACandidateOfAnotherServer has nothing but a candidate's token, and the
// bounds that come with it.
func TestACandidateOfAnotherServer(t *testing.T) {
	t.Parallel()
	h := servertest.Start(t, func(p *servertest.Parts) { p.Server.Report = report })
	to := target(t, h.URL(), h.Token)
	var list []conformance.Check
	for _, c := range checks(t) {
		if !c.Slow {
			list = append(list, c)
		}
	}
	green(t, results(t, to, list), "tokens/", "restart/", "interview/failed-evaluation", "interview/use-builtin", "limits/waiting", "limits/requests", "tell/evidence")
	if n := len(interviewsOf(t, h)); n > 0 {
		t.Errorf("%d interviews are left", n)
	}
}

func interviewsOf(t *testing.T, h *servertest.Host) []session.Summary {
	t.Helper()
	list, err := h.Interviews().List(t.Context(), session.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestChecksHaveNames: a check is found by its name, and says what it checks.
func TestChecksHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range conformance.Checks() {
		group, what, ok := strings.Cut(c.Name, "/")
		if !ok || group == "" || what == "" || c.Says == "" || seen[c.Name] {
			t.Errorf("%q, %q", c.Name, c.Says)
		}
		seen[c.Name] = true
	}
}
