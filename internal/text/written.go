package text

import "sync"

// written remembers the stems of what stands in banks.
var written = struct {
	sync.RWMutex
	stems map[string][]string
	bytes int
}{stems: map[string][]string{}}

// How much text is remembered, in bytes: that of about 500 questions, and none that is
// longer than any of an honest bank. Its stems take some four times as much.
const (
	mostWritten    = 4 << 20
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
	if written.bytes += len(s); written.bytes > mostWritten {
		clear(written.stems) // whoever holds one keeps it
		written.bytes = len(s)
	}
	written.stems[s] = made
	return made
}
