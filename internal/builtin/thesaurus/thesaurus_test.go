package thesaurus

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func encode(tb testing.TB, pairs ...Pair) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := Encode(&b, pairs); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// What was encoded is found from both sides, to half a step.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := map[[2]string]float64{}
		var pairs []Pair
		for range rapid.IntRange(0, 30).Draw(t, "pairs") {
			p := []string{rapid.StringMatching(`[a-z]{1,4}`).Draw(t, "a"), rapid.StringMatching(`[a-z]{1,4}`).Draw(t, "b")}
			near := rapid.Float64Range(0.01, 1).Draw(t, "near")
			if p[0] == p[1] {
				continue
			}
			pairs = append(pairs, Pair{p[0], p[1], near})
			slices.Sort(p)
			k := [2]string(p)
			want[k] = max(want[k], near)
		}
		var b bytes.Buffer
		if err := Encode(&b, pairs); err != nil {
			t.Fatal(err)
		}
		table, err := Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		if _, n := table.Size(); n != len(want) {
			t.Fatalf("%d pairs, want %d", n, len(want))
		}
		for k, near := range want {
			for _, got := range []float64{table.Of(k[0], k[1]), table.Of(k[1], k[0])} {
				if math.Abs(got-near) > 0.5/steps+0.01 {
					t.Fatalf("%q: got %v, want %v", k, got, near)
				}
			}
		}
	})
}

func TestEncodeRefuses(t *testing.T) {
	for _, p := range []Pair{{"a", "a", 1}, {"", "a", 1}, {"a\nb", "c", 1}, {"a", "b", 0}, {"a", "b", 1.1}, {"a", "b", math.NaN()}} {
		if err := Encode(&bytes.Buffer{}, []Pair{p}); err == nil {
			t.Errorf("%+v: no error", p)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	whole := encode(t, Pair{"cat", "dog", 0.5}, Pair{"cat", "pet", 0.25})
	for n := range whole {
		if _, err := Decode(bytes.NewReader(whole[:n])); err == nil {
			t.Errorf("%d of %d bytes: no error", n, len(whole))
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(encode(f, Pair{"cat", "dog", 0.5}))
	f.Add(encode(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		table, err := Decode(bytes.NewReader(b))
		if err != nil {
			return
		}
		for _, s := range table.stems {
			for other, near := range table.Near(s) {
				if other == s || near < 0 || near > 1 {
					t.Fatalf("%q near %q: %v", s, other, near)
				}
			}
		}
	})
}

// The embedded table knows words as computing uses them, and keeps apart what only everyday words
// have in common.
func TestDefault(t *testing.T) {
	table := Default()
	stems, pairs := table.Size()
	if stems < 5000 || pairs < 50_000 || len(embedded) > 2<<20 {
		t.Errorf("%d stems, %d pairs, %d bytes", stems, pairs, len(embedded))
	}
	for _, p := range []string{"begin start", "fast speed", "argument paramet", "error fault", "delet remov", "store storag"} {
		if a, b, _ := strings.Cut(p, " "); table.Of(a, b) == 0 {
			t.Errorf("%s: unknown", p)
		}
	}
	for _, p := range []string{"tree lock", "string thread", "anim packet", "nosuchword start"} {
		if a, b, _ := strings.Cut(p, " "); table.Of(a, b) > 0 {
			t.Errorf("%s: %v", p, table.Of(a, b))
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for b.Loop() {
		if _, err := Decode(bytes.NewReader(embedded)); err != nil {
			b.Fatal(err)
		}
	}
}
