package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// cover is what lies over a page and has the keys while it does: the list of
// the page's keys, or a question before something cannot be undone.
type cover struct {
	help    bool
	confirm *confirm
}

// confirm is a question to be answered with yes or no.
type confirm struct {
	title, words string
	yes          key.Binding
	then         tea.Cmd
}

// keyRow is a line of help: keys, and what they do.
type keyRow struct{ keys, does string }

var (
	keyHelp = bind("?", "help", "?", "f1", "ctrl+g")
	keyNo   = bind("n", "no", "n", "esc", "q")
)

// key takes a key for what lies over the page.
func (c *cover) key(msg tea.KeyPressMsg) (cmd tea.Cmd, took bool) {
	switch ask := c.confirm; {
	case c.help:
		c.help = false
	case ask != nil && key.Matches(msg, ask.yes):
		c.confirm = nil
		return ask.then, true
	case ask != nil:
		if key.Matches(msg, keyNo) {
			c.confirm = nil
		}
	case key.Matches(msg, keyHelp):
		c.help = true
	default:
		return nil, false
	}
	return nil, true
}

// draw lays the cover over a page of w×h. The keys at the page's bottom go: they
// are not those that work now.
func (c *cover) draw(k *look, page string, lines []keyRow, w, h int) string {
	var box string
	switch {
	case c.help:
		box = k.keysBox(lines, w, h)
	case c.confirm != nil:
		box = k.ask(c.confirm.title, c.confirm.words, w, c.confirm.yes, keyNo)
	default:
		return page
	}
	page = page[:strings.LastIndexByte(page, '\n')+1]
	return over(k.fit(page, w, h), box, w, h)
}

// keysBox lists keys and what they do. What does not fit in h lines falls away
// from the end.
func (k *look) keysBox(lines []keyRow, w, h int) string {
	lines = lines[:max(0, min(len(lines), h-3))]
	column := 0
	for _, l := range lines {
		column = max(column, lipgloss.Width(l.keys)+2)
	}
	inner := min(w-6, column+34) // two columns of the page stay in sight
	var out []string
	for _, l := range lines {
		out = append(out, k.pad(l.keys, column)+k.mutedStyle.Render(k.clip(l.does, inner-column)))
	}
	return k.dialogBox("Keys", append(out, k.mutedStyle.Render("any key closes this")), inner)
}
