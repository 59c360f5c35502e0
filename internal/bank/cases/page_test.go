package cases_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/cases"
	"github.com/elios/elios/internal/builtin"
)

// TestPageExamples runs the whole banks of docs/bank-format.md as authors are told to.
func TestPageExamples(t *testing.T) {
	page, err := os.ReadFile("../../../docs/bank-format.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []*bank.Bank
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		if !strings.Contains(block[1], "elios: bank/v1") || !strings.Contains(block[1], "key_points:") {
			continue
		}
		b, err := bank.Parse("page.yaml", []byte(block[1]))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	if len(all) < 2 {
		t.Fatalf("%d banks on the page", len(all))
	}
	ev := builtin.New()
	r, err := cases.Run(t.Context(), all, byBuiltin(ev), ev, cases.Options{Metamorphic: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Suites {
		for _, c := range s.Checks {
			if !c.OK {
				t.Errorf("%s#%s %s, %s: expected %s, got %s\n%s", s.Bank.ID, c.Question, c.Kind, c.Name, c.Expected, c.Got, c.Answer)
			}
		}
	}
}
