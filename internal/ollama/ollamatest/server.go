// Package ollamatest runs a real Ollama server for tests, with tiny models whose answers a test
// writes into its prompt.
package ollamatest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/ollama/tinymodel"
)

// Engines are the values of OLLAMA_NEW_ENGINE: the llama.cpp runner and the one written in Go.
var Engines = map[string]string{"llama.cpp": "0", "go": "1"}

// Server is a running `ollama serve` with its own home, models and port.
type Server struct {
	URL  *url.URL
	dir  string
	env  []string
	cmd  *exec.Cmd
	done chan struct{}
}

// patience is how long a server may take to come up or to end on a busy machine.
const patience = 30 * time.Second

// Binary is the server's path: $ELIOS_OLLAMA_BIN, which make test sets. Without it the test is
// skipped, or fails where ELIOS_TEST_OLLAMA is "require".
func Binary(t testing.TB) string {
	t.Helper()
	bin := os.Getenv("ELIOS_OLLAMA_BIN")
	switch {
	case bin != "":
	case os.Getenv("ELIOS_TEST_OLLAMA") == "require":
		t.Fatal("no Ollama to test with: set ELIOS_OLLAMA_BIN to what tools/build-ollama.sh prints")
	default:
		t.Skip("needs a real Ollama: make test builds one, or set ELIOS_OLLAMA_BIN to what tools/build-ollama.sh prints")
	}
	return bin
}

// Start runs a server until the test ends.
func Start(t testing.TB, env ...string) *Server {
	t.Helper()
	s := StartShared(t, env...)
	t.Cleanup(s.Remove)
	return s
}

// StartShared runs a server for all tests of a package; whoever starts it stops it in the end.
func StartShared(t testing.TB, env ...string) *Server {
	t.Helper()
	bin := Binary(t)
	dir, err := os.MkdirTemp("", "elios-ollama-")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{dir: dir, env: env}
	s.run(t, bin, freeAddress(t))
	return s
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func (s *Server) run(t testing.TB, bin, addr string) {
	t.Helper()
	log, err := os.OpenFile(s.logPath(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	s.URL = &url.URL{Scheme: "http", Host: addr}
	s.cmd, s.done = exec.Command(bin, "serve"), make(chan struct{})
	s.cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + s.dir,
		"TMPDIR=" + s.dir,
		"OLLAMA_HOST=" + addr,
		"OLLAMA_MODELS=" + filepath.Join(s.dir, "models"),
		"OLLAMA_NO_CLOUD=1",
		"OLLAMA_FLASH_ATTENTION=0", // three times as fast for the tiny models on a processor
		"OLLAMA_NUM_PARALLEL=1",
	}, s.env...)
	s.cmd.Stdout, s.cmd.Stderr = log, log
	ownGroup(s.cmd)
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func(cmd *exec.Cmd, done chan struct{}) { _ = cmd.Wait(); close(done) }(s.cmd, s.done)
	s.await(t)
}

// await waits until the server answers.
func (s *Server) await(t testing.TB) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		select {
		case <-s.done:
			t.Fatalf("ollama serve ended\n%s", s.Log())
		default:
		}
		if r, err := http.Get(s.URL.JoinPath("api/version").String()); err == nil {
			r.Body.Close()
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("ollama serve did not come up\n%s", s.Log())
		}
	}
}

// Stop ends the server and its runners. What was installed stays for Restart.
func (s *Server) Stop() {
	_ = s.cmd.Process.Signal(os.Interrupt)
	select {
	case <-s.done:
	case <-time.After(patience):
	}
	killGroup(s.cmd)
}

// Remove stops the server for good.
func (s *Server) Remove() {
	s.Stop()
	_ = os.RemoveAll(s.dir)
}

// Restart runs the server again at the same address with the same models.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	s.run(t, s.cmd.Path, s.URL.Host)
}

// Log is what the server has written.
func (s *Server) Log() string {
	b, _ := os.ReadFile(s.logPath())
	return string(b)
}

func (s *Server) logPath() string { return filepath.Join(s.dir, "ollama.log") }

// post sends JSON, or a body as it is, and gives what came back.
func (s *Server) post(ctx context.Context, path string, body any) error {
	r, ok := body.(io.Reader)
	if !ok {
		b, err := json.Marshal(body)
		if err != nil {
			return err
		}
		r = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL.JoinPath(path).String(), r)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode >= 300 {
		err = fmt.Errorf("%s: %s: %s", path, resp.Status, said)
	}
	return err
}

// Create installs a model file. One thread always: at this size the others would only wait for each
// other.
func (s *Server) Create(t testing.TB, name string, gguf []byte, extra map[string]any) {
	t.Helper()
	digest := fmt.Sprintf("sha256:%x", sha256.Sum256(gguf))
	if err := s.post(t.Context(), "api/blobs/"+digest, bytes.NewReader(gguf)); err != nil {
		t.Fatal(err)
	}
	req := map[string]any{
		"model": name, "stream": false, "files": map[string]string{"model.gguf": digest},
		"parameters": map[string]any{"num_thread": 1},
	}
	for k, v := range extra {
		req[k] = v
	}
	if err := s.post(t.Context(), "api/create", req); err != nil {
		t.Fatal(err)
	}
}

// Echo installs the model that copies: what stands in its prompt, else the first of the canned
// texts that fits.
func (s *Server) Echo(t testing.TB, name string, canned ...string) {
	t.Helper()
	s.Create(t, name, echoFile(t), map[string]any{"template": tinymodel.Canned(canned...)})
}

// Derive makes a model of another with a template of its own.
func (s *Server) Derive(t testing.TB, name, from string, extra map[string]any) {
	t.Helper()
	req := map[string]any{"model": name, "from": from, "stream": false}
	for k, v := range extra {
		req[k] = v
	}
	if err := s.post(t.Context(), "api/create", req); err != nil {
		t.Fatal(err)
	}
}

// Random installs a model of noise.
func (s *Server) Random(t testing.TB, name string, seed uint64) {
	t.Helper()
	var b bytes.Buffer
	if err := tinymodel.Random(&b, seed, 2, 64); err != nil {
		t.Fatal(err)
	}
	s.Create(t, name, b.Bytes(), map[string]any{"template": tinymodel.Template})
}

func echoFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := tinymodel.Echo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Runners are the processes of the server that hold a model.
func (s *Server) Runners(t testing.TB) []int {
	t.Helper()
	var out []int
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Skip("finding a runner needs /proc")
	}
	for _, e := range entries {
		var pid, parent int
		if _, err := fmt.Sscan(e.Name(), &pid); err != nil {
			continue
		}
		stat, err := os.ReadFile(filepath.Join("/proc", e.Name(), "stat"))
		if err != nil {
			continue // gone by now
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		var state string
		if _, err := fmt.Sscan(rest, &state, &parent); err == nil && parent == s.cmd.Process.Pid && state != "Z" {
			out = append(out, pid)
		}
	}
	return out
}

// KillRunners kills them in whatever they do.
func (s *Server) KillRunners(t testing.TB) {
	t.Helper()
	for _, pid := range s.Runners(t) {
		if p, err := os.FindProcess(pid); err == nil {
			_ = p.Kill()
		}
	}
}
