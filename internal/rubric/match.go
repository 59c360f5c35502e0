package rubric

// Match tells the built-in evaluator which words of one sentence show a point.
// Exactly one of the three is set. Terms are compared as stems and tolerate
// typos; a term of several words must stand as they do.
type Match struct {
	Any []string   `json:"any,omitempty" yaml:"any,omitempty"` // one of these
	All [][]string `json:"all,omitempty" yaml:"all,omitempty"` // one of each group, in any order
	Seq [][]string `json:"seq,omitempty" yaml:"seq,omitempty"` // one of each group, in this order
}

// Groups gives the alternatives of each group and whether their order counts.
func (m *Match) Groups() (groups [][]string, ordered bool) {
	switch {
	case m == nil:
		return nil, false
	case len(m.Seq) > 0:
		return m.Seq, true
	case len(m.All) > 0:
		return m.All, false
	case len(m.Any) > 0:
		return [][]string{m.Any}, false
	}
	return nil, false
}
