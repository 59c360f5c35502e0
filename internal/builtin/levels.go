package builtin

import "github.com/elios/elios/internal/rubric"

// leastConcrete is how many words of substance a sentence has that tells something.
const leastConcrete = 3

func (t told) situation() int {
	if t.concrete < leastConcrete {
		return min(t.concrete, 1)
	}
	return 2 + count(t.measured, t.self, t.stakes)
}

// action asks for what the candidate did; what "we" did stays at 1.
func (t told) action(all story) int {
	switch {
	case !t.acted && (t.group || t.self) && t.concrete > 0:
		return 1
	case !t.acted || t.concrete == 0:
		return 0
	}
	l := 2
	if all.acts > 1 || t.concrete >= 2*leastConcrete {
		l = 3
	}
	return min(rubric.MaxLevel, l+count(t.weighed, t.cues.told && t.measured))
}

func (t told) result() int {
	switch {
	case !t.ended:
		return 0
	case t.concrete < leastConcrete && !t.measured:
		return 2
	}
	return 3 + count(t.measured, t.measured && t.honest)
}

func (t told) reflection() int {
	switch {
	case t.since && t.concrete >= leastConcrete:
		return 3 + count(t.self, t.self && t.measured)
	case t.lesson && t.concrete >= leastConcrete:
		return 2 + count(t.self)
	case t.since || t.lesson:
		return 1 + count(t.concrete > 0)
	}
	return 0
}

func count(set ...bool) int {
	n := 0
	for _, b := range set {
		if b {
			n++
		}
	}
	return n
}
