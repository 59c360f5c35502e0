package text

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "A mutex.\n\tIt locks.", "A mutex.\n\tIt locks."},
		{"line ends", "a\r\nb\rc\n\rd\r\r\ne", "a\nb\nc\n\nd\n\ne"},
		{"invalid bytes", "a\xff\xfeb\xc3", "a\ufffd\ufffdb\ufffd"},
		{"replacement stays", "a\ufffdb", "a\ufffdb"},
		{"control", "a\x00b\x07c\x7fd\u0084e", "abcde"},
		{"line ends of Unicode", "a\u0085b\u2028c\u2029d", "a\nb\nc\nd"},
		{"bidi", "a\u202eb\u2066c\u2069", "abc"},
		{"zero width", "a\u200bb\ufeffc\u00add", "abcd"},
		{"joiners stay", "a\u200db\u200cc", "a\u200db\u200cc"},
		{"tags", "a\U000e0041b", "ab"},
		{"colour", "\x1b[1;31mred\x1b[0m", "red"},
		{"title", "\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b", "ab"},
		{"title, C1 end", "\x1b]0;title\u009ca", "a"},
		{"C1", "\u009b31mred\u009d0;title\u009cb\u0084c", "redbc"},
		{"device control", "\x1bPq#0\x1b\\a", "a"},
		{"charset", "\x1b(Ba\x1bcb", "ab"},
		{"unfinished string", "\x1b]0;all the rest", "0;all the rest"},
		{"string cut by line", "\x1b]0;a\nb\x07", "0;a\nb"},
		{"string cut by another", "\x1b]a\x1b]b\x07c", "ac"},
		{"unfinished control", "\x1b[31", ""},
		{"lone escape", "a\x1b", "a"},
		{"escape before text", "a\x1béb", "aéb"},
		{"nested", "\x1b\x1b[[31mx", "31mx"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func checkClean(t testing.TB, s string) {
	t.Helper()
	got := Clean(s)
	if !utf8.ValidString(got) {
		t.Fatalf("invalid UTF-8: %q", got)
	}
	if again := Clean(got); again != got {
		t.Fatalf("not idempotent: %q, then %q", got, again)
	}
	for _, r := range got {
		if unicode.In(r, unicode.Cc, unicode.Cf) && !strings.ContainsRune("\n\t\u200c\u200d", r) {
			t.Fatalf("%U is left in %q", r, got)
		}
	}
}

func TestCleanProperties(t *testing.T) {
	pieces := rapid.SampledFrom([]string{
		"\x1b", "[", "]", "31m", "\a", "\\", "\r", "\n", "\xff", "\xc2", "\u009b", "\u009c", "\u202e", "a", "é", " ", "0;",
	})
	rapid.Check(t, func(t *rapid.T) {
		checkRapid(t, strings.Join(rapid.SliceOf(pieces).Draw(t, "pieces"), ""))
	})
	rapid.Check(t, func(t *rapid.T) {
		checkRapid(t, string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")))
	})
}

func checkRapid(t *rapid.T, s string) {
	got := Clean(s)
	if !utf8.ValidString(got) || Clean(got) != got || strings.ContainsAny(got, "\x1b\r\u009b\u202e") {
		t.Fatalf("Clean(%q) = %q", s, got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("\x1b[31mred\x1b]0;t\x07\r\n\xff\u202e")
	f.Fuzz(func(t *testing.T, s string) { checkClean(t, s) })
}

// Nothing in the package may take long for a long text, whatever it is made of.
func TestLongTexts(t *testing.T) {
	for _, unit := range []string{"a", "y", "7", ".", "'", "n't", "\x1b]", "\x1b[3", "漢", "e.g. ", "1. ", "- ", "İ", "ﷺ", "\u0301", "((", "a b "} {
		long := strings.Repeat(unit, 100_000/len(unit))
		start := time.Now()
		Clean(long)
		Content(Tokens(long))
		Sentences(long)
		FindQuote(long, long[:len(long)/2])
		Words(long)
		Trivial(long)
		English(long)
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("%q: %v", unit, d)
		}
	}
}
