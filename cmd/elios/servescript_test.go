package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// serveInScript runs elios serve beside a script, and puts its address into
// $SERVER: serve --log-answers
func serveInScript(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: serve FLAGS…")
	}
	bin, err := lookIn(ts.Getenv("PATH"), "elios")
	ts.Check(err)
	cmd := exec.Command(bin, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "OLLAMA_HOST", "PATH", "TMPDIR"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	log, err := os.Create(ts.MkAbs("serve.log"))
	ts.Check(err)
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			ts.Logf("elios serve: %v", err)
		}
		_ = log.Close()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "elios serves at "); ok {
			url, _, _ := strings.Cut(rest, ";")
			ts.Setenv("SERVER", url)
			ts.Setenv("PORT", url[strings.LastIndexByte(url, ':')+1:])
		}
		if strings.Contains(lines.Text(), "elios invite") { // the last line of the greeting
			return
		}
	}
	text, _ := os.ReadFile(log.Name())
	ts.Fatalf("elios serve did not start: %s", text)
}

// lookIn finds a program in a path that is not this process's.
func lookIn(path, name string) (string, error) {
	for _, dir := range filepath.SplitList(path) {
		if bin, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return bin, nil
		}
	}
	return "", fmt.Errorf("%s: %w", name, exec.ErrNotFound)
}

// invited puts the link of an invitation into $LINK: invited invitation.json
func invited(ts *testscript.TestScript, _ bool, args []string) {
	var sent struct {
		Link string `json:"link"`
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &sent))
	ts.Setenv("LINK", sent.Link)
}
