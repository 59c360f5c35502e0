package text_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/elios/elios/internal/text"
)

func TestWritten(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 10_000 { // more than are remembered
				s := fmt.Sprintf("The %d channels were closed by their senders", n)
				if got, want := text.Written(s), text.Content(text.Tokens(s)); !slices.Equal(got, want) {
					t.Errorf("%q: %q, want %q", s, got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}
