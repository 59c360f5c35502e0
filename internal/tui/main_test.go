package tui

import (
	"testing"

	"go.uber.org/goleak"
)

// A tick of Bubble Tea that nobody waits for any more ends by itself, in its time, and so
// does the batch that it came in.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("charm.land/bubbletea/v2.Tick.func1"), goleak.IgnoreAnyFunction("charm.land/bubbletea/v2.(*Program).execBatchMsg"))
}
