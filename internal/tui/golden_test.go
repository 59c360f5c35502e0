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

	"github.com/elios/elios/internal/session"
)

// scene is a moment every size and kind of terminal is held to.
type scene struct {
	name string
	play func(t *testing.T, ascii bool) *person
}

// scenes are all of them.
var scenes = slices.Concat(homeScenes, interviewScenes)

// The sizes every scene is drawn in.
var sizes = [][2]int{{80, 24}, {60, 20}, {40, 12}}

func TestGoldens(t *testing.T) {
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			p := s.play(t, false)
			for _, size := range sizes {
				p.resize(size[0], size[1])
				golden(t, fmt.Sprintf("%s-%dx%d", s.name, size[0], size[1]), p.frame())
			}
			p = s.play(t, true)
			got := p.frame()
			golden(t, s.name+"-ascii", got)
			for _, r := range got {
				if r > 126 {
					t.Fatalf("%q in ASCII", r)
				}
			}
		})
	}
}

// TestNoColor sends frames through the writer Bubble Tea uses: what NO_COLOR
// leaves must still say what is met, what is missing and what is chosen.
func TestNoColor(t *testing.T) {
	for _, s := range scenes {
		p := s.play(t, false)
		var out bytes.Buffer
		w := colorprofile.NewWriter(&out, []string{"TERM=xterm-256color", "NO_COLOR=1", "CLICOLOR_FORCE=1"})
		w.Profile = colorprofile.ASCII
		fmt.Fprint(w, p.frame())
		if strings.Contains(out.String(), "\x1b[38") || strings.Contains(out.String(), "\x1b[48") {
			t.Errorf("%s: colour in spite of NO_COLOR", s.name)
		}
		if s.name == "answering" || s.name == "interlude" {
			golden(t, s.name+"-nocolor", out.String())
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

func startedIn(t *testing.T, h *house, ascii bool) *person {
	t.Helper()
	r := h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Practice}, h.pool...)
	p := newPerson(t, h, func(o *Options) { locale(ascii)(o); o.Room = r })
	p.until("typing", p.root.interview.typing)
	h.pass(192 * time.Second)
	return p
}

func started(t *testing.T, ascii bool) *person { return startedIn(t, newHouse(), ascii) }

func followUp(t *testing.T, ascii bool) *person {
	p := started(t, ascii)
	p.write(good)
	p.press("ctrl+s")
	p.until("the follow-up", func() bool { return p.root.interview.snap.State == session.FollowUp && p.root.interview.typing() })
	return p
}

// played is an interview that is over, straight through the machine.
func played(t *testing.T, h *house) *room {
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
