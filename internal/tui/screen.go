package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// screen is one page of the program. The root gives it every message while it
// is the current one; its View may be of any size, the root makes it fit.
type screen interface {
	Update(msg tea.Msg) tea.Cmd
	View(w, h int) string
}

// cursored is a screen in which one types; nil hides the cursor.
type cursored interface{ Cursor() *tea.Cursor }

// What a screen asks of the root. Each is sent as a message.
type (
	goHome     struct{} // back from where one is, home in the end
	goSetup    struct{ settings session.Settings }
	goPractise struct{ bank string } // setup as it was left; "": any bank
	goHistory  struct{}
	goBanks    struct{}
	goBank     struct{ bank session.BankInfo }
	goQuestion struct {
		bank session.BankInfo
		list []session.QuestionInfo
		at   int // in list
	}
	goAttempts struct {
		question session.QuestionInfo
		list     []session.Attempt
	}
	goReport struct{ id string }
	goOpen   struct{ ref string }
	goQuit   struct{}
	entered  struct {
		visit int
		room  session.Room
		err   error
	}
)

// send is a command that says msg.
func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// bind makes a key binding with its help.
func bind(shown, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
}

// The keys that mean the same on every list.
var (
	keyUp    = bind("", "", "up", "k")
	keyDown  = bind("", "", "down", "j")
	keyLeft  = bind("", "", "left", "h")
	keyRight = bind("", "", "right", "l")
	keyPgUp  = bind("", "", "pgup", "b")
	keyPgDn  = bind("", "", "pgdown", "f")
	keyFirst = bind("", "", "home", "g")
	keyLast  = bind("", "", "end", "G")
)

// movement names the arrows in a legend.
func (k *look) movement() key.Binding { return bind(k.upDown, "move", "up", "down") }

// legend is the line of keys at the bottom. Those that do not fit fall away
// from the end, but for the last, which tells where the others are.
func (k *look) legend(w int, keys ...key.Binding) string {
	var parts []string
	for _, b := range keys {
		if b.Enabled() {
			parts = append(parts, b.Help().Key+" "+k.mutedStyle.Render(b.Help().Desc))
		}
	}
	for len(parts) > 1 && lipgloss.Width(strings.Join(parts, "  "))+1 > w {
		parts = append(parts[:len(parts)-2], parts[len(parts)-1])
	}
	return " " + strings.Join(parts, "  ")
}

// cursor is a place in a list.
type cursor struct{ at, offset int }

// move answers the keys of a list of n lines; page is a screenful.
func (c *cursor) move(msg tea.KeyPressMsg, n, page int) {
	switch {
	case key.Matches(msg, keyUp):
		c.at--
	case key.Matches(msg, keyDown):
		c.at++
	case key.Matches(msg, keyPgUp):
		c.at -= page
	case key.Matches(msg, keyPgDn):
		c.at += page
	case key.Matches(msg, keyFirst):
		c.at = 0
	case key.Matches(msg, keyLast):
		c.at = n - 1
	}
	c.at = max(0, min(c.at, n-1))
}

// pointer is the sign before a line of a list.
func (k *look) pointer(here bool) string {
	if here {
		return k.accentStyle.Render(k.point) + " "
	}
	return "  "
}

// note is the line above the keys that tells what happened.
type note struct {
	text string
	bad  bool
}

func (k *look) note(n note) string {
	if n.text == "" {
		return ""
	}
	if n.bad {
		return " " + k.badStyle.Render("! "+report.Line(n.text))
	}
	return " " + k.mutedStyle.Render(report.Line(n.text))
}
