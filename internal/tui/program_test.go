package tui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"github.com/elios/elios/internal/session"
)

// screenTest is the whole program in front of a terminal emulator: what is
// read is what a person would see.
type screenTest struct {
	t    testing.TB
	term *vt.SafeEmulator
	out  *tape
	p    *tea.Program
	done chan error
	stop context.CancelFunc
}

// tape passes output on to the emulator and keeps it. Without a TTY on its
// input the renderer counts on LF returning the carriage, as a tty driver does.
type tape struct {
	io.Writer
	mu  sync.Mutex
	all bytes.Buffer
}

func (c *tape) Write(p []byte) (int, error) {
	c.mu.Lock()
	c.all.Write(p)
	c.mu.Unlock()
	_, err := c.Writer.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	return len(p), err
}

func (c *tape) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.all.String()
}

func runOn(t testing.TB, h *house, change func(*Options)) *screenTest {
	t.Helper()
	// The terminal is larger than the window: the emulator breaks when a program
	// writes below its last line, as one does in the middle of a resize.
	s := &screenTest{t: t, term: vt.NewSafeEmulator(140, 60), done: make(chan error, 1)}
	s.out = &tape{Writer: s.term}
	ctx, cancel := context.WithCancel(context.Background())
	s.stop = cancel
	o := options(h)
	o.In, o.Out = s.term, s.out
	o.Program = []tea.ProgramOption{tea.WithWindowSize(80, 24), tea.WithoutSignals(), tea.WithEnvironment([]string{"TERM=xterm-256color"})}
	if change != nil {
		change(&o)
	}
	started := make(chan *tea.Program, 1)
	go func() { s.done <- run(ctx, o, func(p *tea.Program) { started <- p }) }()
	s.p = <-started
	t.Cleanup(func() {
		cancel()
		select {
		case <-s.done:
		case <-time.After(30 * time.Second):
			t.Error("the program does not end")
		}
		// Close would race with a Read that is still under way; the end of its
		// input is enough.
		if c, ok := s.term.InputPipe().(io.Closer); ok {
			_ = c.Close()
		}
	})
	return s
}

func (s *screenTest) text() string { return ansi.Strip(s.term.Render()) }

func (s *screenTest) waitFor(want ...string) {
	s.t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		got, missing := s.text(), ""
		for _, w := range want {
			if !strings.Contains(got, w) {
				missing = w
			}
		}
		if missing == "" {
			return
		}
		if time.Now().After(end) {
			s.t.Fatalf("no %q on\n%s", missing, got)
		}
	}
}

func (s *screenTest) press(names ...string) {
	for _, n := range names {
		s.p.Send(press(n))
	}
}

func (s *screenTest) write(text string) {
	for _, r := range text {
		s.p.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func (s *screenTest) ended() error {
	s.t.Helper()
	select {
	case err := <-s.done:
		s.done <- err
		return err
	case <-time.After(30 * time.Second):
		s.t.Fatalf("still running\n%s", s.text())
		return nil
	}
}

const (
	altOn  = "\x1b[?1049h"
	altOff = "\x1b[?1049l"
)

func TestProgramFromHomeToReport(t *testing.T) {
	h := newHouse()
	s := runOn(t, h, nil)
	s.waitFor("Practise", "2 banks")
	s.press("enter")
	s.waitFor("24 questions")
	s.press("enter")
	s.waitFor("●QUESTIONING", "0 words")
	s.write(good)
	s.waitFor("31 words")
	s.press("ctrl+s")
	s.waitFor("●FOLLOW UP", "1 of 3  Suppose", "0 words")
	s.write("The runtime ends the program and says deadlock.")
	s.waitFor("says deadlock.")
	s.press("ctrl+s")
	s.waitFor("Question 1 of 3 is over", "100 excellent")
	s.press("enter")
	s.waitFor("What does this print", "│     for i := range 3 {", "0 words")
	s.press("ctrl+r")
	s.waitFor("scores 0")
	s.press("y")
	s.waitFor("Question 2 of 3 is over")
	s.press("enter")
	s.waitFor("3 of 3", "0 words")
	s.write("It has a type and a value.")
	s.waitFor("and a value.")
	s.press("ctrl+s")
	s.waitFor("enter report")
	s.press("enter")
	s.waitFor("unprompted", "probed", "Learn next")
	s.press("enter")
	s.waitFor("Your answer", "Key points")
	s.press("esc")
	s.waitFor("Learn next")
	s.press("q")
	s.waitFor("1 interview")
	s.press("q")
	if err := s.ended(); err != nil {
		t.Fatal(err)
	}
	if out := s.out.String(); strings.Count(out, altOn) != 1 || !strings.Contains(out, altOff) {
		t.Error("the alternate screen was not entered once and left")
	}
}

func TestANoticeFromOutsideIsShown(t *testing.T) {
	h := newHouse()
	notices := make(chan string)
	s := runOn(t, h, func(o *Options) { o.Room, o.Notices = h.newRoom(o.Settings, h.pool[0]), notices })
	s.waitFor("QUESTIONING", "Your answer")
	for _, n := range []string{"Not read aloud: no voice", "Another \x1b[31mthing"} {
		notices <- n
		s.waitFor(ansi.Strip(n))
	}
}

func TestResizeStormWhileTyping(t *testing.T) {
	h := newHouse()
	r := h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Practice}, h.pool...)
	s := runOn(t, h, func(o *Options) { o.Room = r })
	s.waitFor("0 words")
	var want strings.Builder
	for i := range 120 {
		word := fmt.Sprintf("word%d ", i)
		s.write(word)
		want.WriteString(word)
		s.p.Send(tea.WindowSizeMsg{Width: 20 + i*37%100, Height: 5 + i*13%40})
	}
	s.p.Send(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.press("ctrl+c")
	if err := s.ended(); err != nil {
		t.Fatal(err)
	}
	if got := r.draft(1); got != want.String() {
		t.Errorf("the draft is %q", got)
	}
}

func TestInterruptedProgramSavesAndPauses(t *testing.T) {
	h := newHouse()
	r := h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Practice}, h.pool...)
	var left []string
	s := runOn(t, h, func(o *Options) { o.Room, o.Left = r, func(id string) { left = append(left, id) } })
	s.waitFor("0 words")
	s.write("last words")
	s.waitFor("last words")
	s.stop()
	if err := s.ended(); !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
	if len(left) != 1 || left[0] != r.ID() {
		t.Errorf("left: %q", left)
	}
	if _, paused := r.state(); !paused || r.draft(1) != "last words" {
		t.Errorf("paused %v, draft %q", paused, r.draft(1))
	}
	if !strings.Contains(s.out.String(), altOff) {
		t.Error("the terminal is left in the alternate screen")
	}
}

// TestWhatIsCompleteIsNotLeft has nothing to go on with after a report.
func TestWhatIsCompleteIsNotLeft(t *testing.T) {
	h := newHouse()
	r := h.newRoom(session.Settings{Bank: "go", Count: 1, Mode: session.Practice}, h.pool...)
	s := runOn(t, h, func(o *Options) { o.Room, o.Left = r, func(id string) { t.Errorf("left: %q", id) } })
	s.waitFor("0 words")
	if _, err := r.Do(t.Context(), session.Envelope{ID: "end", Command: session.End{}}); err != nil {
		t.Fatal(err)
	}
	s.waitFor("no score")
	s.press("ctrl+c")
	if err := s.ended(); err != nil {
		t.Fatal(err)
	}
}

// TestCrash breaks Update, View and a command; each time the terminal must be
// given back, the words saved, and no stack shown.
func TestCrash(t *testing.T) {
	for name, breakIt := range map[string]func(s *screenTest, h *house){
		"update": func(s *screenTest, _ *house) { s.p.Send(crashNow{}) },
		"view":   func(s *screenTest, _ *house) { s.p.Send(crashLater{}) },
		"command": func(s *screenTest, h *house) {
			h.mu.Lock()
			h.panicIn = "Do hint"
			h.mu.Unlock()
			s.press("ctrl+t")
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse()
			r := h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Practice}, h.pool...)
			s := runOn(t, h, func(o *Options) { o.Room = r; o.Program = append(o.Program, tea.WithFilter(crashing)) })
			s.waitFor("0 words")
			s.write("safe")
			s.waitFor("safe")
			breakIt(s, h)
			var crash *CrashError
			if err := s.ended(); !errors.As(err, &crash) || strings.Contains(err.Error(), "goroutine") {
				t.Fatalf("%v", err)
			}
			if out := s.out.String(); !strings.Contains(out, altOff) || strings.Contains(out, "goroutine") {
				t.Error("the terminal was not given back clean")
			}
			if r.draft(1) != "safe" {
				t.Errorf("draft %q", r.draft(1))
			}
		})
	}
}

type (
	crashNow   struct{}
	crashLater struct{}
)

// crashing breaks the screen at hand so that its next Update or View panics.
func crashing(m tea.Model, msg tea.Msg) tea.Msg {
	g := m.(*guard)
	switch msg.(type) {
	case crashNow:
		g.screen = brokenScreen{update: true}
	case crashLater:
		g.screen = brokenScreen{}
	}
	return msg
}

type brokenScreen struct{ update bool }

func (b brokenScreen) Update(tea.Msg) tea.Cmd {
	if b.update {
		panic("boom in Update")
	}
	return nil
}

func (b brokenScreen) View(int, int) string {
	if !b.update {
		panic("boom in View")
	}
	return ""
}

// TestKeysAsBytes sends what a terminal really sends: text, a bracketed paste
// with its \r, and control characters.
func TestKeysAsBytes(t *testing.T) {
	h := newHouse()
	r := h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Practice}, h.pool...)
	s := runOn(t, h, func(o *Options) { o.Room = r })
	s.waitFor("0 words")
	fmt.Fprint(s.term.InputPipe(), "It blocks \x1b[200~forever.\rAnd\tever.\x1b[201~")
	s.waitFor("│ It blocks forever.", "│ And    ever.", "5 words")
	fmt.Fprint(s.term.InputPipe(), "\x1bOP") // f1
	s.waitFor("submit the answer")
	fmt.Fprint(s.term.InputPipe(), "\x1bOP\x13")
	s.waitFor("●FOLLOW UP")
	fmt.Fprint(s.term.InputPipe(), "\x03")
	if err := s.ended(); err != nil {
		t.Fatal(err)
	}
}
