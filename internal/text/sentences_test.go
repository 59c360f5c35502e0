package text

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestSentences(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{" \n\t ", ""},
		{"One sentence", "One sentence"},
		{"It flushes. then it acks! Really? Yes.", "It flushes.|then it acks!|Really?|Yes."},
		{"Use a lock, e.g. a mutex, i.e. one owner. Done.", "Use a lock, e.g. a mutex, i.e. one owner.|Done."},
		{"It takes 1.5 ms in v2.0 of errors.Is or .NET. Fine.", "It takes 1.5 ms in v2.0 of errors.Is or .NET.|Fine."},
		{"Locks, queues etc. are used. Locks etc. They help.", "Locks, queues etc. are used.|Locks etc.|They help."},
		{"Mutex vs. semaphore", "Mutex vs. semaphore"},
		{"first line\nsecond line\r\n\r\nthird", "first line|second line|third"},
		{"- one\n* two\n+ three\n1. four\n12) five\na) six\n(b) seven", "one|two|three|four|five|six|seven"},
		{"• one • two ◦ three", "one|two|three"},
		{"- \n-", "-|-"},
		{"-1 is less. 3 more", "-1 is less.|3 more"},
		{"5.", "5."},
		{"a • • b\u00a0", "a|b"},
		{"(see below) abc) 123. x (", "(see below) abc) 123.|x ("},
		{"He said \"stop.\" Then (it ended.) Right...", "He said \"stop.\"|Then (it ended.)|Right..."},
		{"a != b && !c", "a != b && !c"},
		{"What?! No... wait… ok", "What?!|No...|wait…|ok"},
		{"锁很重要。为什么？因为！", "锁很重要。|为什么？|因为！"},
		{"1. one. 2. two.", "one.|two."},
	} {
		t.Run(c.in, func(t *testing.T) {
			var got []string
			for _, p := range Sentences(c.in) {
				got = append(got, c.in[p.Start:p.End])
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("got %q, want %q", strings.Join(got, "|"), c.want)
			}
		})
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("- It flushes, e.g. now. Then: 1.5 ms!\n• ok… \xff")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		var kept []rune
		for _, p := range Sentences(s) {
			if p.Start < end || p.End <= p.Start || p.End > len(s) {
				t.Fatalf("span %+v after %d in %q", p, end, s)
			}
			if part := s[p.Start:p.End]; part != strings.TrimSpace(part) || strings.Contains(part, "\n") {
				t.Fatalf("not one trimmed line: %q", part)
			}
			end = p.End
			kept = append(kept, longWords(s[p.Start:p.End])...)
		}
		if want := longWords(s); !slices.Equal(kept, want) {
			t.Fatalf("of %q only %q is left", string(want), string(kept))
		}
	})
}

// longWords gives the letters that no list mark can have taken.
func longWords(s string) []rune {
	var out []rune
	for _, r := range s {
		if unicode.IsLetter(r) && !isLetter(r) {
			out = append(out, r)
		}
	}
	return out
}
