package tui

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/elios/elios/internal/session"
)

// Days and hours on a golden are those of UTC, wherever the test runs.
func init() { time.Local = time.UTC }

// scene is a moment every size and kind of terminal is held to.
type scene struct {
	name string
	play func(t testing.TB, ascii bool) *person
}

// scenes are all of them.
var scenes = slices.Concat(homeScenes, interviewScenes)

// sizes are those every scene is drawn in, the largest first.
var sizes = [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 12}}

// TestGoldens draws every scene in every size on four kinds of terminal: dark,
// light, without colour, and without UTF-8. What NO_COLOR and ASCII leave must
// still say what is met, what is missing and what is chosen.
func TestGoldens(t *testing.T) {
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			p := s.play(t, false)
			golden(t, s.name+".dark", drawn(p, asIs))
			golden(t, s.name+".nocolor", drawn(p, withoutColor))
			p.msg(tea.BackgroundColorMsg{Color: lightGrey{}})
			golden(t, s.name+".light", drawn(p, asIs))
			got := drawn(s.play(t, true), ansi.Strip)
			golden(t, s.name+".ascii", got)
			if i := strings.IndexFunc(got, func(r rune) bool { return r > 126 }); i >= 0 {
				t.Errorf("%q in ASCII", got[i:i+3])
			}
		})
	}
}

// drawn is the person's screen in every size.
func drawn(p *person, kind func(string) string) string {
	var b strings.Builder
	for _, size := range sizes {
		p.resize(size[0], size[1])
		fmt.Fprintf(&b, "-- %dx%d --\n%s\n", size[0], size[1], kind(p.frame()))
	}
	return b.String()
}

func asIs(frame string) string { return frame }

// withoutColor sends a frame through the writer Bubble Tea uses.
func withoutColor(frame string) string {
	var out bytes.Buffer
	w := colorprofile.NewWriter(&out, []string{"TERM=xterm-256color", "NO_COLOR=1", "CLICOLOR_FORCE=1"})
	w.Profile = colorprofile.ASCII
	fmt.Fprint(w, frame)
	return out.String()
}

func TestNoColor(t *testing.T) {
	for _, s := range scenes {
		if got := withoutColor(s.play(t, false).frame()); strings.Contains(got, "\x1b[38") || strings.Contains(got, "\x1b[48") {
			t.Errorf("%s: colour in spite of NO_COLOR", s.name)
		}
	}
}

// TestEverySize draws every scene in every size there may be; p.frame holds
// each to the terminal's lines and columns.
func TestEverySize(t *testing.T) {
	for _, s := range scenes {
		p := s.play(t, false)
		for w := 1; w <= 200; w += 3 {
			for _, h := range []int{1, 2, 5, 11, 12, 13, 17, 24, 50} {
				p.cols, p.rows = w, h
				p.root.Update(tea.WindowSizeMsg{Width: w, Height: h})
				p.frame()
			}
		}
		p.resize(30, 10)
		p.sees("elios needs 40×12")
	}
}

func TestLightAndDark(t *testing.T) {
	p := started(t, false)
	dark := p.frame()
	p.msg(tea.BackgroundColorMsg{Color: lightGrey{}})
	if p.frame() == dark {
		t.Error("a light background changes nothing")
	}
	if p.root.dark {
		t.Error("still dark")
	}
}

type lightGrey struct{}

func (lightGrey) RGBA() (r, g, b, a uint32) { return 0xeeee, 0xeeee, 0xeeee, 0xffff }

func locale(ascii bool) func(*Options) {
	return func(o *Options) {
		o.Getenv = func(name string) string {
			if name == "LANG" && ascii {
				return "C"
			}
			return ""
		}
	}
}

func startedIn(t testing.TB, h *house, ascii bool) *person {
	t.Helper()
	r := h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Practice}, h.pool...)
	p := newPerson(t, h, func(o *Options) { locale(ascii)(o); o.Room = r })
	p.until("typing", p.root.interview.typing)
	h.pass(192 * time.Second)
	return p
}

func started(t testing.TB, ascii bool) *person { return startedIn(t, newHouse(), ascii) }

func followUp(t testing.TB, ascii bool) *person {
	p := started(t, ascii)
	p.write(good)
	p.press("ctrl+s")
	p.until("the follow-up", func() bool { return p.root.interview.snap.State == session.FollowUp && p.root.interview.typing() })
	return p
}

// played is an interview that is over, straight through the machine.
func played(t testing.TB, h *house) *room {
	t.Helper()
	r := h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Practice}, h.pool...)
	say := func(s string) {
		h.pass(90 * time.Second)
		r.send(session.Answer{Turn: r.iv.Turn, Text: s})
		r.evaluate()
	}
	r.send(session.Start{})
	say(good)
	say("I am not sure what the runtime would do in that case.")
	if r.iv.State == session.FollowUp {
		say("The runtime ends the program and says deadlock.")
	}
	say("They run in reverse order, so it prints two, one, zero.")
	say("An interface has a type and a value, so it is not nil.")
	return r
}

func met(r *room) []session.MetPoint {
	r.mu.Lock()
	defer r.mu.Unlock()
	q := r.iv.QuestionN(1)
	out := session.MetPoints(q, nil)
	for _, p := range q.KeyPoints[:2] {
		out = append(out, session.MetPoint{Point: p.ID, Text: p.Point, Status: "met", Evidence: evidenceFor(p.ID)})
	}
	return out
}
