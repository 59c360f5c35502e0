package builtin

import "strings"

// markPieces marks the tokens of a sentence that are a piece of an identifier or of a word with
// hyphens, and those of code and program output. The "no" of "ErrNoRows" denies nothing, the
// "once" of "exactly-once" opens no clause, and "f(a) == 3" is no list of keywords.
func (d *doc) markPieces(from, end int) {
	for i := from; i < len(d.tokens); {
		lo := d.tokens[i].start
		hi := lo + wordEnd(d.Text[lo:end])
		next := i
		for next < len(d.tokens) && d.tokens[next].start < hi {
			next++
		}
		code := isCode(d.Text[lo:hi])
		for k := i; k < next; k++ {
			t := &d.tokens[k]
			t.code = code || !isWord(t.text) && (!isNumber(t.text) || d.besideNumber(k, from))
			t.piece = t.code || !d.contracted(k) && (d.touches(t.start-1, t.start-2, lo, hi) || d.touches(t.end, t.end+1, lo, hi))
		}
		i = next
	}
}

// besideNumber tells whether a number stands beside another, as in what a program prints.
func (d *doc) besideNumber(i, from int) bool {
	return i > from && isNumber(d.tokens[i-1].text) || i+1 < len(d.tokens) && isNumber(d.tokens[i+1].text)
}

// wordEnd is where white space ends the word that s begins with.
func wordEnd(s string) int {
	if n := strings.IndexAny(s, " \t\n\r"); n >= 0 {
		return n
	}
	return len(s)
}

// isCode tells whether a word without white space is written as in a program: "f(a)", "x[0]",
// "a_b", "n:=1".
func isCode(word string) bool {
	if strings.ContainsAny(word, "_[]{}=<>") {
		return true
	}
	n := strings.IndexByte(word, '(')
	return n > 0 && isIdentifier(word[n-1]) && !strings.HasPrefix(word[n:], "(s)")
}

// touches tells whether the character at is part of the same identifier as the token beside it, or
// joins it with what stands behind the mark.
func (d *doc) touches(at, beyond, lo, hi int) bool {
	if at < lo || at >= hi {
		return false
	}
	mark := d.Text[at]
	return isIdentifier(mark) || (mark == '.' || mark == '-') && beyond >= lo && beyond < hi && isIdentifier(d.Text[beyond])
}

// contracted tells whether a token is one of the two of "isn't".
func (d *doc) contracted(i int) bool {
	t := &d.tokens[i]
	if t.text == "not" {
		return t.end-t.start != len(t.text) || !strings.EqualFold(d.Text[t.start:t.end], t.text)
	}
	return i+1 < len(d.tokens) && d.tokens[i+1].text == "not" && d.tokens[i+1].start == t.end
}

func isIdentifier(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}
