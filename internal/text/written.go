package text

import "sync"

// written remembers the stems of what stands in banks.
var written = struct {
	sync.RWMutex
	stems map[string][]string
}{stems: map[string][]string{}}

// How many texts are remembered: those of about 500 questions, and none that is
// longer than any of an honest bank, in bytes.
const (
	mostWritten    = 8192
	longestWritten = 4 << 10
)

// Written is Content(Tokens(s)) for a text that is asked for again and again, such as
// those of a bank: it is made once. The result is shared and must not be changed.
func Written(s string) []string {
	if len(s) > longestWritten {
		return Content(Tokens(s))
	}
	written.RLock()
	known, ok := written.stems[s]
	written.RUnlock()
	if ok {
		return known
	}
	made := Content(Tokens(s))
	written.Lock()
	defer written.Unlock()
	if len(written.stems) >= mostWritten {
		clear(written.stems) // whoever holds one keeps it
	}
	written.stems[s] = made
	return made
}
