package cases

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The page that authors read names every kind of check with its bound.
func TestPageAndCodeAgree(t *testing.T) {
	page, err := os.ReadFile("../../../docs/bank-test.md")
	if err != nil {
		t.Fatal(err)
	}
	said := map[Kind]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| [^|]+ \\| ([^|]+) \\|$").FindAllStringSubmatch(string(page), -1) {
		said[Kind(m[1])] = m[2]
	}
	for kind, bound := range map[Kind]string{
		Subset: fmt.Sprintf("within %d", slack), Add: "no less", Drop: "a gap",
		Order: fmt.Sprintf("within %d", slack), Bullets: fmt.Sprintf("within %d", slack),
		Letters: fmt.Sprintf("within %d", slack), Space: fmt.Sprintf("within %d", slack),
		Ideal: fmt.Sprintf("at least %d; behavioral at least %d", leastIdeal, leastBehavioral), Thrice: "no more than once",
		Echo: fmt.Sprintf("at most %d", mostEcho), List: fmt.Sprintf("at most %d", mostList),
		Shuffled: fmt.Sprintf("at most %d", mostShuffled), Negated: fmt.Sprintf("at most %d", mostNegated),
		Others: fmt.Sprintf("nine in ten of all pairs at most %d", mostOther), DontKnow: fmt.Sprint(mostNothing), Empty: fmt.Sprint(mostNothing),
		Injection: fmt.Sprintf("at most %d", mostInjection), Ramble: fmt.Sprintf("at most %d", mostRamble),
	} {
		if !strings.Contains(said[kind], bound) {
			t.Errorf("%s: the page says %q, the code %q", kind, said[kind], bound)
		}
	}
}
