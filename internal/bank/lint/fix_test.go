package lint_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/lint"
)

func TestFixMendsWhatIsMechanicalAndNothingElse(t *testing.T) {
	base, _ := readPage(t)
	for _, tc := range []struct{ name, keys, want string }{
		{"version", "version: 1.2", "version: 1.2.0"},
		{"version in quotes", `version: "1.2"   # soon 2`, `version: "1.2.0"   # soon 2`},
		{"version of one number", "version: 1", "version: 1"},
		{"white space", "title: Example  \t", "title: Example"},
		{
			"white space of a text", "ideal: |  \n  After a crash the recovery replays what was committed.  \n  Appending in sequence costs much less than random page writes.",
			"ideal: |\n  After a crash the recovery replays what was committed.  \n  Appending in sequence costs much less than random page writes.",
		},
		{"terms", matching(`any: [a b, "A b", c, 'a  b' ]`), matching(`any: [a b, c ]`)},
		{"a term with an apostrophe", matching(`any: [victim, victim's, c]`), matching(`any: [victim, c]`)},
		{
			"terms of several lines", "misconceptions:\n  - id: full\n    penalty: 10\n    point: P.\n    match:\n      any: [\n        one,  # first\n        two,\n        one\n      ]",
			"misconceptions:\n  - id: full\n    penalty: 10\n    point: P.\n    match:\n      any: [\n        one,  # first\n        two\n      ]",
		},
		{
			"terms one below the other", "misconceptions:\n  - id: full\n    penalty: 10\n    point: P.\n    match:\n      any:\n        - one\n        - one",
			"misconceptions:\n  - id: full\n    penalty: 10\n    point: P.\n    match:\n      any:\n        - one\n        - one",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data := lay(t, base, tc.keys+"\n")
			want := lay(t, base, tc.want+"\n")
			found := check(t, data)
			got, mended := lint.Fix("b.yaml", []byte(data), found)
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Fatal(diff)
			}
			for _, f := range mended {
				if !f.Fixable {
					t.Errorf("mended what it does not call fixable: %+v", f)
				}
			}
			if (len(mended) > 0) != (data != want) {
				t.Errorf("says it mended %d findings", len(mended))
			}
			for _, f := range check(t, string(got)) {
				if f.Fixable {
					t.Errorf("left unmended: %+v", f)
				}
			}
		})
	}
}

func TestFixKeepsToItsFile(t *testing.T) {
	base, _ := readPage(t)
	data := lay(t, base, "title: Example  \n")
	if got, mended := lint.Fix("other.yaml", []byte(data), check(t, data)); string(got) != data || len(mended) > 0 {
		t.Errorf("mended %d findings of another file", len(mended))
	}
}

// FuzzCheck holds that lint never panics, and that what it mends loads as well
// as before.
func FuzzCheck(f *testing.F) {
	base, page := readPage(f)
	f.Add([]byte(base))
	for _, r := range page {
		f.Add([]byte(lay(f, base, r.bad)))
	}
	f.Add(bank.Template("mine"))
	f.Add([]byte(strings.ReplaceAll(base, "\n", "\r\n")))
	f.Add([]byte("\ufeff" + base))
	f.Fuzz(func(t *testing.T, data []byte) {
		found := check(t, string(data))
		_, _, before := bank.ParsePlaced("b.yaml", data)
		fixed, mended := lint.Fix("b.yaml", data, found)
		if len(mended) == 0 {
			if string(fixed) != string(data) {
				t.Fatal("changed without saying so")
			}
			return
		}
		if _, _, after := bank.ParsePlaced("b.yaml", fixed); before == nil && after != nil {
			t.Fatalf("mended so that it does not load: %v\n%s", after, fixed)
		}
	})
}
