package convert

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// idWords is about how long an id made of a text becomes.
const idLength = 48

// slug makes an id of a text: its words up to a bound, "" when it has none.
func slug(s string) string {
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(strings.ToLower(norm.NFKD.String(s)), func(r rune) bool { return !isSlug(r) && r != '\'' && r != '’' && !mark(r) }) {
		word = strings.Map(func(r rune) rune {
			if isSlug(r) {
				return r
			}
			return -1
		}, word)
		if word == "" {
			continue
		}
		if b.Len() > 0 && b.Len()+1+len(word) > idLength {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(word[:min(len(word), idLength)])
	}
	return b.String()
}

func isSlug(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// mark tells whether a character is an accent that NFKD took off a letter.
func mark(r rune) bool { return r >= 0x300 && r < 0x370 }

// idSet gives ids that are not there yet.
type idSet map[string]int

// unique is the id, or with the first number that makes it a new one.
func (s idSet) unique(id string) string {
	s[id]++
	if s[id] == 1 {
		return id
	}
	for {
		next := id + "-" + strconv.Itoa(s[id])
		if _, taken := s[next]; !taken {
			s[next] = 1
			return next
		}
		s[id]++
	}
}
