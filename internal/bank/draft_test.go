package bank

import (
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

// TestSelectLeavesDraftsOut draws only what can be scored.
func TestSelectLeavesDraftsOut(t *testing.T) {
	b, err := Parse("b.yaml", many(4))
	if err != nil {
		t.Fatal(err)
	}
	b.Questions[1].KeyPoints[0].Point = "TODO: what a good answer says."
	b.Questions[2].Ask = "TODO: what the candidate is asked."
	got, err := Select(b, session.Settings{}, nil)
	if err != nil || len(got) != 2 {
		t.Fatalf("%d questions and %v, want the 2 that are no drafts", len(got), err)
	}
	for i := range b.Questions {
		b.Questions[i].Ask = "TODO"
	}
	_, err = Select(b, session.Settings{}, nil)
	if session.KindOf(err) != session.Invalid || !strings.Contains(err.Error(), "4) are drafts") {
		t.Errorf("got %v, want an error that says that all are drafts", err)
	}
}
