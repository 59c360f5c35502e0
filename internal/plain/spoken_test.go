package plain

import "testing"

func TestProseHasNoSignsOfLayout(t *testing.T) {
	for md, want := range map[string]string{
		"- a **bold** word":                  "a bold word",
		"closed and **`nil`**?":              "closed and `nil`?",
		"**when `x` is `**p`** and `a**b**`": "when `x` is `**p` and `a**b**`",
		"2 ** 3 ** 4":                        "2 ** 3 ** 4",
		"one ** alone":                       "one ** alone",
		"an open ` tick and **bold**":        "an open ` tick and bold",
	} {
		if got := prose(md); got != want {
			t.Errorf("%q: %q, want %q", md, got, want)
		}
	}
}
