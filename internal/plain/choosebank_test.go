package plain

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

var threeBanks = []session.BankInfo{
	{ID: "databases", Title: "Databases", Questions: 1},
	{ID: "evil", Title: "\x1b[2JEvil\nbank", Questions: 2},
	{ID: "go", Title: "Go", Questions: 14},
}

func TestChooseBank(t *testing.T) {
	const asked = "Bank 1: Databases, 1 question, id databases.\n" +
		"Bank 2: Evil bank, 2 questions, id evil.\n" +
		"Bank 3: Go, 14 questions, id go.\n" +
		"Which bank? Type its number or its id, or press return for Go.\n"
	for typed, want := range map[string]string{
		"\n": "go", "1\n": "databases", " 3 \r\n": "go", "Databases\n": "databases", "evil": "evil",
		"9\n0\nnone\n2\n": "evil",
	} {
		var out strings.Builder
		in := strings.NewReader(typed + "next line\n")
		if !strings.HasSuffix(typed, "\n") {
			in = strings.NewReader(typed)
		}
		got, err := ChooseBank(t.Context(), in, &out, threeBanks, "go")
		if err != nil || got != want {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
		if rest, _ := io.ReadAll(in); strings.HasSuffix(typed, "\n") && string(rest) != "next line\n" {
			t.Errorf("%q: the interview would read %q", typed, rest)
		}
		said, ok := strings.CutPrefix(out.String(), asked)
		if wrong := strings.Count(said, "Type a number from 1 to 3, or an id.\n"); !ok || wrong != strings.Count(typed, "\n")-1 && wrong != 0 {
			t.Errorf("%q: %s", typed, out.String())
		}
	}
}

func TestChooseBankFails(t *testing.T) {
	if _, err := ChooseBank(t.Context(), strings.NewReader(""), io.Discard, threeBanks, "go"); !errors.Is(err, io.EOF) {
		t.Errorf("end of the input: %v", err)
	}
	broken := newScreen()
	broken.broken = true
	if _, err := ChooseBank(t.Context(), strings.NewReader("\n"), broken, threeBanks, "go"); !errors.Is(err, errBroken) {
		t.Errorf("broken output: %v", err)
	}
	in, keys := pipe()
	defer keys.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ChooseBank(ctx, in, io.Discard, threeBanks, "go"); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}
