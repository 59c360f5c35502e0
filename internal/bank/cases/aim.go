package cases

import "github.com/elios/elios/internal/bank"

// aimOf says which way a score may go without being worse.
func aimOf(e bank.Expect) Aim {
	const least, most = 0, 100
	high := e.Score.Holds(most) && (!e.Score.IsZero() || e.Missed != nil && len(e.Missed) == 0)
	low := e.Score.Holds(least) && (!e.Score.IsZero() || e.Met != nil && len(e.Met) == 0)
	switch {
	case high && !low:
		return High
	case low && !high:
		return Low
	}
	return Within
}

// Aim says which way a case wants its score to be.
type Aim int

// The aims: a high score, a low one, or one within bounds, that is fine as
// long as the case passes.
const (
	Within Aim = iota
	High
	Low
)
