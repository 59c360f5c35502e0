package plain

import "io"

// printer writes lines and keeps the first error. It is used by one goroutine.
type printer struct {
	w      io.Writer
	err    error
	typing bool // somebody may have typed half a line
}

func (p *printer) write(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s)
	}
}

// line writes a line, below one that may be half typed.
func (p *printer) line(s string) {
	if p.typing {
		p.typing = false
		p.write("\n")
	}
	p.write(s + "\n")
}

// expectTyping says that from now on somebody may be typing a line.
func (p *printer) expectTyping() { p.typing = true }

// entered says that somebody pressed return.
func (p *printer) entered() { p.typing = false }
