package convert_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/convert"
	"github.com/elios/elios/internal/bank/lint"
	"github.com/elios/elios/internal/builtin"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestLists imports a list in each form that public lists come in. The golden file beside it says
// which questions it has and what was left.
func TestLists(t *testing.T) {
	files, err := filepath.Glob("testdata/lists/*.*")
	if err != nil || len(files) < 9 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			r := importFile(t, file)
			got := []byte(described(r))
			golden := filepath.Join("testdata", "golden", filepath.Base(file)+".txt")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || string(want) != string(got) {
				t.Errorf("%s (%v); -update writes it anew\n%s", golden, err, got)
			}
		})
	}
}

// onlyAuthors are the rules of lint that no list can meet: what they ask for is an author's to write.
var onlyAuthors = map[string]bool{"no-license": true, "no-probe": true, "no-say": true, "untested": true, "placeholder": true}

// TestListsPassLint holds that an import leaves an author nothing to mend, only to add.
func TestListsPassLint(t *testing.T) {
	files, _ := filepath.Glob("testdata/lists/*.*")
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			r := importFile(t, file)
			files, err := convert.YAML(r.Bank)
			if err != nil || len(files) != 1 {
				t.Fatal(len(files), err)
			}
			b, at, err := bank.ParsePlaced("bank.yaml", files[0].Data)
			if err != nil {
				t.Fatal(err)
			}
			found, err := lint.Check(t.Context(), b, at, builtin.New())
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				if !onlyAuthors[f.Rule] {
					t.Errorf("%+v", f)
				}
			}
		})
	}
}

func importFile(t testing.TB, file string) *convert.Result {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return importData(t, formatFor(t, file), filepath.Base(file), data)
}

func formatFor(t testing.TB, file string) convert.Format {
	t.Helper()
	for _, f := range convert.Formats() {
		if f.Reads(file) {
			return f
		}
	}
	t.Fatal("no format for", file)
	return convert.Format{}
}

func importData(t testing.TB, f convert.Format, name string, data []byte) *convert.Result {
	t.Helper()
	list, err := f.Decode(name, data)
	if err != nil {
		t.Fatal(err)
	}
	r := convert.Build([]convert.List{list}, convert.Options{ID: "list", Title: "List"})
	if err := r.Settle(t.Context(), builtin.New()); err != nil {
		t.Fatal(err)
	}
	return &r
}

// described is what an import came to, in lines that are easy to compare.
func described(r *convert.Result) string {
	var b strings.Builder
	for i := range r.Bank.Questions {
		q := &r.Bank.Questions[i]
		fmt.Fprintf(&b, "%s | %s | level %d | tags %v\n  ask: %s\n", q.ID, q.Topic, q.Level, q.Tags, words(q.Ask))
		for _, k := range q.KeyPoints {
			fmt.Fprintf(&b, "  point: %s\n", k.Point)
		}
		for _, l := range q.References {
			fmt.Fprintf(&b, "  reference: %s\n", l.URL)
		}
	}
	rep := r.Report
	fmt.Fprintf(&b, "read %d, with points %d, from answer %d, without answer %d, code only %d, duplicates %d, empty %d\n",
		rep.Read, rep.WithPoints, rep.FromAnswer, rep.WithoutAnswer, rep.CodeOnly, rep.Duplicates, rep.Empty)
	for _, s := range rep.Sums() {
		fmt.Fprintf(&b, "%d %s\n", s.Count, s.Kind)
	}
	return b.String()
}

// longList is a list of n numbered questions with answers, banners and links back.
func longList(n int) []byte {
	var b strings.Builder
	b.WriteString("# Long\n\n| No. | Questions |\n| --- | --- |\n")
	for i := range n {
		fmt.Fprintf(&b, "| %d | [What does part %d of the pump do?](#part-%d) |\n", i+1, i, i)
	}
	for i := range n {
		fmt.Fprintf(&b, "\n%d. ### What does part %d of the pump do?\n\n    Part %d moves water from basin %d into the next one. It stops when valve %d is shut.\n\n    **[⬆ Back to Top](#long)**\n",
			i+1, i, i, i, i*7)
	}
	return []byte(b.String())
}

// TestLongList imports three thousand questions; none is lost and no line of the table is one.
func TestLongList(t *testing.T) {
	f, _ := convert.FormatOf("markdown")
	r := importData(t, f, "long.md", longList(3000))
	if r.Report.Read != 3000 || len(r.Bank.Questions) != 3000 {
		t.Errorf("%d read, %d taken", r.Report.Read, len(r.Bank.Questions))
	}
}

// BenchmarkLongList prints the time of an import of three thousand questions, built and settled.
func BenchmarkLongList(b *testing.B) {
	f, _ := convert.FormatOf("markdown")
	data := longList(3000)
	for b.Loop() {
		begun := time.Now()
		importData(b, f, "long.md", data)
		b.ReportMetric(3000/time.Since(begun).Seconds(), "questions/s")
	}
}

// FuzzLists reads anything in every format: no panic, and what comes out is clean and can be
// exported and read again.
func FuzzLists(f *testing.F) {
	files, _ := filepath.Glob("testdata/lists/*.*")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range convert.Formats() {
			list, err := format.Decode("list", data)
			if err != nil {
				continue
			}
			r := convert.Build([]convert.List{list}, convert.Options{ID: "list", Title: "List"})
			if got := r.Report.Taken(); got != len(r.Bank.Questions) {
				t.Errorf("%s: %d taken, %d in the bank", format.Name, got, len(r.Bank.Questions))
			}
			for i := range r.Bank.Questions {
				if q := &r.Bank.Questions[i]; strings.TrimSpace(q.Ask) == "" || strings.ContainsAny(q.Ask, "\x00\x1b") {
					t.Errorf("%s: %q", format.Name, q.Ask)
				}
			}
		}
	})
}
