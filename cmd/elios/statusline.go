package main

import (
	"fmt"
	"os"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// statusLine is a line that says how far something is, drawn over and over on standard
// error where a person looks. Elsewhere nothing is drawn.
type statusLine struct{ out *os.File } // nil: nobody looks

func (s streams) statusLine() statusLine {
	f, ok := s.errTerminal()
	if !ok {
		return statusLine{}
	}
	return statusLine{f}
}

func (l statusLine) isSeen() bool { return l.out != nil }

// draw puts a text in the place of the one before.
func (l statusLine) draw(text string) {
	if l.isSeen() {
		fmt.Fprint(l.out, "\r\x1b[K"+cutLine(text, columns(l.out)))
	}
}

// clear takes the line away.
func (l statusLine) clear() { l.draw("") }

// cutLine keeps a text in fewer columns than a terminal has: what it would break into a
// second line is never taken away again.
func cutLine(text string, width int) string { return ansi.Truncate(text, width-1, "…") }

// columns is how wide a terminal is, 80 when it does not say.
func columns(f *os.File) int {
	if w, _, err := term.GetSize(f.Fd()); err == nil && w > 1 {
		return w
	}
	return 80
}
