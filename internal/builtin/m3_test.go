package builtin

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/text"
)

// vector is one line of a file of expected values, written by the Python reference implementation.
type vector struct {
	ID             string     `json:"id"`
	Question       string     `json:"question"`
	Reference      string     `json:"reference"`
	Answer         string     `json:"answer"`
	TokensAnswer   []string   `json:"tokens_answer"`
	StemsQuestion  []string   `json:"stems_question"`
	StemsReference []string   `json:"stems_reference"`
	StemsAnswer    []string   `json:"stems_answer"`
	KeyPoints      [][]string `json:"keypoints"`
	Parts          struct {
		AlignF1   float64   `json:"align_f1_idf"`
		New20     float64   `json:"new20"`
		Char3     float64   `json:"char3_containment"`
		KeyPoint  float64   `json:"keypoint_mean"`
		KeyPoints []float64 `json:"keypoints"`
	} `json:"parts"`
	M3         float64 `json:"m3"`
	Calibrated float64 `json:"calibrated"`
}

func readVectors(tb testing.TB, path string) []vector {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var out []vector
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			tb.Fatal(err)
		}
		out = append(out, v)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return out
}

func compareVectors(t *testing.T, path string) {
	t.Helper()
	vectors := readVectors(t, path)
	if len(vectors) < 30 {
		t.Fatalf("only %d vectors in %s", len(vectors), path)
	}
	for _, v := range vectors {
		t.Run(v.ID, func(t *testing.T) { compareVector(t, v) })
	}
}

func compareVector(t *testing.T, v vector) {
	stems := func(s string) []string { return text.Content(text.Tokens(s)) }
	equal(t, "tokens of the answer", text.Tokens(v.Answer), v.TokensAnswer)
	equal(t, "stems of the answer", stems(v.Answer), v.StemsAnswer)
	equal(t, "stems of the reference", stems(v.Reference), v.StemsReference)
	question := stems(v.Question)
	slices.Sort(question)
	equal(t, "stems of the question", slices.Compact(question), v.StemsQuestion)
	r := prepareWith(nil, v.Question, v.Reference)
	if len(r.Clauses()) != len(v.KeyPoints) {
		t.Fatalf("clauses: got %v, want %v", r.Clauses(), v.KeyPoints)
	}
	for i, c := range r.Clauses() {
		equal(t, "clause", c.Stems, v.KeyPoints[i])
	}
	p := r.Parts(v.Answer)
	f1 := alignment{recall: p.Recall, precision: p.Precision}.f(1)
	new20 := min(1, math.Log1p(float64(p.New))/math.Log(21))
	near(t, "F1 of the alignment", f1, v.Parts.AlignF1)
	near(t, "new20", new20, v.Parts.New20)
	near(t, "Char3", p.Char3, v.Parts.Char3)
	near(t, "KeyPoints", p.KeyPoints, v.Parts.KeyPoint)
	for i, c := range p.PerPoint {
		near(t, "PerPoint", c, v.Parts.KeyPoints[i])
	}
	near(t, "M3", 0.5*math.Sqrt(f1)*new20+0.25*math.Sqrt(p.Char3)+0.25*math.Sqrt(p.KeyPoints), v.M3)
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// near allows for the six decimals of the files.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-6) {
		t.Errorf("%s: got %.7f, want %.6f", what, got, want)
	}
}

func TestVectors(t *testing.T) { compareVectors(t, "testdata/m3_vectors.jsonl") }

func TestCalibrated(t *testing.T) {
	for _, c := range []struct{ raw, want float64 }{
		{-1, 0}, {0, 0}, {0.05, 0.05}, {0.1, 0.1}, {0.15, 0.2}, {0.35, 0.52}, {0.9, 0.9875}, {1, 1}, {1.5, 1},
	} {
		near(t, "Calibrated", Calibrated(c.raw), c.want)
	}
	for x := 0.0; x < 1; x += 0.001 {
		if Calibrated(x+0.001) < Calibrated(x) {
			t.Fatalf("not monotone at %f", x)
		}
	}
}

func TestBestWithoutReference(t *testing.T) {
	if got := Best("What is a mutex?", nil, "A lock."); got != 0 {
		t.Errorf("got %f, want 0", got)
	}
}

func TestClausesPointIntoTheReference(t *testing.T) {
	reference := "  A mutex guards data, and a waiting thread sleeps;\n- it is released by its owner. "
	var got []string
	for _, c := range Clauses(reference) {
		got = append(got, reference[c.Start:c.End])
	}
	equal(t, "clauses", got, []string{"A mutex guards data", "a waiting thread sleeps", "it is released by its owner"})
}

// A long answer must not stop the program, whatever it is made of.
func TestLongAnswer(t *testing.T) {
	const size = 100_000
	reference := strings.Join(readVectors(t, "testdata/m3_vectors.jsonl")[0].StemsReference, " ")
	for name, unit := range map[string]string{
		"prose":  "The scheduler preempts the running process when its quantum expires and saves its registers. ",
		"letter": "a", "word": "schedulersched ", "digit": "7", "stop": ".", "comma": ", and ", "apostrophe": "n't", "y": "y",
	} {
		long := strings.Repeat(unit, size/len(unit))
		for _, pair := range [][2]string{{reference, long}, {long, reference}, {long, long}} {
			start := time.Now()
			Similarity("How does a scheduler work?", pair[0], pair[1])
			if d := time.Since(start); d > 2*time.Second {
				t.Errorf("%s: %v", name, d)
			}
		}
	}
}
