package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"

	"github.com/elios/elios/internal/ollama/ollamatest"
)

// TestMain lets the test binary be four other programs: elios itself for the
// scripts, the helper and the server that are killed, and one that reads aloud.
func TestMain(m *testing.M) {
	if addr := os.Getenv(heardEnv); addr != "" {
		os.Exit(readAloud(addr))
	}
	if os.Getenv(killServerEnv) != "" {
		os.Exit(killServer())
	}
	if os.Getenv(killHelperEnv) != "" {
		os.Exit(killHelper())
	}
	testscript.Main(leakless{m}, map[string]func(){
		"elios": func() {
			os.Exit(run(context.Background(), os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}, os.Getenv))
		},
	})
}

// leakless runs the tests and wants every goroutine of theirs to have ended.
type leakless struct{ *testing.M }

// Run gives the exit code.
func (l leakless) Run() int {
	code := l.M.Run()
	if err := goleak.Find(); code == 0 && err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// TestScript runs what users do, one behaviour a file. With ELIOS_BIN the
// scripts run that binary instead of the one under test.
func TestScript(t *testing.T) {
	model := modelServer(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "serve": serveInScript, "invited": invited},
		Condition: func(cond string) (bool, error) {
			if cond != "ollama" {
				return false, fmt.Errorf("unknown condition %q", cond)
			}
			return model != "", nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("REAL_OLLAMA", model)
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "data"))
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "config"))
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
			env.Setenv("NO_COLOR", "1")
			env.Setenv("OLLAMA_HOST", "127.0.0.1:9") // nobody is there: a model of this machine would change the results
			if bin := os.Getenv("ELIOS_BIN"); bin != "" {
				env.Setenv("PATH", filepath.Dir(bin)+string(os.PathListSeparator)+env.Getenv("PATH"))
			}
			return nil
		},
	})
}

// modelServer is the address of a real Ollama with a tiny model under a name that elios looks for,
// "" where there is none.
func modelServer(t *testing.T) string {
	t.Helper()
	if os.Getenv("ELIOS_OLLAMA_BIN") == "" && os.Getenv("ELIOS_TEST_OLLAMA") != "require" {
		return ""
	}
	s := ollamatest.Start(t)
	s.Echo(t, "gemma3:4b")
	return s.URL.Host
}

// exits runs a program and wants one exit code: exits 2 elios practice --level 9
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
