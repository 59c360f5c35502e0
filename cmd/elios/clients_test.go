package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestClientsOfTheDocs runs the clients that docs/clients.md shows.
func TestClientsOfTheDocs(t *testing.T) {
	dir := interopDir(t)
	page, err := os.ReadFile("../../docs/clients.md")
	if err != nil {
		t.Fatal(err)
	}
	url, token := startServe(t)
	for lang, program := range map[string][]string{"python": {python(), "client.py"}, "js": {"node", "client.mjs"}} {
		t.Run(lang, func(t *testing.T) {
			code := regexp.MustCompile("(?s)```" + lang + "\n(.*?)```").FindSubmatch(page)
			if code == nil {
				t.Fatal("docs/clients.md shows none")
			}
			if n := strings.Count(string(code[1]), "\n"); n > 60 {
				t.Errorf("%d lines", n)
			}
			file := filepath.Join(t.TempDir(), program[1])
			if err := os.WriteFile(file, code[1], 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), program[0], file)
			cmd.Env = append(os.Environ(), "MODULES="+dir, "ELIOS_URL="+strings.Replace(url, "http", "ws", 1)+"/v1/ws", "ELIOS_TOKEN="+token)
			cmd.Stdin = strings.NewReader("A goroutine is scheduled by the runtime and not by the kernel, so it is cheap.\n")
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "points met") || !regexp.MustCompile(`Score: \d+ of 100`).Match(out) {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
