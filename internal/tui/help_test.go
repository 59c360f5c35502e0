package tui

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/elios/elios/internal/session"
)

var update = flag.Bool("update", false, "write the goldens")

// golden compares what a person would read with testdata/<name>.golden.
func golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		line, was, is := firstDifference(string(want), got)
		t.Errorf("%s:%d differs (-update writes it)\nwant %q\ngot  %q", path, line, was, is)
	}
}

// firstDifference is the first line in which two texts differ.
func firstDifference(a, b string) (line int, was, is string) {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(as), len(bs)) {
		was, is = "", ""
		if i < len(as) {
			was = as[i]
		}
		if i < len(bs) {
			is = bs[i]
		}
		if was != is || i >= len(as) || i >= len(bs) {
			return i + 1, was, is
		}
	}
	return 0, "", ""
}

// person drives the root as a value: no program, no renderer, no real clock.
type person struct {
	t          testing.TB
	h          *house
	root       *root
	quit       bool
	slow       []chan tea.Msg
	cols, rows int
}

func options(h *house) Options {
	return Options{
		Interviews: h, Evaluator: "built-in evaluator", NewID: h.id, Now: h.time,
		Getenv: func(string) string { return "" }, Editor: "true",
	}
}

func newPerson(t testing.TB, h *house, change func(*Options)) *person {
	t.Helper()
	o := options(h)
	if change != nil {
		change(&o)
	}
	o.fill()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	p := &person{t: t, h: h, root: newRoot(newEnv(ctx, o), o)}
	p.run(p.root.first)
	p.resize(80, 24)
	return p
}

func (p *person) resize(w, h int) {
	p.cols, p.rows = w, h
	p.msg(tea.WindowSizeMsg{Width: w, Height: h})
}

func (p *person) msg(m tea.Msg) {
	p.t.Helper()
	p.run(p.root.Update(m))
	p.frame()
}

// patience is how long a command may take that does not wait for anything; a
// loaded machine may take that long to begin it.
const patience = 8 * time.Millisecond

// run feeds back what a command brings. Ticks and waits for what has not
// happened yet are left behind: they take longer than patience.
func (p *person) run(cmds ...tea.Cmd) {
	p.t.Helper()
	for len(cmds) > 0 {
		c := cmds[0]
		cmds = cmds[1:]
		if c == nil {
			continue
		}
		got := make(chan tea.Msg, 1)
		go func() { got <- c() }()
		select {
		case m := <-got:
			cmds = append(cmds, p.take(m)...)
		case <-time.After(patience):
			p.pending(got)
		}
	}
}

// take does what the program's loop does with a message, whenever it comes.
func (p *person) take(m tea.Msg) []tea.Cmd {
	switch m := m.(type) {
	case nil:
		return nil
	case tea.BatchMsg:
		return m
	case tea.QuitMsg:
		p.quit = true
		return nil
	default:
		return []tea.Cmd{p.root.Update(m)}
	}
}

// pending delivers the message of a slow command when the test asks for it.
func (p *person) pending(got chan tea.Msg) { p.slow = append(p.slow, got) }

// settle delivers what slow commands have brought by now.
func (p *person) settle() {
	p.t.Helper()
	for came := true; came; {
		came = false
		waiting := p.slow
		p.slow = nil
		for _, got := range waiting {
			select {
			case m := <-got:
				came = true
				p.run(p.take(m)...)
			default:
				p.pending(got)
			}
		}
	}
	p.frame()
}

// until settles until ok, and gives up after a while.
func (p *person) until(what string, ok func() bool) {
	p.t.Helper()
	for end := time.Now().Add(30 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("never: %s\n%s", what, p.text())
		}
		p.settle()
	}
}

// press sends keys by name.
func (p *person) press(names ...string) {
	p.t.Helper()
	for _, n := range names {
		p.msg(press(n))
		p.settle()
	}
}

// write types a text at once; the whole-program test does it key by key.
func (p *person) write(s string) {
	p.t.Helper()
	if s != "" {
		p.msg(tea.KeyPressMsg{Code: []rune(s)[0], Text: s})
	}
}

func press(name string) tea.KeyPressMsg {
	named := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"space": tea.KeySpace, "f1": tea.KeyF1, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "end": tea.KeyEnd, "home": tea.KeyHome, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	}
	var k tea.KeyPressMsg
	for {
		if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
			k.Mod, name = k.Mod|tea.ModCtrl, rest
		} else if rest, ok := strings.CutPrefix(name, "alt+"); ok {
			k.Mod, name = k.Mod|tea.ModAlt, rest
		} else {
			break
		}
	}
	if c, ok := named[name]; ok {
		k.Code = c
		if name == "space" {
			k.Text = " "
		}
		return k
	}
	k.Code = []rune(name)[0]
	if k.Mod == 0 {
		k.Text = name
	}
	return k
}

// frame draws and holds every frame to the rule: exactly as many lines as the
// terminal has, none wider.
func (p *person) frame() string {
	p.t.Helper()
	v := p.root.View()
	if !v.AltScreen {
		p.t.Fatal("a frame outside the alternate screen")
	}
	checkFrame(p.t, v.Content, p.cols, p.rows)
	if c := v.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= p.cols || c.Y >= p.rows) {
		p.t.Fatalf("cursor at %d,%d of %dx%d", c.X, c.Y, p.cols, p.rows)
	}
	return v.Content
}

func checkFrame(t testing.TB, content string, w, h int) {
	t.Helper()
	if w == 0 {
		return
	}
	lines := strings.Split(content, "\n")
	if len(lines) != h {
		t.Fatalf("%d lines in %dx%d:\n%s", len(lines), w, h, content)
	}
	for i, l := range lines {
		if got := lipgloss.Width(l); got > w {
			t.Fatalf("line %d is %d wide in %dx%d: %q", i, got, w, h, l)
		}
	}
}

func (p *person) text() string { return ansi.Strip(p.frame()) }

// sees waits until all of it is on the screen.
func (p *person) sees(want ...string) {
	p.t.Helper()
	for _, s := range want {
		p.until(s, func() bool { return strings.Contains(p.text(), s) })
	}
}

func (p *person) seesNot(want ...string) {
	p.t.Helper()
	got := p.text()
	for _, s := range want {
		if strings.Contains(got, s) {
			p.t.Fatalf("%q on\n%s", s, got)
		}
	}
}

func (p *person) room() *room { return p.h.rooms[len(p.h.rooms)-1] }

// inInterview is a person in front of the first question.
func inInterview(t testing.TB, h *house, change func(*session.Settings)) *person {
	t.Helper()
	s := session.Settings{Bank: "go", Count: 3, Mode: session.Practice}
	if change != nil {
		change(&s)
	}
	r := h.newRoom(s, h.pool[:min(s.Count, len(h.pool))]...)
	p := newPerson(t, h, func(o *Options) { o.Room = r })
	p.until("the first question", p.root.interview.typing)
	return p
}
