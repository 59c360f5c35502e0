package ollama

import (
	"encoding/json"
	"slices"
	"strings"
)

// decoder reads a JSON object while it still arrives, byte by byte (RFC 8259). It is for showing what
// has come so far; what counts is decoded by encoding/json when the reply is whole. What stands
// before the first brace is passed over, and after the last one nothing is read.
type decoder struct {
	// value is told of every string, number or word when it is complete, and text of a string that
	// is still growing. path holds the keys that lead there.
	value func(path []string, s string)
	text  func(path []string, s string)

	path    []string // the keys of the open objects, the last one that of the current value
	open    []byte   // '{' or '[' of what is open
	raw     []byte   // of the string or word that is being read
	reading kind
	isKey   bool // the next string is a key
	escaped bool
	begun   bool
	over    bool
}

// kind is what the decoder is in the middle of.
type kind int

const (
	between kind = iota
	inString
	inWord // a number, true, false or null
)

// write takes the next piece.
func (d *decoder) write(s string) {
	for i := 0; i < len(s) && !d.over; i++ {
		d.next(s[i])
	}
	if d.reading == inString && !d.isKey && !d.over {
		d.tell(d.text, unquote(whole(d.raw)))
	}
}

func (d *decoder) next(c byte) {
	switch {
	case d.reading == inString:
		d.inString(c)
		return
	case d.reading == inWord && !ends(c):
		d.raw = append(d.raw, c)
		return
	case d.reading == inWord:
		d.reading = between
		d.tell(d.value, string(d.raw))
	}
	d.between(c)
}

func (d *decoder) inString(c byte) {
	switch {
	case d.escaped:
		d.escaped = false
	case c == '\\':
		d.escaped = true
	case c == '"':
		d.endString()
		return
	}
	d.raw = append(d.raw, c)
}

func (d *decoder) endString() {
	d.reading = between
	s := unquote(d.raw)
	if d.isKey {
		d.isKey = false
		d.path[len(d.path)-1] = s
		return
	}
	d.tell(d.value, s)
}

func (d *decoder) between(c byte) {
	if !d.begun && c != '{' {
		return
	}
	switch c {
	case '{', '[':
		d.begun = true
		d.open = append(d.open, c)
		d.path = append(d.path, "")
		d.isKey = c == '{'
	case '}', ']':
		d.open = d.open[:len(d.open)-1]
		d.path = d.path[:len(d.path)-1]
		d.isKey = false
		d.over = len(d.open) == 0
	case ',':
		d.isKey = d.open[len(d.open)-1] == '{'
	case '"':
		d.reading, d.raw = inString, d.raw[:0]
	case ':', ' ', '\t', '\n', '\r':
	default:
		d.reading, d.raw = inWord, append(d.raw[:0], c)
	}
}

func (d *decoder) tell(f func([]string, string), s string) {
	if f != nil {
		f(slices.Clone(d.path), s)
	}
}

func ends(c byte) bool { return strings.IndexByte(",}] \t\n\r", c) >= 0 }

// whole is the part of a string that is there for good: an escape that may still go on is left out.
func whole(raw []byte) []byte {
	for n := len(raw); n >= 0 && n >= len(raw)-12; n-- { // a surrogate pair has twelve bytes
		if s := raw[:n]; !halfEscape(s) {
			return s
		}
	}
	return nil
}

// halfEscape tells whether a string ends within an escape, or between the halves of a pair.
func halfEscape(s []byte) bool {
	i := 0
	for i < len(s) {
		switch {
		case s[i] != '\\':
			i++
		case i+1 == len(s), s[i+1] == 'u' && i+6 > len(s):
			return true
		case s[i+1] != 'u':
			i += 2
		case high(s[i+2:i+6]) && i+12 > len(s):
			return true
		default:
			i += 6
		}
	}
	return false
}

// high tells whether four hexadecimal digits are the first half of a surrogate pair.
func high(hex []byte) bool {
	return (hex[0] == 'd' || hex[0] == 'D') && strings.IndexByte("89abAB", hex[1]) >= 0
}

// unquote gives what a string means; one that is no JSON means nothing.
func unquote(raw []byte) string {
	var s string
	if json.Unmarshal(append(append([]byte{'"'}, raw...), '"'), &s) != nil {
		return ""
	}
	return s
}
