package convert

import (
	"regexp"
	"strings"
)

var (
	// leadLink is a link of nothing but signs before a title, back to the top: "[[⬆]](#toc)".
	leadLink = regexp.MustCompile(`^\s*\[\[?[^\pL\pN\]]{0,8}\]?\]\(#[^)]*\)\s*`)
	// trailing is what lists write behind a question: stars, faces, rockets, a number in brackets.
	trailing = regexp.MustCompile(`[\s\p{So}\p{Sk}\x{200d}\x{fe0f}⭐★☆]+$`)
	numbered = regexp.MustCompile(`\s*\(\d{1,3}\)$`)
)

// signLevels are the levels that lists give by a sign.
var signLevels = []struct {
	signs string
	level int
}{{"👶🐣🟢🍼", 1}, {"🟡🟠", 3}, {"🚀🔴🔥", 5}}

// oneStar is the level of a single star: the least where stars are counted, the middle beside faces and
// rockets.
const oneStar = -1

// starLevel settles what a single star means in a list.
func starLevel(level int, faces bool) int {
	switch {
	case level != oneStar:
		return level
	case faces:
		return 3
	}
	return 1
}

// undecorated takes the signs off a title and reads a level from them: as many stars as there are, or
// what the sign stands for; oneStar for one, 0 for none.
func undecorated(s string) (text string, level int) {
	s = leadLink.ReplaceAllString(s, "")
	tail := trailing.FindString(s)
	s = strings.TrimSpace(strings.TrimSuffix(s, tail))
	s = strings.TrimSpace(numbered.ReplaceAllString(s, ""))
	switch n := strings.Count(tail, "⭐") + strings.Count(tail, "★"); {
	case n == 1:
		return s, oneStar
	case n > 1:
		return s, min(n, 5)
	}
	for _, l := range signLevels {
		if strings.ContainsAny(tail, l.signs) {
			return s, l.level
		}
	}
	return s, 0
}
