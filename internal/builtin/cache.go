package builtin

import (
	"hash/maphash"
	"sync"

	"github.com/elios/elios/internal/rubric"
)

// maxPrepared bounds the questions that are kept analysed; a bank has some hundred.
const maxPrepared = 512

// cache keeps analysed questions by their content.
type cache struct {
	seed  maphash.Seed
	mu    sync.RWMutex
	known map[uint64]*prepared
}

func newCache() *cache {
	return &cache{seed: maphash.MakeSeed(), known: make(map[uint64]*prepared)}
}

// get gives the analysis of a question. Two goroutines may both make it; both are right.
func (c *cache) get(q *rubric.Question) *prepared {
	key := c.key(q)
	c.mu.RLock()
	p := c.known[key]
	c.mu.RUnlock()
	if p != nil {
		return p
	}
	p = prepare(q)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= maxPrepared {
		clear(c.known)
	}
	c.known[key] = p
	return p
}

// key hashes all that prepare reads.
func (c *cache) key(q *rubric.Question) uint64 {
	h := hasher{}
	h.SetSeed(c.seed)
	h.put(string(q.Type), q.Ask, q.Ideal)
	for _, k := range q.KeyPoints {
		h.put("point", k.ID, k.Point, k.Say)
		h.match(k.Match)
	}
	for _, d := range q.Dimensions {
		h.put("dimension", d.ID, d.Say, d.Probe)
		for level := range rubric.MaxLevel + 1 {
			h.put(d.Anchors[level])
		}
	}
	for _, m := range q.Misconceptions {
		h.put("misconception", m.ID, m.Point)
		h.match(m.Match)
	}
	return h.Sum64()
}

type hasher struct{ maphash.Hash }

// put ends every string with a byte that no text holds, so that "a", "bc" is not "ab", "c".
func (h *hasher) put(all ...string) {
	for _, s := range all {
		_, _ = h.WriteString(s) // never fails
		_ = h.WriteByte(0xff)
	}
}

func (h *hasher) match(m *rubric.Match) {
	groups, ordered := m.Groups()
	for _, g := range groups {
		h.put(g...)
		h.put("group")
	}
	if ordered {
		h.put("in order")
	}
}
