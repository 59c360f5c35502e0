package tui

import (
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// The keys of pages with a list.
var (
	keyEnter = bind("enter", "open", "enter")
	keyQuit  = bind("q", "quit", "q", "esc")
	keyBack  = bind("esc", "back", "esc", "q")
	keyRetry = bind("r", "try again", "r")
)

// rows draws the lines around the cursor of a list of n, at most h of them:
// only what is seen costs anything.
func (k *look) rows(c *cursor, n, w, h int, row func(i, w int) string) []string {
	h = max(h, 1)
	c.offset = max(0, min(max(min(c.offset, c.at), c.at-h+1), n-h))
	var out []string
	for i := c.offset; i < min(n, c.offset+h); i++ {
		out = append(out, " "+k.pointer(i == c.at)+k.clip(row(i, w-4), w-4))
	}
	return out
}

// option is one value of a ring.
type option struct{ id, word string }

// ring is a filter that a key turns: everything, then each of its options, and
// round again. The same key with shift turns it back.
type ring struct {
	key, name, all string
	options        []option
	at             int // 0: everything
}

// id is the option chosen, "" for everything.
func (r *ring) id() string {
	if r.at == 0 {
		return ""
	}
	return r.options[r.at-1].id
}

// fill sets the options; what was chosen stays chosen if it is still there.
func (r *ring) fill(options []option) {
	was := r.id()
	r.options, r.at = options, 0
	for i, o := range options {
		if o.id == was {
			r.at = i + 1
		}
	}
}

// turn answers the ring's key and tells whether it was that.
func (r *ring) turn(msg tea.KeyPressMsg) bool {
	by := map[string]int{r.key: 1, strings.ToUpper(r.key): -1}[msg.String()]
	r.at = turn(r.at, by, len(r.options)+1)
	return by != 0
}

// filters draws rings on a line: their keys, and what each is turned to.
func (k *look) filters(w int, rings ...*ring) string {
	each := max(8, (w-2)/len(rings)-2)
	var parts []string
	for _, r := range rings {
		word, style := r.all, k.mutedStyle
		if r.at > 0 {
			word, style = report.Line(r.options[r.at-1].word), k.strong
		}
		head := r.key + " "
		if each > 18 {
			head += k.mutedStyle.Render(r.name + ": ")
		}
		parts = append(parts, k.pad(head+style.Render(word), each))
	}
	return " " + strings.Join(parts, "  ")
}

// firstLine is the first line of markdown as plain words.
func (k *look) firstLine(src string) string {
	for _, l := range strings.Split(src, "\n") {
		l = strings.TrimLeftFunc(l, func(r rune) bool { return r == '#' || r == '>' || unicode.IsSpace(r) })
		var b strings.Builder
		for _, s := range k.inline(l) {
			b.WriteString(s.text)
		}
		if out := report.Line(b.String()); out != "" && !strings.HasPrefix(out, "```") {
			return out
		}
	}
	return ""
}

// maxNote is how many lines a note may take from a page.
const maxNote = 3

// feet are a page's last lines: what happened, as long as it is, and the keys.
func (k *look) feet(n note, w int, keys ...key.Binding) []string {
	style, sign := &k.mutedStyle, ""
	if n.bad {
		style, sign = &k.badStyle, "! "
	}
	lines := margin(indent(style.Render(sign), wrapText(w-2-len(sign), report.Line(n.text), style)))
	if len(lines) > maxNote {
		lines = append(lines[:maxNote-1], lines[maxNote-1]+k.ellipsis)
	}
	return append(lines, k.legend(w, keys...))
}

// notOpened is the note for an interview that could not be opened.
func notOpened(msg entered) note {
	return note{"The interview could not be opened: " + explain(msg.err), true}
}

// create makes an interview; the root enters it when it is there.
func (e *env) create(visit int, s session.Settings) tea.Cmd {
	ctx, interviews := e.ctx, e.interviews
	return func() tea.Msg {
		room, err := interviews.Create(ctx, s)
		return entered{visit, room, err}
	}
}

// anew are the settings for another interview like an earlier one: with
// questions of its own, and the times of today's configuration.
func (e *env) anew(s session.Settings) session.Settings {
	s.Seed, s.Again = 0, nil
	s.IdleAfter, s.ExpireAfter = e.defaults.IdleAfter, e.defaults.ExpireAfter
	return s
}
