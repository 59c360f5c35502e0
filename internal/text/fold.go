package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unspaced are the scripts that write no spaces between words; each of their characters counts
// as a word of its own.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// wordSpans gives the words of s: runs of letters, digits and their marks. An apostrophe
// between letters belongs to the word.
func wordSpans(s string) []Span {
	var out []Span
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			i += n
			continue
		}
		end := wordEnd(s, i+n, isUnspaced(r))
		out = append(out, Span{i, end})
		i = end
	}
	return out
}

// wordEnd gives the end of the word of which the characters before i have been read. A single
// word has one character only, and its marks.
func wordEnd(s string, i int, single bool) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		letter := !single && (unicode.IsLetter(r) || unicode.IsNumber(r)) && !isUnspaced(r)
		joined := !single && isApostrophe(r) && letterAt(s, i+n)
		if !letter && !joined && !unicode.IsMark(r) {
			break
		}
		i += n
	}
	return i
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r) && !isUnspaced(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' }

func isUnspaced(r rune) bool { return r >= 0x0e00 && unicode.In(r, unspaced...) }

// foldWord gives a word as it is compared: without case, apostrophes and differences of
// encoding (compatibility forms such as full width letters or ligatures).
func foldWord(w string) string {
	if isASCII(w) {
		return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(w), "'", ""), "`", "")
	}
	return norm.NFC.String(strings.Map(foldRune, norm.NFKC.String(w)))
}

// foldRune goes by way of the upper case, which brings variants such as the final sigma together.
// Spaces, which some ligatures contain, and apostrophes are left out.
func foldRune(r rune) rune {
	if isApostrophe(r) || unicode.IsSpace(r) {
		return -1
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldedWords gives the words of s as they are compared.
func foldedWords(s string) []string {
	spans := wordSpans(s)
	out := make([]string, len(spans))
	for i, w := range spans {
		out[i] = foldWord(s[w.Start:w.End])
	}
	return out
}
