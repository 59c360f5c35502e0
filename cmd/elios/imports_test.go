package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/elios/elios/"

// mayImport says which packages of ours a package may import, the ones still to
// come included. One that is not listed fails: a new package has to find its
// place here first.
var mayImport = map[string][]string{
	"internal/text":               {},
	"internal/rubric":             {"internal/text"},
	"internal/session":            {"internal/rubric", "internal/text"},
	"internal/session/facetest":   pure,
	"internal/session/schematest": pure,
	"internal/config":             {},
	"internal/engine":             pure,
	"internal/store":              pure,
	"internal/bank":               pure,
	"internal/bank/lint":          besideBank,
	"internal/bank/cases":         besideBank,
	"internal/bank/convert":       besideBank,
	"internal/builtin":            append(slices.Clone(pure), "internal/builtin/thesaurus"),
	"internal/builtin/thesaurus":  {},
	"internal/ollama":             pure,
	"internal/ollama/tinymodel":   {},
	"internal/ollama/ollamatest":  {"internal/ollama/tinymodel"},
	"internal/calibrate":          pure,
	"internal/speech":             pure,
	"internal/report":             pure,
	"internal/tui":                faces,
	"internal/plain":              faces,
	"internal/wire":               {"internal/session"},
	"internal/server":             append(slices.Clone(remote), "internal/server/web"),
	"internal/server/web":         {},
	"internal/server/servertest":  append(slices.Clone(remote), "internal/server", "internal/engine", "internal/store", "internal/session/facetest"),
	"internal/client":             remote,
	"internal/conformance":        remote,
	"banks":                       {},
	"api":                         {},
	"tools/thesaurus":             {"internal/builtin/thesaurus", "internal/text"},
	"cmd/elios":                   {"*"},
}

var (
	pure       = []string{"internal/session", "internal/rubric", "internal/text"}
	besideBank = append(slices.Clone(pure), "internal/bank")
	faces      = append(slices.Clone(pure), "internal/report")
	remote     = append(slices.Clone(pure), "internal/wire", "api")
)

// onlyIn keeps libraries where they belong, by the beginning of their path.
var onlyIn = map[string][]string{
	"charm.land/":                {"internal/tui", "internal/plain", "cmd/elios"},
	"github.com/charmbracelet/":  {"internal/tui", "internal/plain", "cmd/elios"},
	"modernc.org/sqlite":         {"internal/store"},
	"github.com/ollama/ollama":   {"internal/ollama"},
	"database/sql":               {"internal/store"},
	"github.com/coder/websocket": {"internal/server", "internal/client", "internal/conformance"},
}

// vague are names that say nothing about what a package is for.
var vague = []string{"util", "utils", "common", "helpers", "types", "models"}

func TestImports(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < 10 {
		t.Fatalf("go list found %d packages; this test holds nothing", len(packages))
	}
	for _, p := range packages {
		for _, broken := range p.broken() {
			t.Error(broken)
		}
	}
}

// TestImportRules breaks each rule, so that the table cannot hold nothing.
func TestImportRules(t *testing.T) {
	for _, tc := range []struct {
		p    listedPackage
		want string
	}{
		{listedPackage{ImportPath: module + "internal/magic"}, "internal/magic has no place in the import rules"},
		{listedPackage{ImportPath: module + "internal/helpers"}, "internal/helpers: rule: no package is called helpers"},
		{listedPackage{ImportPath: module + "internal/text", Name: "util"}, "internal/text: rule: no package is called util"},
		{listedPackage{ImportPath: module + "internal/text", Imports: []string{module + "internal/rubric"}}, "internal/text imports internal/rubric; rule: none of ours"},
		{listedPackage{ImportPath: module + "internal/engine", Imports: []string{module + "internal/store"}}, "internal/engine imports internal/store; rule: only internal/session"},
		{listedPackage{ImportPath: module + "internal/engine", Imports: []string{"charm.land/lipgloss/v2"}}, "rule: charm.land/ only in internal/tui"},
		{listedPackage{ImportPath: module + "internal/engine", TestImports: []string{"database/sql"}}, ""},
		{listedPackage{ImportPath: module + "internal/engine", XTestImports: []string{module + "internal/store"}}, ""},
		{listedPackage{ImportPath: module + "internal/tui", XTestImports: []string{module + "cmd/elios"}}, "internal/tui imports cmd/elios in a test; rule: nobody imports cmd"},
	} {
		got := strings.Join(tc.p.broken(), "\n")
		if !strings.Contains(got, tc.want) || (got == "") != (tc.want == "") {
			t.Errorf("%+v: %q, want %q", tc.p, got, tc.want)
		}
	}
}

// listedPackage is what go list says of a package.
type listedPackage struct {
	ImportPath, Name                   string
	Imports, TestImports, XTestImports []string
}

// broken lists the rules a package breaks. Tests may import wider, since they
// wire real neighbours, but never cmd.
func (p listedPackage) broken() (errs []string) {
	fail := func(format string, args ...any) { errs = append(errs, fmt.Sprintf(format, args...)) }
	name := strings.TrimPrefix(p.ImportPath, module)
	for _, called := range []string{path.Base(name), p.Name} {
		if slices.Contains(vague, called) {
			fail("%s: rule: no package is called %s; say what it is for", name, called)
		}
	}
	allowed, listed := mayImport[name]
	if !listed {
		fail("%s has no place in the import rules; rule: each package is in the table", name)
	}
	for _, imp := range p.Imports {
		if ours, ok := strings.CutPrefix(imp, module); ok && listed && !slices.Contains(allowed, ours) && !slices.Contains(allowed, "*") {
			fail("%s imports %s; rule: %s", name, ours, ruleOf(allowed))
		}
		for library, places := range onlyIn {
			if strings.HasPrefix(imp, library) && !slices.Contains(places, name) {
				fail("%s imports %s; rule: %s only in %s", name, imp, library, strings.Join(places, ", "))
			}
		}
	}
	for _, imp := range slices.Concat(p.TestImports, p.XTestImports) {
		if ours, ok := strings.CutPrefix(imp, module); ok && strings.HasPrefix(ours, "cmd/") {
			fail("%s imports %s in a test; rule: nobody imports cmd", name, ours)
		}
	}
	return errs
}

func ruleOf(allowed []string) string {
	if len(allowed) == 0 {
		return "none of ours"
	}
	return "only " + strings.Join(allowed, ", ")
}

func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Name,Imports,TestImports,XTestImports", module+"...")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &complaint)
	}
	var all []listedPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listedPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}
