package tui

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// clip cuts a line to w columns.
func (k *look) clip(s string, w int) string {
	if lipgloss.Width(s) <= w {
		return s
	}
	return ansi.Truncate(s, max(w, 0), k.ellipsis)
}

// pad makes a line exactly w columns wide.
func (k *look) pad(s string, w int) string {
	s = k.clip(s, w)
	return s + strings.Repeat(" ", max(0, w-lipgloss.Width(s)))
}

// fit makes a frame of any text: exactly h lines, none wider than w. It is the
// last step of every frame, so no screen can break the terminal's lines.
func (k *look) fit(s string, w, h int) string {
	lines := strings.Split(s, "\n")
	for len(lines) < h {
		lines = append(lines, "")
	}
	lines = lines[:max(h, 1)]
	for i, l := range lines {
		lines[i] = k.clip(l, w)
	}
	return strings.Join(lines, "\n")
}

// page puts the head on top and the foot at the bottom of h lines; the body
// gets what is left.
func page(h int, head, body, foot []string) string {
	room := max(0, h-len(head)-len(foot))
	if len(body) > room {
		body = body[:room]
	}
	lines := append(append(make([]string, 0, h), head...), body...)
	for range room - len(body) {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, foot...), "\n")
}

// header sets left and right on one line with a margin; the right side yields.
func (k *look) header(left, right string, w int) string {
	room := w - lipgloss.Width(left) - 4
	if room < 4 || right == "" {
		return k.pad(" "+left, w)
	}
	right = k.clip(right, room)
	gap := w - lipgloss.Width(left) - lipgloss.Width(right) - 2
	return " " + left + strings.Repeat(" ", gap) + right + " "
}

func (k *look) rule(w int) string { return k.mutedStyle.Render(strings.Repeat(k.line, max(w, 0))) }

// head is a screen's usual first two lines.
func (k *look) head(left, right string, w int) []string {
	return []string{k.header(k.title.Render(left), k.mutedStyle.Render(right), w), k.rule(w)}
}

// indent puts a prefix before the first line and blanks before the others.
func indent(prefix string, lines []string) []string {
	blank := strings.Repeat(" ", lipgloss.Width(prefix))
	out := make([]string, len(lines))
	for i, l := range lines {
		if i == 0 {
			out[i] = prefix + l
		} else {
			out[i] = blank + l
		}
	}
	return out
}

// box draws a frame of w×h with a title on top and a note below right.
func (k *look) box(lines []string, title, note string, w, h int) []string {
	b, inner := k.border, w-4
	top := k.edge(b.TopLeft, b.Top, b.TopRight, " "+k.clip(title, inner-2)+" ", "", w)
	bottom := k.edge(b.BottomLeft, b.Bottom, b.BottomRight, "", " "+k.clip(note, inner-2)+" ", w)
	out := make([]string, 0, h)
	out = append(out, top)
	side := k.mutedStyle.Render(b.Left)
	for i := range h - 2 {
		l := ""
		if i < len(lines) {
			l = lines[i]
		}
		out = append(out, side+" "+k.pad(l, inner)+" "+side)
	}
	return append(out, bottom)
}

// edge is a horizontal border with words set into it.
func (k *look) edge(from, line, to, left, right string, w int) string {
	if strings.TrimSpace(ansi.Strip(left)) == "" {
		left = ""
	}
	if strings.TrimSpace(ansi.Strip(right)) == "" {
		right = ""
	}
	fill := max(0, w-2-lipgloss.Width(left)-lipgloss.Width(right))
	m := k.mutedStyle
	return m.Render(from) + left + m.Render(strings.Repeat(line, fill)) + right + m.Render(to)
}

// over lays a dialog into the middle of a screen.
func over(screen, dialog string, w, h int) string {
	x, y := max(0, (w-lipgloss.Width(dialog))/2), max(0, (h-lipgloss.Height(dialog))/2)
	return lipgloss.NewCompositor(
		lipgloss.NewLayer(screen),
		lipgloss.NewLayer(dialog).X(x).Y(y).Z(1),
	).Render()
}

// window gives the h lines to show so that line focus is among them, moving
// the offset as little as it can.
func window(lines []string, h, focus, offset int) (shown []string, at int) {
	h = max(h, 1)
	offset = min(offset, focus)
	offset = max(offset, focus-h+1)
	offset = max(0, min(offset, len(lines)-h))
	return lines[offset:min(len(lines), offset+h)], offset
}

const tabWidth = 4

// expand turns tabs into blanks up to the next stop: a tab is nothing to a
// measuring library and a jump to the terminal.
func expand(line string) string {
	if !strings.Contains(line, "\t") {
		return line
	}
	var b strings.Builder
	for i, piece := range strings.Split(line, "\t") {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", tabWidth-lipgloss.Width(b.String())%tabWidth))
		}
		b.WriteString(piece)
	}
	return b.String()
}
