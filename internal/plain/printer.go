package plain

import "io"

// printer writes lines and keeps the first error. It is used by one goroutine.
type printer struct {
	w    io.Writer
	err  error
	open bool // a prompt stands at the beginning of the line
}

func (p *printer) write(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s)
	}
}

// line writes a line, below an open prompt.
func (p *printer) line(s string) {
	if p.open {
		p.open = false
		p.write("\n")
	}
	p.write(s + "\n")
}

// prompt invites to type. It does so once.
func (p *printer) prompt() {
	if !p.open {
		p.open = true
		p.write("> ")
	}
}

// entered says that somebody pressed return after the prompt.
func (p *printer) entered() { p.open = false }
