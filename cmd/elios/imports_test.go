package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/elios/elios/"

// mayImport says which packages of ours a package may import. One that is not
// listed fails: a new package has to find its place here first. Tests may
// import wider, since external test packages wire real neighbours.
var mayImport = map[string][]string{
	"internal/text":    {},
	"internal/rubric":  {"internal/text"},
	"internal/session": pure[1:],
	"internal/config":  {},
	"banks":            {},
	"internal/engine":  pure,
	"internal/store":   pure,
	"internal/bank":    pure,
	"internal/builtin": pure,
	"internal/report":  pure,
	"internal/tui":     faces,
	"internal/plain":   faces,
	"cmd/elios":        {"*"},
}

var (
	pure  = []string{"internal/session", "internal/rubric", "internal/text"}
	faces = append(slices.Clone(pure), "internal/report")
)

// onlyIn keeps libraries where they belong, by the beginning of their path.
var onlyIn = map[string][]string{
	"charm.land/":                {"internal/tui", "internal/plain", "cmd/elios"},
	"github.com/charmbracelet/":  {"internal/tui", "internal/plain", "cmd/elios"},
	"modernc.org/sqlite":         {"internal/store"},
	"database/sql":               {"internal/store"},
	"github.com/coder/websocket": {},
}

// vague are names that say nothing about what a package is for.
var vague = []string{"util", "utils", "common", "helpers", "types", "models"}

func TestImports(t *testing.T) {
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		allowed, listed := mayImport[name]
		if !listed {
			t.Errorf("%s has no place in the import rules", name)
			continue
		}
		if slices.Contains(vague, path.Base(name)) {
			t.Errorf("%s: the name says nothing about what it is for", name)
		}
		for _, imp := range p.Imports {
			if ours, ok := strings.CutPrefix(imp, module); ok && !slices.Contains(allowed, ours) && !slices.Contains(allowed, "*") {
				t.Errorf("%s imports %s; it may import %v", name, ours, allowed)
			}
			for library, places := range onlyIn {
				if strings.HasPrefix(imp, library) && !slices.Contains(places, name) {
					t.Errorf("%s imports %s, which belongs to %v", name, imp, places)
				}
			}
		}
	}
}

type listedPackage struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
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
