package convert_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/convert"
)

// importNames are the names under which import knows the formats of export.
var importNames = map[string]string{"md": "markdown", "csv": "csv", "json": "json", "anki": "anki", "gift": "gift"}

func again(t *testing.T, format string, b *bank.Bank) *convert.Result {
	t.Helper()
	var out bytes.Buffer
	if err := convert.Export(&out, format, b); err != nil {
		t.Fatal(err)
	}
	f, _ := convert.FormatOf(importNames[format])
	list, err := f.Decode("list", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	r := convert.Build([]convert.List{list}, convert.Options{ID: b.ID, Title: b.Title})
	return &r
}

// TestRoundTrip exports every built-in bank in every format and imports it
// again: questions, points and ideal answers are the same.
func TestRoundTrip(t *testing.T) {
	for _, b := range builtinBanks(t) {
		for _, format := range convert.Exports() {
			t.Run(b.ID+"/"+format, func(t *testing.T) {
				r := again(t, format, b)
				if len(r.Bank.Questions) != len(b.Questions) {
					t.Fatalf("%d questions, want %d", len(r.Bank.Questions), len(b.Questions))
				}
				for i := range b.Questions {
					same(t, &b.Questions[i], &r.Bank.Questions[i])
				}
			})
		}
	}
}

func same(t *testing.T, want, got *bank.Question) {
	t.Helper()
	if got.ID != want.ID {
		t.Errorf("id %s, want %s", got.ID, want.ID)
	}
	if got.Level != want.Level || len(got.Tags) != len(want.Tags) {
		t.Errorf("%s: level %d and tags %q, want %d and %q", want.ID, got.Level, got.Tags, want.Level, want.Tags)
	}
	if words(got.Ask) != words(want.Ask) {
		t.Errorf("%s asks\n%q, want\n%q", want.ID, got.Ask, strings.TrimSpace(want.Ask))
	}
	if got.Ideal != strings.TrimSpace(want.Ideal) {
		t.Errorf("%s: ideal\n%q, want\n%q", want.ID, got.Ideal, strings.TrimSpace(want.Ideal))
	}
	wanted := want.Criteria()
	if len(got.KeyPoints) != len(wanted) {
		t.Errorf("%s: %d points, want %d", want.ID, len(got.KeyPoints), len(wanted))
		return
	}
	for i, c := range wanted {
		if got.KeyPoints[i].Point != strings.Join(strings.Fields(c.Text), " ") {
			t.Errorf("%s: point\n%q, want\n%q", want.ID, got.KeyPoints[i].Point, c.Text)
		}
	}
}

func builtinBanks(t *testing.T) []*bank.Bank {
	t.Helper()
	lib := bank.NewLibrary(banks.FS, "")
	infos, err := lib.Banks(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var out []*bank.Bank
	for _, info := range infos {
		b, err := lib.Bank(context.Background(), info.ID)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

// words folds white space: a heading is one line.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }
