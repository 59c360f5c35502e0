package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// beside is an environment whose folders are that of a database, without Ollama.
func beside(db string) func(string) string {
	return func(key string) string {
		switch key {
		case "HOME":
			return filepath.Dir(db)
		case "OLLAMA_HOST":
			return "127.0.0.1:9"
		}
		return ""
	}
}

// said runs a command on a database and gives what it printed.
func said(t *testing.T, db string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), append([]string{"--db", db}, args...), streams{in: strings.NewReader(""), out: &out, err: &errs}, beside(db))
	if code != exitOK {
		t.Fatalf("%q: exit %d: %s", args, code, &errs)
	}
	return out.String()
}

// TestASecretIsKeptNowhere looks into every file beside the database.
func TestASecretIsKeptNowhere(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "elios.db")
	secret := wire.SecretOf(said(t, db, "token", "create", "--name", "Ada", "--scope", "host"))
	var sent sentInvitation
	if err := json.Unmarshal([]byte(said(t, db, "invite", "--bank", "go", "--json")), &sent); err != nil {
		t.Fatal(err)
	}
	a := &app{getenv: beside(db)}
	a.flags.db = db
	s, err := a.store(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	if got, err := s.Token(t.Context(), secret.Hash()); err != nil || got.Name != "Ada" || got.Scope != session.HostScope {
		t.Errorf("%+v, %v", got, err)
	}
	invited := wire.SecretOf(sent.Token)
	got, err := s.Token(t.Context(), invited.Hash())
	if err != nil || got.ID != sent.ID || got.Invitation == nil || got.Invitation.Settings.Owner != nil || got.ExpiresAt != sent.ExpiresAt {
		t.Errorf("%+v, %v", got, err)
	}
	if !strings.HasSuffix(sent.Link, "/#"+sent.Token) {
		t.Error("the link has another token")
	}
	for _, s := range []wire.Secret{secret, invited} {
		noFileHas(t, dir, strings.TrimPrefix(s.Reveal(), "elios_"))
	}
}

func noFileHas(t *testing.T, dir, secret string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		body, err := os.ReadFile(path)
		if bytes.Contains(body, []byte(secret)) {
			t.Errorf("%s has the secret", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// full takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// TestASecretThatIsNotPrintedIsToBeRevoked: nobody has seen it, yet it is good.
func TestASecretThatIsNotPrintedIsToBeRevoked(t *testing.T) {
	db := filepath.Join(t.TempDir(), "elios.db")
	for _, line := range []string{"token create", "token create --json", "invite --bank go", "invite --bank go --json"} {
		var errs bytes.Buffer
		code := run(t.Context(), append([]string{"--db", db}, strings.Fields(line)...), streams{in: strings.NewReader(""), out: full{}, err: &errs}, beside(db))
		_, id, told := strings.Cut(strings.TrimSpace(errs.String()), "no space left; revoke it with: elios token revoke ")
		if code != exitFailed || !told || strings.Contains(errs.String(), "elios_") {
			t.Fatalf("%s: exit %d: %s", line, code, &errs)
		}
		said(t, db, "token", "revoke", id)
	}
}

// TestInvitesFollowTheInterview has an interview by invitation, and others that
// must not pass for it.
func TestInvitesFollowTheInterview(t *testing.T) {
	db := filepath.Join(t.TempDir(), "elios.db")
	var sent sentInvitation
	if err := json.Unmarshal([]byte(said(t, db, "invite", "--bank", "go", "--name", "Ada", "--count", "2", "--json")), &sent); err != nil {
		t.Fatal(err)
	}
	a := &app{getenv: beside(db)}
	a.flags.db = db
	e, err := a.engine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	by := func(token, request string) session.Room {
		t.Helper()
		s := sent.Settings
		s.Evaluator, s.Owner = session.Builtin, &session.Owner{Token: token, Request: request, Hash: "h"}
		room, err := e.Create(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { room.Close() })
		return room
	}
	row := func() []string { return csvRow(t, said(t, db, "invites", "--csv")) }
	by("another", session.InvitedRequest)
	by(sent.ID, "m1")
	wantTail(t, row(), "open", "", "", "", "")
	room := by(sent.ID, session.InvitedRequest)
	id := room.ID()
	wantTail(t, row(), "open", id, "2", "", "0")
	do(t, room, session.Start{})
	wantTail(t, row(), "started at question 1", id, "2", "", "0")
	said(t, db, "token", "revoke", sent.ID)
	wantTail(t, row(), "revoked", id, "2", "", "0")
	do(t, room, session.End{})
	wantTail(t, row(), "ended", id, "2", "", "0")
}

func do(t *testing.T, room session.Room, c session.Command) {
	t.Helper()
	if _, err := room.Do(context.WithoutCancel(t.Context()), session.Envelope{ID: newCommandID(), Command: c}); err != nil {
		t.Fatal(err)
	}
}

// csvRow is the one row below the header.
func csvRow(t *testing.T, body string) []string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%q: %v", rows, err)
	}
	return rows[1]
}

func wantTail(t *testing.T, row []string, want ...string) {
	t.Helper()
	if got := row[len(row)-len(want):]; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestInvitationsAsATable(t *testing.T) {
	score := 61.5
	at := time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.FixedZone("", 3600))
	for name, want := range map[string]string{
		"Ada": "Ada", "": "", "=1+1": "'=1+1", "+49": "'+49", "-1": "'-1", "@a": "'@a", "\t=1": "'=1", "\r=1": "'=1", "a=b": "a=b", `a "b", c`: `a "b", c`,
	} {
		var b bytes.Buffer
		if err := writeInvitations(&b, []session.Invited{{
			ID: "1", Name: name, Bank: "go", Mode: session.Exam, CreatedAt: at, State: "finished", Interview: "2", Questions: 4, Score: &score, Judged: 3,
		}}); err != nil {
			t.Fatal(err)
		}
		if got, row := csvRow(t, b.String()), []string{"1", want, "go", "exam", "2026-01-02T02:04:05Z", "", "finished", "2", "4", "61.5", "3"}; !slices.Equal(got, row) {
			t.Errorf("%q, want %q", got, row)
		}
	}
}

func TestParseServer(t *testing.T) {
	for in, want := range map[string]string{
		"http://127.0.0.1:7777": "http://127.0.0.1:7777", "https://a.example/": "https://a.example", "https://a.example/b//": "https://a.example/b",
		"HTTPS://a.example": "https://a.example", "http://[::1]:80": "http://[::1]:80",
	} {
		if got, err := parseServer(in); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{
		"", "a.example", "127.0.0.1:7777", "ws://a.example", "http:", "http:///b", "http://:80", "//a.example", "http://u@a.example", "http://u:p@a.example",
		"http://a.example?", "http://a.example/?q=1", "http://a.example#", "http://a.example/#f", "http://a.example/'b", "http://a'b", "http://a.example:0", "http://a.example:70000",
		"http://a.example/\n", "http://a b", "http://%zz",
	} {
		if got, err := parseServer(in); err == nil || exitCode(t.Context(), err) != exitUsage {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func TestParseName(t *testing.T) {
	for in, want := range map[string]string{"": "", " Ada ": "Ada", "\x1b[31mred\x1b[0m\u202e": "red", "Zoë": "Zoë", "Ada\n": "Ada"} {
		if got, err := parseName(in); err != nil || got != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"a\nb", "a\rb", "a\u2028b", "a\tb", strings.Repeat("x", maxName+1)} {
		if got, err := parseName(in); exitCode(t.Context(), err) != exitUsage {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}
