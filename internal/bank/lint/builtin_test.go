package lint_test

import (
	"io/fs"
	"testing"

	"github.com/elios/elios/banks"
)

// TestBuiltInBanksAreClean holds the banks that come with elios to every rule,
// warnings too.
func TestBuiltInBanksAreClean(t *testing.T) {
	names, err := fs.Glob(banks.FS, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("there are no banks", err)
	}
	for _, name := range names {
		data, err := banks.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range check(t, string(data)) {
			t.Errorf("%s:%d:%d: %s [%s]", name, f.Line, f.Column, f.Message, f.Rule)
		}
	}
}
