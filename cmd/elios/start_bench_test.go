//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/creack/pty"
)

// BenchmarkFirstFrame prints how long `elios` takes from its start to the first
// frame of its home screen, beside an empty Go program on the same machine.
func BenchmarkFirstFrame(b *testing.B) {
	dir := b.TempDir()
	elios := build(b, filepath.Join(dir, "elios"), ".")
	empty := filepath.Join(dir, "empty.go")
	if err := os.WriteFile(empty, []byte("package main\n\nfunc main() { print(\"Practise\") }\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	nothing := build(b, filepath.Join(dir, "empty"), empty)
	env := append(os.Environ(), "TERM=xterm-256color", "XDG_DATA_HOME="+filepath.Join(dir, "data"), "XDG_CONFIG_HOME="+filepath.Join(dir, "config"))
	start(b, elios, env) // makes the database
	var with, without []time.Duration
	for b.Loop() {
		with = append(with, start(b, elios, env))
		without = append(without, start(b, nothing, env))
	}
	b.ReportMetric(ms(median(with)), "ms/frame")
	b.ReportMetric(ms(median(without)), "ms/empty")
	b.ReportMetric(ms(median(with)-median(without)), "ms/beyond")
}

func build(b *testing.B, out, what string) string {
	b.Helper()
	if msg, err := exec.Command("go", "build", "-o", out, what).CombinedOutput(); err != nil {
		b.Fatalf("build %s: %v\n%s", what, err, msg)
	}
	return out
}

// start runs a program in a terminal until it has drawn the word Practise.
func start(b *testing.B, program string, env []string) time.Duration {
	b.Helper()
	cmd := exec.Command(program)
	cmd.Env = env
	begin := time.Now()
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		b.Fatal(err)
	}
	var seen bytes.Buffer
	part := make([]byte, 1<<14)
	for !bytes.Contains(seen.Bytes(), []byte("Practise")) {
		n, err := tty.Read(part)
		seen.Write(part[:n])
		if err != nil {
			b.Fatalf("%v before the first frame:\n%s", err, seen.String())
		}
	}
	took := time.Since(begin)
	_ = cmd.Process.Kill() // the empty program is gone already
	_, _ = io.Copy(io.Discard, tty)
	_ = cmd.Wait()
	_ = tty.Close()
	return took
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
