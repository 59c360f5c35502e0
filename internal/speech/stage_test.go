package speech

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// stageEnv makes the test binary a program of the name it is run by. It holds
// the address at which the test listens.
const stageEnv = "ELIOS_SPEECH_STAGE"

func TestMain(m *testing.M) {
	if addr := os.Getenv(stageEnv); addr != "" {
		os.Exit(act(addr, filepath.Base(os.Args[0])))
	}
	goleak.VerifyTestMain(m)
}

// line is what a program tells the test. The connection stays open for as long
// as the program lives.
type line struct {
	Name string
	Args []string
	In   string
	gone <-chan struct{}
}

// act plays a program and gives its exit code.
func act(addr, name string) int {
	in := ""
	if b, err := io.ReadAll(os.Stdin); err == nil {
		in = string(b)
	}
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	if err := json.NewEncoder(conn).Encode(line{Name: name, Args: os.Args[1:], In: in}); err != nil {
		panic(err)
	}
	switch name {
	case "espeak-ng", "piper", "wav":
		_, _ = os.Stdout.Write(sound(2205))
	case "pipewav":
		b := sound(2205)
		copy(b[4:], "\xff\xff\xff\x7f")
		copy(b[40:], "\x00\xf0\xff\x7f")
		_, _ = os.Stdout.Write(b)
	case "noise":
		_, _ = os.Stdout.WriteString("Speaking now.\n")
	case "broken":
		_, _ = os.Stderr.WriteString("loading\n\x1b[31mno such voice\x1b[0m\n\n")
		return 3
	case "soundless": // as espeak-ng without a sound card
		_, _ = os.Stderr.WriteString("ALSA lib: nothing\nerror: No such file or directory\n")
	case "flood":
		signal.Ignore(syscall.SIGPIPE)
		_, _ = os.Stdout.Write(sound(4)[:44])
		// It does not mind that nobody reads, but ends when its test was killed.
		b := make([]byte, 1<<20)
		for failed := 0; failed < 1_000_000; {
			if _, err := os.Stdout.Write(b); err != nil {
				failed++
			}
		}
	case "hang", "hangplayer":
		startChild()
		time.Sleep(orphaned)
	case "leaver":
		startChild()
	case "child":
		time.Sleep(orphaned)
	}
	return 0
}

// startChild leaves a process that holds the output open.
// orphaned is how long a played program outlives a test that was killed.
const orphaned = 5 * time.Minute

func startChild() {
	child := exec.Command("child")
	child.Stdout = os.Stdout
	if err := child.Start(); err != nil {
		panic(err)
	}
}

// sound is a WAV of n bytes of silence: 16 bits, one channel, 22050 a second.
func sound(n int) []byte {
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x22\x56\x00\x00\x44\xac\x00\x00\x02\x00\x10\x00data")
	b = append(b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	b = append(b, make([]byte, n)...)
	rest := len(b) - 8
	copy(b[4:], []byte{byte(rest), byte(rest >> 8), byte(rest >> 16), byte(rest >> 24)})
	return b
}

// stage is a PATH of played programs, and what they tell.
type stage struct {
	*testing.T
	dir   string
	lines chan line
}

func newStage(t *testing.T, programs ...string) *stage {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	s := &stage{T: t, dir: t.TempDir(), lines: make(chan line, 99)}
	t.Setenv(stageEnv, ln.Addr().String())
	t.Setenv("PATH", s.dir)
	t.Setenv("GORACE", "atexit_sleep_ms=0") // or each program takes a second to end
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(programs, "child") {
		if err := os.Symlink(self, filepath.Join(s.dir, name)); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			s.hear(conn) // one after the other: the order is what tests look at
		}
	}()
	return s
}

func (s *stage) hear(conn net.Conn) {
	r := bufio.NewReader(conn)
	b, err := r.ReadBytes('\n')
	var l line
	if err != nil || json.Unmarshal(b, &l) != nil {
		_ = conn.Close() // killed before it spoke
		return
	}
	gone := make(chan struct{})
	l.gone = gone
	s.lines <- l
	go func() {
		defer close(gone)
		defer conn.Close()
		_, _ = io.Copy(io.Discard, r)
	}()
}

// next waits for the next program that is run.
func (s *stage) next(name string) line {
	s.Helper()
	l := <-s.lines
	if l.Name != name {
		s.Fatalf("%s was run, want %s", l.Name, name)
	}
	return l
}

// quiet wants that nothing more was run.
func (s *stage) quiet() {
	s.Helper()
	select {
	case l := <-s.lines:
		s.Errorf("%s %v was run", l.Name, l.Args)
	default:
	}
}

// speaker makes one and gives what it notices.
func (s *stage) speaker(o Options) (*Speaker, *[]string) {
	s.Helper()
	var notices []string
	o.Notice = func(n string) { notices = append(notices, n) }
	sp, err := New(o)
	if err != nil {
		s.Fatal(err)
	}
	return sp, &notices
}

func (s *stage) speak(sp *Speaker, text string) {
	s.Helper()
	if err := sp.Speak(s.Context(), text); err != nil {
		s.Fatalf("%q: %v", text, err)
	}
}

func has(l line, part string) bool { return strings.Contains(strings.Join(l.Args, " "), part) }
