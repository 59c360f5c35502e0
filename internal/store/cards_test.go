package store

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"
)

func TestCards(t *testing.T) {
	s := mustOpen(t, filepath.Join(t.TempDir(), "elios.db"))
	if cards, err := s.Cards(t.Context()); err != nil || len(cards) != 0 {
		t.Fatal(cards, err)
	}
	for _, c := range []struct {
		made int64
		data string
	}{{2000, `{"n":2}`}, {1000, `{"n":1}`}, {2000, `{"n":3}`}} {
		if err := s.KeepCard(t.Context(), time.UnixMilli(c.made), json.RawMessage(c.data)); err != nil {
			t.Fatal(err)
		}
	}
	cards, err := s.Cards(t.Context())
	if err != nil || len(cards) != 3 || string(cards[0]) != `{"n":1}` || string(cards[2]) != `{"n":3}` {
		t.Errorf("%s, %v", cards, err)
	}
}
