package tui

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// editor is where the answer is written.
type editor struct {
	look  *look
	area  textarea.Model
	value string
	words int
	runes int
}

func newEditor(k *look) *editor {
	e := &editor{look: k, area: textarea.New()}
	e.area.ShowLineNumbers = false
	e.area.Prompt = ""
	e.area.EndOfBufferCharacter = ' '
	e.area.MaxHeight, e.area.MaxWidth = 0, 0 // 99 would also stop enter at line 99
	e.area.SetVirtualCursor(false)
	e.area.KeyMap.InsertNewline = key.NewBinding(key.WithKeys("enter", "shift+enter", "ctrl+j"))
	e.area.KeyMap.Paste.SetEnabled(false) // it would run a clipboard program; terminals paste by themselves
	e.area.Focus()
	e.restyle()
	return e
}

func (e *editor) restyle() {
	s := textarea.DefaultStyles(e.look.dark)
	s.Focused = textarea.StyleState{Placeholder: e.look.mutedStyle, Selection: s.Focused.Selection}
	s.Blurred = s.Focused
	s.Cursor.Blink = false
	e.area.SetStyles(s)
}

// Update tells whether the text has changed.
func (e *editor) Update(msg tea.Msg) (changed bool, cmd tea.Cmd) {
	if p, ok := msg.(tea.PasteMsg); ok {
		// Terminals paste line ends as \r, some as \r\n, which would be two.
		p.Content = text.Clean(p.Content)
		msg = p
	}
	e.area, cmd = e.area.Update(msg)
	return e.measure(), cmd
}

func (e *editor) measure() bool {
	v := e.area.Value()
	if v == e.value {
		return false
	}
	e.value, e.words, e.runes = v, text.Words(v), utf8.RuneCountInString(v)
	return true
}

// set replaces the text and puts the cursor behind it.
func (e *editor) set(s string) {
	e.area.SetValue(text.Clean(s))
	e.area, _ = e.area.Update(nil)
	e.measure()
}

// resize fits the editor into a box of w×h.
func (e *editor) resize(w, h int) {
	w, h = max(w-4, 1), max(h-2, 1)
	if e.area.Width() == w && e.area.Height() == h {
		return
	}
	e.area.SetWidth(w)
	e.area.SetHeight(h)
	e.area, _ = e.area.Update(nil) // rewraps, so that the cursor's line is in sight
}

// tally is what stands below the text.
func (e *editor) tally(saved string) string {
	s := report.Count(e.words, "word")
	if e.runes > session.MaxAnswer {
		return e.look.badStyle.Render(fmt.Sprintf("%d of at most %d characters", e.runes, session.MaxAnswer))
	}
	if saved != "" && e.runes > 0 {
		s += e.look.sep + saved
	}
	return e.look.mutedStyle.Render(s)
}

// view draws the box, w×h.
func (e *editor) view(title, saved string, w, h int) []string {
	e.resize(w, h)
	return e.look.box(strings.Split(e.area.View(), "\n"), title, e.tally(saved), w, h)
}

// cursor is where the box's top left corner at 0,0 has it.
func (e *editor) cursor() *tea.Cursor {
	c := e.area.Cursor()
	if c == nil {
		return nil
	}
	c.X = min(c.X, e.area.Width()) + 2
	c.Y = max(0, min(c.Y, e.area.Height()-1)) + 1
	return c
}
