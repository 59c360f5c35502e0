package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/api"
)

// interopDir is where the clients of others are, as tools/need-interop.sh prints it.
func interopDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("ELIOS_INTEROP_DIR")
	switch {
	case dir == "" && os.Getenv("ELIOS_TEST_INTEROP") == "require":
		t.Fatal("ELIOS_INTEROP_DIR is not set; make test sets it to what tools/need-interop.sh prints")
	case dir == "":
		t.Skip("the clients of others are not here; make test installs them with tools/need-interop.sh")
	}
	return dir
}

// TestInterop has clients that are not ours talk to the program.
func TestInterop(t *testing.T) {
	dir := interopDir(t)
	url, token := startServe(t)
	for _, client := range [][]string{{"node", "ws.mjs"}, {"node", "undici.mjs"}, {python(), "client.py"}} {
		t.Run(client[1], func(t *testing.T) {
			t.Log(runTool(t, client[0], []string{filepath.Join("../../tools/interop", client[1])},
				"ELIOS_URL="+url, "ELIOS_TOKEN="+token, "ELIOS_INTEROP_DIR="+dir))
		})
	}
}

// TestPage has a browser open the page that elios serve gives, kill the server in
// the middle, and look at it with axe. The tests mostly wait, so three files of them
// run at a time.
func TestPage(t *testing.T) {
	dir := interopDir(t)
	t.Log(runTool(t, "node", []string{"--test", "--test-concurrency=3", "--test-reporter=spec", "../../tools/interop/page/"}, "ELIOS_BIN="+program(t), "ELIOS_INTEROP_DIR="+dir))
}

// python is Debian's, for which its package is, where that is there.
func python() string {
	const debians = "/usr/bin/python3"
	if _, err := os.Stat(debians); err == nil {
		return debians
	}
	return "python3"
}

// TestAsyncAPIDocument has the parser of AsyncAPI's makers read the document.
func TestAsyncAPIDocument(t *testing.T) {
	dir := interopDir(t)
	b, err := api.AsyncAPI()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "asyncapi.json")
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Log(runTool(t, "node", []string{"../../tools/interop/asyncapi.mjs", file}, "ELIOS_INTEROP_DIR="+dir))
}

// runTool runs a program of others and gives its last line.
func runTool(t *testing.T, name string, args []string, env ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1]
}

// program is the test binary, which is the program under the name that testscript
// gives it.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(t.TempDir(), "elios")
	if err := os.Symlink(self, bin); err != nil {
		t.Fatal(err)
	}
	return bin
}

// startServe runs the program as elios serve, and gives its address and the
// token of this machine.
func startServe(t *testing.T, args ...string) (url, token string) {
	t.Helper()
	home := t.TempDir()
	cmd := exec.Command(program(t), append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home, "OLLAMA_HOST=127.0.0.1:9")
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("elios serve: %v", err)
		}
	})
	var file string
	for lines := bufio.NewScanner(out); file == "" && lines.Scan(); {
		if _, rest, ok := strings.Cut(lines.Text(), "elios serves at "); ok {
			url, _, _ = strings.Cut(rest, ";")
		}
		if _, rest, ok := strings.Cut(lines.Text(), "The token of this machine is in "); ok {
			file, _, _ = strings.Cut(rest, ";")
		}
	}
	secret, err := readToken(file)
	if err != nil {
		t.Fatal(err)
	}
	return url, secret.Reveal()
}
