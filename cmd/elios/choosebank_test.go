//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const tinyBank = `elios: bank/v1
id: abacus
title: Abacus
version: 1.0.0
language: en
topics: [{id: flow, title: Flow}]
questions:
  - id: backpressure
    type: open
    topic: flow
    level: 2
    ask: What is backpressure?
    key_points:
      - id: slow
        weight: 2
        point: The sender slows down when the receiver cannot keep up.
        say: The sender slows down when the receiver cannot keep up.
        probe: Who has to change its pace?
    ideal: The sender slows down when the receiver cannot keep up.
`

// homeWithBanks is a home with two more banks in it.
func homeWithBanks(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	banks := filepath.Join(dir, "data", "elios", "banks")
	if err := os.MkdirAll(banks, 0o700); err != nil {
		t.Fatal(err)
	}
	beta := strings.NewReplacer("abacus", "beta", "Abacus", "Beta").Replace(tinyBank)
	for name, body := range map[string]string{"abacus.yaml": tinyBank, "beta.yaml": beta} {
		if err := os.WriteFile(filepath.Join(banks, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return atHome(dir)
}

const (
	whichBank  = "Which bank? Type its number or its id, or press return for "
	yourAnswer = "Your answer (end with a line holding only a dot):\n"
)

func TestPlainTerminalAsksForABank(t *testing.T) {
	env := homeWithBanks(t)
	for _, c := range []struct {
		usual, typed, want string
		args               []string
	}{
		{"Go", "1", "Abacus: 1 question", []string{"--plain"}},
		{"Abacus", "beta", "Beta: 1 question", []string{"practice", "--plain"}},
		{"Beta", "", "Beta: 1 question", []string{"practice", "--plain"}},
		{"Beta", "go", "Go: 2 questions", []string{"practice", "--plain", "--count", "2"}},
	} {
		x := openTerminal(t, env, c.args...)
		x.await(t, whichBank+c.usual+".\n")
		x.enter(t, c.typed)
		x.await(t, yourAnswer)
		x.enter(t, "/pause")
		shown, err := x.end(t)
		if err != nil || !strings.HasPrefix(shown, "Bank 1: Abacus, 1 question, id abacus.\nBank 2: ") ||
			!strings.Contains(shown, "\n"+c.typed+"\n"+c.want+", practice mode") {
			t.Errorf("%v, typed %q: %v\n%s", c.args, c.typed, err, shown)
		}
	}
}

func TestLeavingAtTheBankStartsNothing(t *testing.T) {
	env := homeWithBanks(t)
	for name, key := range map[string]string{"ctrl+d": "\x04", "ctrl+c": "\x03"} {
		x := openTerminal(t, env, "--plain")
		x.await(t, whichBank+"Go.\n")
		if _, err := x.tty.WriteString(key); err != nil {
			t.Fatal(err)
		}
		if _, err := x.end(t); (err == nil) != (key == "\x04") {
			t.Errorf("%s: %v", name, err)
		}
	}
	x := openTerminal(t, env, "history")
	if shown, err := x.end(t); err != nil || !strings.Contains(shown, "No interviews yet") {
		t.Errorf("%v\n%s", err, shown)
	}
}

// TestNobodyIsAskedWithoutNeed has a bank named in four ways.
func TestNobodyIsAskedWithoutNeed(t *testing.T) {
	env := homeWithBanks(t)
	for name, c := range map[string]struct {
		env  string
		args []string
	}{
		"argument":      {"", []string{"practice", "abacus", "--plain"}},
		"setting":       {"ELIOS_BANK=abacus", []string{"practice", "--plain"}},
		"home":          {"ELIOS_BANK=abacus", []string{"--plain"}},
		"deterministic": {"ELIOS_BANK=abacus", []string{"practice", "--plain", "--deterministic"}},
	} {
		x := openTerminal(t, append(env, c.env), c.args...)
		x.await(t, yourAnswer)
		x.enter(t, "/pause")
		if shown, err := x.end(t); err != nil || !strings.HasPrefix(shown, "Abacus: 1 question") {
			t.Errorf("%s: %v\n%s", name, err, shown)
		}
	}
}
