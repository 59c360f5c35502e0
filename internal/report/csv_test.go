package report

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// table reads a CSV report back, by column.
func table(t *testing.T, s string) []map[string]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(s)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		out = append(out, row)
	}
	return out
}

func TestCSVHasARowForEachVerdict(t *testing.T) {
	rows := table(t, render(t, finished(t, session.Practice), "csv"))
	var got []string
	for _, r := range rows {
		got = append(got, strings.Join([]string{r["question"], r["kind"], r["point"], r["verdict"], r["verdict_level"], r["self_mark"], r["dispute"]}, " "))
	}
	want := []string{
		"1 key_point blocks met   ",
		"1 key_point select partial  met I did say zebraseven.",
		"1 own_point panic met   ",
		"1 misconception panics held   ",
		"2 dimension action partial 2  ",
		"2 dimension result cannot_assess   ",
		"3 key_point blocks missed   ",
		"3 key_point select missed   ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if rows[0]["result"] != "judged" || rows[7]["result"] != "skipped" || rows[0]["hints"] != "1" || rows[4]["evidence"] != "zebrafive decided zebrasix myself" {
		t.Errorf("%v", rows)
	}
}

func TestCSVOfWhatWasNotJudged(t *testing.T) {
	rows := table(t, render(t, cutShort(t), "csv"))
	if len(rows) != 2 || rows[0]["result"] != "unassessed" || rows[0]["score"] != "" || rows[0]["verdict"] != "cannot_assess" {
		t.Errorf("%v", rows)
	}
}

func TestCSVIsAsTheRFCHasIt(t *testing.T) {
	got := render(t, sample(), "csv")
	if n := strings.Count(got, "\r\n"); n != strings.Count(got, "\n") || !strings.HasSuffix(got, "\r\n") {
		t.Error("a line does not end with CR LF")
	}
}

func TestCellsAreNoFormulas(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'=1", "\r=1": "'=1", " \n-x": "'-x",
		"＝1": "'＝1", "a=1": "a=1", "": "", "\x1b[31m=1": "'=1", "'=1": "'=1",
	} {
		if got := Cell(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestHostileCSV(t *testing.T) {
	for _, s := range append(hostile, `=HYPERLINK("http://evil","x")`, "a\",\"=1+1", "\r\n=cmd|' /C calc'!A0", "@x", "+x", "-x") {
		got := render(t, everywhere(s), "csv")
		if c := strings.ReplaceAll(got, "\r\n", "\n"); text.Clean(c) != c {
			t.Errorf("%q: not clean", s)
		}
		for _, row := range table(t, got) {
			for name, c := range row {
				if c != "" && strings.ContainsAny(c[:1], "=+-@\t\r") {
					t.Errorf("%q: %s begins a formula: %q", s, name, c)
				}
				if strings.ContainsAny(c, "\r\n") {
					t.Errorf("%q: %s has several lines", s, name)
				}
			}
		}
	}
}

func TestEveryColumnIsOnThePage(t *testing.T) {
	page, err := os.ReadFile("../../docs/report.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range CSVColumns() {
		if line := "| `" + c[0] + "` | " + c[1] + " |"; !strings.Contains(string(page), line) {
			t.Errorf("docs/report.md lacks %s", line)
		}
	}
}
