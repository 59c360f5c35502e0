package tui

import "testing"

// at opens the page some keys lead to from a home with interviews.
func at(t testing.TB, ascii bool, keys ...string) *person {
	t.Helper()
	p := newPerson(t, busyHouse(t), all(locale(ascii), doctor("the built-in evaluator is ready; it needs no model")))
	p.sees("Continue", "42 questions")
	p.walk(keys...)
	return p
}

// homeScenes are the screens before and after interviews.
var homeScenes = []scene{
	{"home", func(t testing.TB, ascii bool) *person { return at(t, ascii) }},
	{"home-help", func(t testing.TB, ascii bool) *person { return at(t, ascii, "?") }},
	{"setup", func(t testing.TB, ascii bool) *person {
		p := newPerson(t, newHouse(), locale(ascii))
		p.walk("enter")
		p.sees("24 questions", "fit")
		p.press("down", "space", "right")
		return p
	}},
	{"setup-limit", func(t testing.TB, ascii bool) *person {
		p := newPerson(t, newHouse(), locale(ascii))
		p.walk("enter")
		p.sees("24 questions", "fit")
		p.press("end", "up", "up", "7", "+")
		return p
	}},
	{"history", func(t testing.TB, ascii bool) *person { return at(t, ascii, "down", "down", "enter") }},
	{"history-filtered", func(t testing.TB, ascii bool) *person {
		return at(t, ascii, "down", "down", "enter", "b", "b", "t", "w", "w", "w")
	}},
	{"history-delete", func(t testing.TB, ascii bool) *person {
		return at(t, ascii, "down", "down", "enter", "down", "down", "x")
	}},
	{"banks", func(t testing.TB, ascii bool) *person { return at(t, ascii, "down", "down", "down", "enter") }},
	{"bank", func(t testing.TB, ascii bool) *person { return at(t, ascii, "down", "down", "down", "enter", "enter") }},
	{"bank-question", func(t testing.TB, ascii bool) *person {
		p := at(t, ascii, "down", "down", "down", "enter", "enter", "enter")
		return p
	}},
	{"attempts", func(t testing.TB, ascii bool) *person {
		p := at(t, ascii, "down", "down", "down", "enter", "enter", "enter")
		p.press("e")
		return p
	}},
}
