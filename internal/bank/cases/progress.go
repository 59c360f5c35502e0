package cases

import "sync"

// progress counts what is done.
type progress struct {
	mu    sync.Mutex
	tell  func(done, of int)
	n, of int
}

func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	if p.tell != nil {
		p.tell(p.n, p.of)
	}
}
