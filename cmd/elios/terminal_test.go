//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// terminal is elios running in a terminal, which shows what is typed between
// what is printed, as terminals do.
type terminal struct {
	cmd *exec.Cmd
	tty *os.File

	mu      sync.Mutex
	shown   string
	changed chan struct{} // closed at every change
	closed  bool          // elios has ended and everything is shown
}

// atHome is an environment of a user's own in a folder.
func atHome(dir string) []string {
	return []string{
		"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8",
		"GOCOVERDIR=" + dir, // or a test that measures coverage prints a warning at its end
		"XDG_DATA_HOME=" + filepath.Join(dir, "data"), "XDG_CONFIG_HOME=" + filepath.Join(dir, "config"),
	}
}

// openTerminal starts elios. The test's own program is elios when it is called
// so: see TestMain.
func openTerminal(t *testing.T, env []string, args ...string) *terminal {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	x := &terminal{cmd: exec.Command(self), changed: make(chan struct{})}
	x.cmd.Args, x.cmd.Env = append([]string{"elios"}, args...), env
	if x.tty, err = pty.StartWithSize(x.cmd, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		x.read()
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-x.cmd.Process.Pid, syscall.SIGKILL) // with its children; most have ended by now
		<-done
		_ = x.tty.Close()
	})
	return x
}

// read takes what is shown until the program has ended.
func (x *terminal) read() {
	part := make([]byte, 1<<14)
	for {
		n, err := x.tty.Read(part)
		x.mu.Lock()
		x.shown += strings.ReplaceAll(string(part[:n]), "\r\n", "\n")
		x.closed = err != nil
		close(x.changed)
		x.changed = make(chan struct{})
		x.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// waitFor waits until what is shown, or that elios has ended, is as wanted.
func (x *terminal) waitFor(t *testing.T, what string, wanted func(shown string, closed bool) bool) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for {
		x.mu.Lock()
		shown, closed, changed := x.shown, x.closed, x.changed
		x.mu.Unlock()
		switch {
		case wanted(shown, closed):
			return
		case closed:
			t.Fatalf("elios ended before %s; the terminal shows:\n%s", what, shown)
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("never came: %s; the terminal shows:\n%s", what, shown)
		}
	}
}

// await waits until the terminal shows a text at its end.
func (x *terminal) await(t *testing.T, text string) {
	t.Helper()
	x.waitFor(t, text, func(shown string, _ bool) bool { return strings.HasSuffix(shown, text) })
}

// enter types a line.
func (x *terminal) enter(t *testing.T, line string) {
	t.Helper()
	if _, err := x.tty.WriteString(line + "\n"); err != nil {
		t.Fatal(err)
	}
}

// end waits until elios has ended and gives all that was shown.
func (x *terminal) end(t *testing.T) (string, error) {
	t.Helper()
	x.waitFor(t, "the end", func(_ string, closed bool) bool { return closed })
	return x.shown, x.cmd.Wait()
}
