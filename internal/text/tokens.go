package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is one token together with the bytes of the source that it was read from.
type Token struct {
	Text  string // lower case ASCII word, number or operator; "not" for the n't of don't
	Start int    // byte offset of its first byte in the source
	End   int    // byte offset after its last byte; Start < End
}

// Tokens gives the tokens of s in order: words of the letters a-z in lower case, with
// camelCase and snake_case taken apart and n't read as "not"; numbers ("1.5"); and operators
// ("++", "==", "->", "<"). The hyphen and the slash are dropped, as are other characters.
func Tokens(s string) []string {
	at := TokensAt(s)
	out := make([]string, len(at))
	for i, t := range at {
		out[i] = t.Text
	}
	return out
}

// TokensAt is Tokens with the place of each token in s.
func TokensAt(s string) []Token {
	out := make([]Token, 0, len(s)/5+1)
	for i := 0; i < len(s); {
		r, n := lowerAt(s, i)
		switch {
		case isLetter(r):
			out, i = appendWord(out, s, i)
		case unicode.IsDigit(r):
			end := numberEnd(s, i)
			out = append(out, Token{s[i:end], i, end})
			i = end
		default:
			end := i + max(n, operatorLen(s[i:]))
			if op := s[i:end]; isOperator(op) {
				out = append(out, Token{op, i, end})
			}
			i = end
		}
	}
	return out
}

// appendWord adds the word at i, with a contraction that follows, and gives the offset after it.
func appendWord(out []Token, s string, i int) ([]Token, int) {
	headEnd, closed := lettersEnd(s, i)
	head := strings.ToLower(s[i:headEnd])
	tailStart := apostropheEnd(s, headEnd)
	if closed || tailStart == headEnd {
		return append(out, Token{head, i, headEnd}), headEnd
	}
	end, _ := lettersEnd(s, tailStart)
	if end == tailStart {
		return append(out, Token{head, i, headEnd}), headEnd
	}
	if strings.ToLower(s[tailStart:end]) != "t" || !strings.HasSuffix(head, "n") {
		return append(out, Token{head, i, headEnd}), end
	}
	return appendNegation(out, head, i, headEnd, end), end
}

// appendNegation adds the verb and the "not" of a contraction such as don't, whose head
// ("don") stands at start to headEnd.
func appendNegation(out []Token, head string, start, headEnd, end int) []Token {
	verb, cut := head[:len(head)-1], headEnd-1
	switch head {
	case "can":
		verb, cut = head, headEnd
	case "won":
		verb = "will"
	}
	if verb != "" {
		out = append(out, Token{verb, start, cut})
	}
	return append(out, Token{"not", cut, end})
}

// lettersEnd gives the end of the run of letters at i, which also ends where camelCase turns.
// closed tells that nothing may follow: the Turkish dotted capital I lowers to an i and a
// combining dot, and the dot ends the word.
func lettersEnd(s string, i int) (end int, closed bool) {
	for end = i; end < len(s); {
		r, n := lowerAt(s, end)
		if !isLetter(r) || end > i && camelTurn(s, end) {
			return end, false
		}
		end += n
		if n == len("İ") {
			return end, true
		}
	}
	return end, false
}

// camelTurn says whether a new word of camelCase begins at i.
func camelTurn(s string, i int) bool {
	if i+1 >= len(s) || s[i] < 'A' || s[i] > 'Z' {
		return false
	}
	before, after := s[i-1], s[i+1]
	return isLetter(rune(after)) && (isLetter(rune(before)) || before >= '0' && before <= '9')
}

// apostropheEnd gives the offset after the apostrophe at i, or i when there is none.
func apostropheEnd(s string, i int) int {
	if i < len(s) {
		if r, n := lowerAt(s, i); r == '\'' {
			return i + n
		}
	}
	return i
}

// numberEnd gives the end of the number at i: digits, and a fraction if digits follow the point.
func numberEnd(s string, i int) int {
	end := digitsEnd(s, i)
	if end < len(s) && s[end] == '.' {
		if fraction := digitsEnd(s, end+1); fraction > end+1 {
			return fraction
		}
	}
	return end
}

func digitsEnd(s string, i int) int {
	for i < len(s) {
		r, n := lowerAt(s, i)
		if !unicode.IsDigit(r) {
			break
		}
		i += n
	}
	return i
}

// operatorLen gives the length of the operator s begins with: 2, 1 or 0 bytes.
func operatorLen(s string) int {
	if len(s) > 1 {
		switch s[:2] {
		case "++", "--", "->", "<=", ">=", "==", "!=", "&&", "||":
			return 2
		}
	}
	if strings.IndexByte("<>=*&%^|+/-", s[0]) >= 0 {
		return 1
	}
	return 0
}

// isOperator says whether what the scanner stopped at is an operator to keep. The hyphen and the
// slash are mostly punctuation of prose.
func isOperator(op string) bool {
	return op != "-" && op != "/" && operatorLen(op) == len(op)
}

// lowerAt gives the lower case of the character at i, with every kind of apostrophe as ', and
// the length of the original in bytes.
func lowerAt(s string, i int) (rune, int) {
	if c := s[i]; c < utf8.RuneSelf {
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c == '`':
			c = '\''
		}
		return rune(c), 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if r == '’' {
		return '\'', n
	}
	return unicode.ToLower(r), n
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }
