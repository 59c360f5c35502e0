package report

import (
	"math"
	"strings"
)

// sparks are the heights of a sparkline, the lowest first.
var sparks = []rune("▁▂▃▄▅▆▇█")

// Sparkline draws scores from 0 to 100 as one block each, the lowest for 0 and
// the highest for 100. One score alone is no line: it gives "".
func Sparkline(scores []float64) string {
	if len(scores) < 2 {
		return ""
	}
	var b strings.Builder
	for _, s := range scores {
		i := int(math.Round(s / 100 * float64(len(sparks)-1)))
		b.WriteRune(sparks[max(0, min(i, len(sparks)-1))])
	}
	return b.String()
}
