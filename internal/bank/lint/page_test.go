package lint_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/lint"
	"github.com/elios/elios/internal/builtin"
)

// check gives the findings on the bytes of a bank, broken or not.
func check(t testing.TB, data string) []lint.Finding {
	t.Helper()
	b, at, err := bank.ParsePlaced("b.yaml", []byte(data))
	if broken := lint.IsBroken(err); broken != nil {
		return lint.Broken(broken, at)
	}
	if err != nil {
		t.Fatal(err)
	}
	found, err := lint.Check(t.Context(), b, at, builtin.New())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// rulesOf lists the rules that are broken, each once.
func rulesOf(found []lint.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.Rule)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// described is a rule as the page has it.
type described struct{ id, severity, bad, good string }

var (
	rulesHead = regexp.MustCompile("(?s)\n## Rules\n.*?\n```yaml\n(.*?)```")
	ruleHead  = regexp.MustCompile("(?s)\n### `([a-z-]+)` \\((error|warning)\\)\n(.*?)\nBad:\n\n```yaml\n(.*?)```\n\nGood:\n\n```yaml\n(.*?)```")
)

// readPage gives the clean bank of docs/bank-format.md and its rules.
func readPage(t testing.TB) (base string, list []described) {
	t.Helper()
	page, err := os.ReadFile("../../../docs/bank-format.md")
	if err != nil {
		t.Fatal(err)
	}
	m := rulesHead.FindStringSubmatch(string(page))
	if m == nil {
		t.Fatal("the page has no clean bank under Rules")
	}
	blank := strings.NewReplacer("·", " ")
	for _, r := range ruleHead.FindAllStringSubmatch(string(page), -1) {
		list = append(list, described{r[1], r[2], blank.Replace(r[4]), blank.Replace(r[5])})
	}
	return m[1], list
}

func TestPageAndCodeHaveTheSameRules(t *testing.T) {
	_, page := readPage(t)
	var want, got []string
	for _, r := range lint.Rules() {
		want = append(want, r.ID+" "+string(r.Severity))
		if r.Summary == "" || r.Mend == "" {
			t.Errorf("%s says too little: %+v", r.ID, r)
		}
	}
	for _, r := range page {
		got = append(got, r.id+" "+r.severity)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the page has\n%s\nand the code\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestExamplesOfThePage(t *testing.T) {
	base, page := readPage(t)
	if found := check(t, base); len(found) > 0 {
		t.Errorf("the clean bank is not: %+v", found)
	}
	for _, r := range page {
		t.Run(r.id, func(t *testing.T) {
			found := check(t, lay(t, base, r.bad))
			if got := rulesOf(found); !slices.Equal(got, []string{r.id}) {
				t.Errorf("the bad example breaks %v: %+v", got, found)
			}
			for _, f := range found {
				if string(f.Severity) != r.severity || f.Line == 0 || f.Column == 0 || f.Message == "" || f.Mend == "" {
					t.Errorf("finding %+v", f)
				}
			}
			if found := check(t, lay(t, base, r.good)); len(found) > 0 {
				t.Errorf("the good example is not: %+v", found)
			}
		})
	}
}

// ofTheBank are the keys that stand in the header; all others are the
// question's.
var ofTheBank = []string{"elios", "id", "title", "version", "language", "license", "topics", "defaults", "test"}

// lay lays the keys of an example over the bank of the page.
func lay(t testing.TB, base, example string) string {
	t.Helper()
	head, list, ok := strings.Cut(base, "questions:\n  - ")
	if !ok {
		t.Fatal("the clean bank has no question")
	}
	header, question := keysOf(head, ""), keysOf("    "+list, "    ")
	for _, block := range keysOf(example, "") {
		if slices.Contains(ofTheBank, block.name) {
			header = put(header, block, "")
		} else {
			question = put(question, block, "    ")
		}
	}
	body := join(question)
	return join(header) + "questions:\n  - " + strings.TrimPrefix(body, "    ")
}

// block is a key with the lines of its value.
type block struct{ name, lines string }

var keyLine = regexp.MustCompile(`^(# )?([a-z_]+):`)

// keysOf splits YAML into the keys at one indentation.
func keysOf(s, indent string) []block {
	var out []block
	for line := range strings.Lines(s) {
		if m := keyLine.FindStringSubmatch(strings.TrimPrefix(line, indent)); m != nil {
			out = append(out, block{name: m[2]})
			if m[1] != "" {
				continue // taken out
			}
		}
		out[len(out)-1].lines += line
	}
	return out
}

// put replaces a key, or adds it at the end.
func put(list []block, b block, indent string) []block {
	var lines string
	for line := range strings.Lines(b.lines) {
		lines += indent + line
	}
	for i := range list {
		if list[i].name == b.name {
			list[i].lines = lines
			return list
		}
	}
	return append(list, block{b.name, lines})
}

func join(list []block) (out string) {
	for _, b := range list {
		out += b.lines
	}
	return out
}
