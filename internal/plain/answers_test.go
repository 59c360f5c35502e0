package plain

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/elios/elios/internal/session"
)

func readAll(t testing.TB, r io.Reader) ([]string, error) {
	t.Helper()
	a := newAnswers(r)
	var out []string
	for {
		s, err := a.next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		out = append(out, s)
	}
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"only blank lines", "\n \n", nil},
		{"one", "a\n.\n", []string{"a"}},
		{"two of several lines", "a\nb\n.\nc\n\nd\n.\n", []string{"a\nb", "c\n\nd"}},
		{"no last dot", "a\n.\nb", []string{"a", "b"}},
		{"no last line end", "a\n.", []string{"a"}},
		{"empty ones skip", ".\n.\nc\n.\n", []string{"", "", "c"}},
		{"blank after the last dot", "a\n.\n\n  \n", []string{"a"}},
		{"CRLF and BOM", "\ufeffa\r\nb\r\n.\r\nc\r\n.\r\n", []string{"a\nb", "c"}},
		{"a BOM elsewhere stays", "a\n\ufeffb\n.\n", []string{"a\n\ufeffb"}},
		{"white space after the dot", "a\n. \t\nb\n.\n", []string{"a", "b"}},
		{"white space before it", "a\n .\n.\n", []string{"a\n ."}},
		{"escaped dots", "..\n...x\n.x\n.\n", []string{".\n..x\n.x"}},
	} {
		got, err := readAll(t, strings.NewReader(c.in))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %q, %v", c.name, got, err)
		}
		if got, err := readAll(t, iotest.OneByteReader(strings.NewReader(c.in))); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s, byte by byte: got %q, %v", c.name, got, err)
		}
	}
}

func TestAnswersTooLong(t *testing.T) {
	most := strings.Repeat("x", MaxAnswerBytes-1)
	if got, err := readAll(t, strings.NewReader(most+"\n.\n")); err != nil || len(got) != 1 {
		t.Errorf("an answer of the most there may be: %v", err)
	}
	for name, long := range map[string]string{
		"one line":   strings.Repeat("x", 3*MaxAnswerBytes),
		"many lines": strings.Repeat("x\n", MaxAnswerBytes/2+1),
	} {
		_, err := readAll(t, strings.NewReader("a\n.\n"+long+"\n.\n"))
		if session.KindOf(err) != session.TooLong || !strings.Contains(err.Error(), "answer 2") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnswersBrokenReader(t *testing.T) {
	_, err := readAll(t, io.MultiReader(strings.NewReader("a\n.\nb"), iotest.ErrReader(errBroken)))
	if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), "answer 2") {
		t.Errorf("got %v", err)
	}
}

func TestLongLineCanBeReadPast(t *testing.T) {
	l := newLineReader(strings.NewReader(strings.Repeat("x", 2*MaxAnswerBytes) + "\nnext\n"))
	if _, err := l.next(); !errors.Is(err, errLong) {
		t.Fatalf("got %v", err)
	}
	if s, err := l.next(); s != "next" || err != nil {
		t.Fatalf("got %q, %v", s, err)
	}
}

// stuffed writes answers the way the stream is read.
func stuffed(list []string) string {
	var b strings.Builder
	for _, a := range list {
		for l := range strings.SplitSeq(a, "\n") {
			if strings.HasPrefix(l, "..") || isDot(l) {
				l = "." + l
			}
			b.WriteString(l + "\n")
		}
		b.WriteString(".\n")
	}
	return b.String()
}

func FuzzAnswers(f *testing.F) {
	for _, s := range []string{"", "a\n.\nb", "..\n.\n", "\ufeff.\r\n\r\n", ".\n.", "\r\r\n.\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := readAll(t, strings.NewReader(s))
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		for _, a := range got {
			// What a reader takes for the end of a line cannot be written again.
			if strings.Contains(a, "\r") || strings.HasPrefix(a, byteOrderMark) || a == "" {
				return
			}
		}
		again, err := readAll(t, strings.NewReader(stuffed(got)))
		if err != nil || len(got) != len(again) || len(got) > 0 && !reflect.DeepEqual(got, again) {
			t.Fatalf("%q: %q became %q, %v", s, got, again, err)
		}
	})
}
