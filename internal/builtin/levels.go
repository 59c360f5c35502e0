package builtin

import "github.com/elios/elios/internal/rubric"

// leastConcrete is how many words of substance a sentence has that tells something.
const leastConcrete = 3

// story is what the sentences of all answers show together.
type story struct {
	own, acts              int // sentences with "I", and those that say what the candidate did
	told, weighed, measure bool
	work                   bool // it is about working life or studies
}

// count adds a sentence. What was not done, or only would be, shows who speaks and of what, no more.
func (s *story) count(t told) {
	if t.i {
		s.own++
	}
	s.work = s.work || t.work
	if t.undone || t.supposed {
		return
	}
	s.measure = s.measure || t.measured && (t.past || t.acted)
	if t.acted {
		s.acts++
		s.told = s.told || t.cues.told
		s.weighed = s.weighed || t.weighed
	}
}

// level judges one sentence by the cues its dimension calls for. What somebody would do, a story
// without a first person and one that is not about work earn next to nothing. What was not done is
// nothing, but "since then I never …" is a change.
func (m *dimension) level(t told, all story) int {
	if t.undone && m.kind != reflection {
		return 0
	}
	l := 0
	switch m.kind {
	case situation:
		l = t.situation()
	case action:
		l = t.action(all)
	case result:
		l = t.result(all)
	case reflection:
		l = t.reflection(all)
	}
	if all.own == 0 || !all.work || t.supposed && m.kind != reflection {
		l = min(l, 1)
	}
	return l
}

// clarity chooses between sentences of one level which to quote: among actions the one that shows
// most, else the first.
func (m *dimension) clarity(t told) int {
	if m.kind != action {
		return 0
	}
	return count(t.acted, t.weighed, t.cues.told, t.measured)
}

// situation asks for something that was: what is so in general stays at 1. A step in the middle of
// the story is part of it, but does not set it out.
func (t told) situation() int {
	if t.concrete < leastConcrete || !t.past {
		return min(t.concrete, 1)
	}
	l := 2 + count(t.measured, t.self || t.group, t.stakes)
	if t.acted && t.follows {
		l = min(l, 3)
	}
	return l
}

// action asks for what the candidate did; what "we" did stays at 1, and so does what they would do.
func (t told) action(all story) int {
	switch {
	case !t.acted && (t.past && (t.group || t.self) || t.supposed) && t.concrete > 0:
		return 1
	case !t.acted || t.concrete == 0:
		return 0
	}
	l := 2
	if all.acts > 1 || t.concrete >= 2*leastConcrete {
		l = 3
	}
	return min(rubric.MaxLevel, l+count(all.weighed, all.told && all.measure))
}

// result asks for how it ended. In a story of others the end is not the candidate's: 2 at most.
func (t told) result(all story) int {
	switch {
	case !t.ended && t.follows && t.past && !t.acted && t.concrete > 0:
		enough := t.concrete >= leastConcrete
		return 1 + count(enough, enough && t.measured)
	case !t.ended:
		return 0
	case t.concrete < leastConcrete && !t.measured, all.acts == 0:
		return 2
	}
	return 3 + count(t.measured, t.measured && t.honest)
}

// reflection asks for what changed. What somebody would do next time is a lesson, after a story.
func (t told) reflection(all story) int {
	if t.supposed && !t.since {
		if all.acts == 0 || !t.lesson && !t.habit {
			return 0
		}
		return 1 + count(t.concrete > 0, t.concrete >= leastConcrete)
	}
	since := t.since || t.habit && all.acts > 0
	switch {
	case since && t.concrete >= leastConcrete:
		return 3 + count(t.self, t.self && t.measured)
	case t.lesson && t.concrete >= leastConcrete:
		return 2 + count(t.self)
	case since || t.lesson:
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
