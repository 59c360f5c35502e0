package convert

import (
	"regexp"
	"strconv"
	"strings"
)

// oneLine joins the lines of a text with single blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// levelWords are the names that lists give to levels.
var levelWords = map[string]int{
	"entry": 1, "beginner": 1, "basic": 1, "basics": 1, "fundamental": 1, "fundamentals": 1, "junior": 1, "novice": 1, "easy": 1, "simple": 1,
	"intermediate": 3, "medium": 3, "middle": 3, "mid": 3, "moderate": 3, "normal": 3,
	"advanced": 4, "hard": 4, "senior": 4, "difficult": 4,
	"expert": 5, "principal": 5, "master": 5,
}

// levelOf reads a level: a word, or a number from 1 to 5 (0 counts as 1).
// 0 when it says nothing.
func levelOf(s string) int {
	s = strings.ToLower(strings.Trim(strings.TrimSpace(s), "()[]*_`\"'"))
	if n, err := strconv.Atoi(strings.TrimPrefix(s, "level ")); err == nil {
		if n < 0 || n > 10 {
			return 0
		}
		return min(max(n, 1), 5)
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if n := levelWords[w]; n > 0 {
			return n
		}
	}
	return 0
}

// expertiseOf reads the scale of 30 seconds of interviews, which starts at 0.
func expertiseOf(s string) int {
	n, err := strconv.Atoi(strings.Trim(s, "() "))
	if err != nil {
		return levelOf(s)
	}
	return min(max(n+1, 1), 5)
}

// tagsOf reads a list of tags, in brackets or not.
func tagsOf(s string) []string {
	var out []string
	for t := range strings.FieldsFuncSeq(strings.Trim(strings.TrimSpace(s), "()[]"), func(r rune) bool { return strings.ContainsRune(",;|", r) }) {
		if t = strings.Trim(oneLine(t), "\"'`# "); t != "" && t != "…" && t != "..." {
			out = append(out, t)
		}
	}
	return out
}

var questionStart = regexp.MustCompile(`(?i)^(?:what|how|why|when|where|which|who|whose|is|are|do|does|did|can|could|would|should|will|has|have|` +
	`explain|describe|define|name|list|discuss|compare|contrast|tell|give|talk|mention|differentiate|distinguish|write|implement|create|design|create|show|state|` +
	`in what|in which|to what|for what|have you|if you|suppose|imagine|given|true or false)\b`)

// asks tells whether a title or an item reads like a question.
func asks(s string) bool {
	s = strings.TrimRight(strings.TrimSpace(s), "*_`)\"'”’ ")
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？") || questionStart.MatchString(s)
}

// endsAsking tells whether a text ends with a question mark.
func endsAsking(s string) bool {
	s = strings.TrimRight(strings.TrimSpace(s), "*_`)\"'”’:. ")
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？")
}
