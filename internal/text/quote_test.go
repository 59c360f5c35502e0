package text

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFindQuote(t *testing.T) {
	for _, c := range []struct{ name, answer, quote, want string }{
		{"verbatim", "The log is flushed first.", "log is flushed", "log is flushed"},
		{"case and space", "The  LOG\nis flushed.", "the log Is Flushed", "The  LOG\nis flushed"},
		{"punctuation", "The log, \"redo\" (or WAL), is flushed.", "log redo or wal: is", "log, \"redo\" (or WAL), is"},
		{"whole words", "catalog is flushed", "log is flushed", ""},
		{"whole words, end", "the log is flushed", "log is flush", ""},
		{"not there", "the log", "a log", ""},
		{"longer than the answer", "the log", "the log is flushed", ""},
		{"empty", "the log", "", ""},
		{"empty answer", "", "log", ""},
		{"symbols only", "i++ ++", "++", ""},
		{"apostrophes", "It doesn’t block", "doesn't block", "doesn’t block"},
		{"apostrophe left out", "It doesn't block", "doesnt block", "doesn't block"},
		{"possessive", "the threads' stacks", "threads stacks", "threads' stacks"},
		{"hyphen", "A write-ahead log", "write ahead log", "write-ahead log"},
		{"code", "call wg.Add(1) before", "wg.Add(1)", "wg.Add(1"},
		{"repeated words", "a b a c", "a c", "a c"},
		{"decomposed", "un cafe\u0301 noir", "café noir", "cafe\u0301 noir"},
		{"full width", "ＭＵＴＥＸ locks", "mutex locks", "ＭＵＴＥＸ locks"},
		{"sigma", "ΟΔΟΣ", "οδος", "ΟΔΟΣ"},
		{"Han", "使用互斥锁保护", "互斥锁", "互斥锁"},
		{"ligature with spaces", "x ﷺ y", "ﷺ Y", "ﷺ y"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start, end, ok := FindQuote(c.answer, c.quote)
			if ok != (c.want != "") || c.answer[start:end] != c.want {
				t.Errorf("got %q %v, want %q", c.answer[start:end], ok, c.want)
			}
		})
	}
}

// found says whether the quote is found in the answer, with the same words at the place given.
func found(answer, quote string) bool {
	start, end, ok := FindQuote(answer, quote)
	return ok && strings.Join(foldedWords(answer[start:end]), " ") == strings.Join(foldedWords(quote), " ")
}

func TestFindQuoteFindsWhatIsThere(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"log", "LOG", "don't", "naïve", "e\u0301", "漢字", "ß", "ﬁn", "i++", ",", " ", "\n", "’", "-", "3.5", "\xff", "ก็"})
	rapid.Check(t, func(t *rapid.T) {
		answer := strings.Join(rapid.SliceOfN(pieces, 1, 40).Draw(t, "pieces"), "")
		words := wordSpans(answer)
		if len(words) == 0 {
			return
		}
		i := rapid.IntRange(0, len(words)-1).Draw(t, "first")
		j := rapid.IntRange(i, len(words)-1).Draw(t, "last")
		quote := answer[words[i].Start:words[j].End]
		for _, q := range []string{quote, strings.ToUpper(quote), "«" + quote + "…»"} {
			if q == strings.ToUpper(quote) && strings.ContainsAny(quote, "ßﬁ") {
				continue // these have no upper case of one character
			}
			if !found(answer, q) {
				t.Fatalf("%q is not found in %q", q, answer)
			}
		}
	})
}

func FuzzFindQuote(f *testing.F) {
	f.Add("The log, \"redo\", is flushed", "log redo")
	f.Fuzz(func(t *testing.T, answer, quote string) {
		start, end, ok := FindQuote(answer, quote)
		if start < 0 || end < start || end > len(answer) || ok == (start == end) {
			t.Fatalf("%d %d %v", start, end, ok)
		}
		if ok && !found(answer, quote) {
			t.Fatalf("%q is not what stands in %q", quote, answer[start:end])
		}
		if len(wordSpans(answer)) > 0 && !found(answer, answer) {
			t.Fatalf("%q is not found in itself", answer)
		}
	})
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int
	}{
		{"", 0},
		{"  \n", 0},
		{"- * …", 0},
		{"A write-ahead log doesn't lose data.", 6},
		{"x = y + 1", 3},
		{"one—two – three", 3},
		{"使用互斥锁 mutex", 6},
		{"ก็", 1},
	} {
		if got := Words(c.in); got != c.want {
			t.Errorf("Words(%q) = %d, want %d", c.in, got, c.want)
		}
	}
}
