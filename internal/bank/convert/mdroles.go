package convert

import "strings"

// assign gives every section its role. One heading alone often does not tell:
// what the others of its level are does.
func assign(list []section) {
	numbered := numberedLevel(list)
	strong := make([]bool, len(list))
	perLevel := [8]struct{ strong, all int }{}
	var asking [8]int
	for i := range list {
		s := &list[i]
		switch {
		case s.level == 0:
			s.role = aTopic
		case asideTitle.MatchString(s.title) && !strings.HasSuffix(s.title, "?"):
			s.role = anAside
		case partTitle.MatchString(s.title) && !bareTitle.MatchString(s.title):
			s.role = aPart
		default:
			strong[i] = endsAsking(s.title) || s.numbered && s.level == numbered || bareTitle.MatchString(s.title) || hasAnswer(list, i)
			perLevel[s.level].all++
			if endsAsking(s.title) {
				asking[s.level]++
			}
			if strong[i] {
				perLevel[s.level].strong++
			}
		}
	}
	for i := range list {
		// "## 1. Introduction" among headings that ask: a number is no question there.
		s := &list[i]
		if s.role == aTopic && strong[i] && s.numbered && !endsAsking(s.title) && !asks(s.title) && !hasAnswer(list, i) &&
			2*asking[s.level] >= perLevel[s.level].all && len(spoken(s.body)) == 0 {
			strong[i] = false
		}
	}
	for i := range list {
		s := &list[i]
		if s.role != aTopic || s.level == 0 {
			continue
		}
		most := 2*perLevel[s.level].strong > perLevel[s.level].all
		switch {
		case strong[i] && !(s.numbered && !endsAsking(s.title) && parent(list, strong, i)):
			s.role = aQuestion
		case (most || perLevel[s.level].strong > 0 && asks(s.title)) && !parent(list, strong, i) && len(spoken(s.body)) > 0 && !onlyLeads(spoken(s.body)):
			s.role = aQuestion
		}
	}
	adopt(list)
}

// adopt turns parts that belong to no question into topics, and further headings
// deep within an answer into parts of it.
func adopt(list []section) {
	open := 0 // level of the open question
	for i := range list {
		s := &list[i]
		switch {
		case s.role == aQuestion:
			open = s.level
		case s.role == aPart && open == 0:
			s.role = aTopic
		case s.role == aPart && linkTitle.MatchString(s.title) && s.level < open:
			s.role, open = anAside, 0
		case s.role == aPart:
		case open > 0 && s.level > open:
			s.role = aPart
		default:
			open = 0
		}
	}
}

// numberedLevel is the level on which most headings have a number, 0 for none.
func numberedLevel(list []section) int {
	var count [8]int
	best := 0
	for _, s := range list {
		if s.numbered {
			count[s.level]++
		}
	}
	for level, n := range count {
		if n > 0 && n > count[best] {
			best = level
		}
	}
	return best
}

// hasAnswer tells whether the next heading is that of an answer.
func hasAnswer(list []section, i int) bool {
	return i+1 < len(list) && list[i+1].role != anAside && (answerTitle.MatchString(list[i+1].title) || pointTitle.MatchString(list[i+1].title)) &&
		partTitle.MatchString(list[i+1].title) && list[i+1].level > list[i].level
}

// parent tells whether the first heading beneath a section is a question.
func parent(list []section, strong []bool, i int) bool {
	for j := i + 1; j < len(list) && list[j].level > list[i].level; j++ {
		if strong[j] {
			return true
		}
		if j > i+3 {
			break
		}
	}
	return false
}

// onlyLeads tells whether every line is a link to somewhere else.
func onlyLeads(lines []mdLine) bool {
	for _, l := range lines {
		if m := listItem.FindStringSubmatch(l.text); l.code || m == nil || !linkOnly(m[3]) {
			return false
		}
	}
	return true
}

// spoken leaves out what nobody reads: empty lines, rules, and lines of nothing but tags.
func spoken(lines []mdLine) []mdLine {
	var out []mdLine
	for _, l := range filled(lines) {
		if l.code || strings.TrimSpace(tag.ReplaceAllString(l.text, "")) != "" {
			out = append(out, l)
		}
	}
	return out
}

// filled leaves out empty lines and rules.
func filled(lines []mdLine) []mdLine {
	var out []mdLine
	for _, l := range lines {
		if l.code || strings.TrimSpace(l.text) != "" && !rule.MatchString(l.text) {
			out = append(out, l)
		}
	}
	return out
}
