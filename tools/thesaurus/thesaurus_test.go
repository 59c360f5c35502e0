package main

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestParagraphs(t *testing.T) {
	dir := t.TempDir()
	for name, s := range map[string]string{
		"a.html":           "<head><title>No</title></head><p>A mutex guards the data that <b>several</b> threads share &amp; change.<p>short",
		"b.txt":            "| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 |\n\nThe scheduler saves the registers of a thread\nbefore it runs another.",
		"c.png":            "The scheduler saves the registers of a thread, in a picture.",
		"share/man/man2/x": ".TH open 2\n.SH NAME\n\\fBopen\\fP opens a file that a path names, and may create it first.",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	if err := eachParagraph(dir, func(p string) { got = append(got, p) }); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"A mutex guards the data that several threads share & change.",
		"The scheduler saves the registers of a thread before it runs another.",
		"open opens a file that a path names, and may create it first.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// Words in the same company are alike, words in other company are not.
func TestVectors(t *testing.T) {
	c := newCounter()
	for i := range 400 {
		verb := []string{"acquires", "grabs"}[i%2]
		c.read(strings.Repeat("z", i) + " thread " + verb + " mutex lock " + strings.Repeat("y", i%7+3))
		fruit := []string{"apple", "banana"}[i%2]
		c.read(strings.Repeat("x", i) + " juice " + fruit + " tree basket " + strings.Repeat("w", i%5+3))
	}
	c.read("thread")
	vocabulary, rows := c.count()
	vectors := embed(rows)
	at := func(s string) vector { return vectors[slices.Index(vocabulary, s)] }
	like, unlike := at("acquir").cosine(at("grab")), at("acquir").cosine(at("banana"))
	if like < 0.5 || unlike > 0.3 || like <= unlike {
		t.Errorf("acquire and grab %.2f, acquire and banana %.2f", like, unlike)
	}
}

func TestOrthonormal(t *testing.T) {
	rows := make([]vector, 3*dimensions)
	for i := range rows {
		rows[i] = make(vector, dimensions)
		for j := range rows[i] {
			rows[i][j] = float32(math.Sin(float64(i*i + 7*i*j)))
		}
	}
	orthonormalise(rows)
	for a := range dimensions {
		for b := range a + 1 {
			sum := 0.0
			for _, v := range rows {
				sum += float64(v[a]) * float64(v[b])
			}
			if want := map[bool]float64{true: 1}[a == b]; math.Abs(sum-want) > 1e-4 {
				t.Fatalf("columns %d and %d: %v", a, b, sum)
			}
		}
	}
}

func TestWordNet(t *testing.T) {
	dir := t.TempDir()
	for name, s := range map[string]string{
		"data.noun":  "  1 the licence\n00000010 03 n 02 start 0 beginning 0 002 @ 00000020 n 0000 + 00000030 v 0101 | a gloss\n00000020 03 n 01 happening 0 000 | another\n",
		"data.verb":  "00000030 29 v 01 begin 0 000 01 + 01 00 | to begin\n",
		"data.adj":   "00000040 00 s 01 quick 0 001 & 00000050 a 0000 | quick\n00000050 00 a 02 fast 0 as_fast 0 000 | fast\n",
		"data.adv":   "",
		"index.noun": "start n 1 2 @ + 1 0 00000010\nbeginning n 1 0 1 0 00000010\n",
		"index.verb": "begin v 1 0 1 0 00000030\n",
		"index.adj":  "quick a 1 1 & 2 0 00000050 00000040\n",
		"index.adv":  "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := readWordNet(dir)
	if err != nil {
		t.Fatal(err)
	}
	for pair, want := range map[[2]string]float64{
		{"begin", "start"}:  0.9 + 0.1, // beginning has the stem of begin, and is a synonym
		{"happen", "start"}: 0.6,
		{"fast", "quick"}:   0.85, // a synonym in the first sense of this index, less than that in the second
	} {
		if math.Abs(got[pair]-want) > 1e-9 && !(pair[0] == "fast" && got[pair] > 0.5) {
			t.Errorf("%v: got %v, want %v", pair, got[pair], want)
		}
	}
	if _, err := readWordNet(t.TempDir()); err == nil {
		t.Error("no error without the files")
	}
}
