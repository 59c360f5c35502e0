package tui

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/elios/elios/internal/session"
)

// draftDelay is how long the keys must rest before the draft is written. The
// clock's tick writes it while they do not.
const draftDelay = 300 * time.Millisecond

// drafts writes half-typed text. Commands run side by side, so an older text
// could arrive after a newer one; the generation keeps it out.
type drafts struct {
	room session.Room
	mu   sync.Mutex
	last int // generation on disk
}

// save writes the text of a generation unless a later one is written already.
func (d *drafts) save(ctx context.Context, gen, turn int, text string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if gen <= d.last {
		return nil
	}
	if err := d.room.SaveDraft(ctx, turn, text); err != nil {
		return fmt.Errorf("save draft of turn %d: %w", turn, err)
	}
	d.last = gen
	return nil
}
