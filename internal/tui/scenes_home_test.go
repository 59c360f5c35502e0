package tui

import (
	"testing"
	"time"
)

// homeScenes are the screens before and after interviews.
var homeScenes = []scene{
	{"home", func(t *testing.T, ascii bool) *person {
		h := newHouse()
		played(t, h)
		before := inInterview(t, h, nil)
		before.press("ctrl+p")
		before.sees("Paused")
		before.press("q")
		before.sees("Continue")
		h.pass(2 * time.Hour)
		p := newPerson(t, h, locale(ascii))
		p.sees("Continue")
		return p
	}},
	{"setup", func(t *testing.T, ascii bool) *person {
		p := newPerson(t, newHouse(), locale(ascii))
		p.press("enter")
		p.sees("24 questions")
		p.press("down", "space", "right")
		return p
	}},
	{"history", func(t *testing.T, ascii bool) *person {
		h := newHouse()
		played(t, h)
		p := newPerson(t, h, locale(ascii))
		p.press("down", "enter")
		p.sees("3 questions")
		return p
	}},
	{"banks", func(t *testing.T, ascii bool) *person {
		p := newPerson(t, newHouse(), locale(ascii))
		p.press("down", "down", "enter")
		p.sees("Databases")
		return p
	}},
}
