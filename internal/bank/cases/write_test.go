package cases

import (
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

var update = flag.Bool("update", false, "write the golden files anew")

// mixed is a report with everything in it: failures, a skipped evaluator,
// warnings, and hostile text in every place that text can come from.
func mixed(tb testing.TB) *Report {
	tb.Helper()
	b := parsed(tb, flow)
	b.Questions[1].Cases = nil
	r, err := Run(tb.Context(), []*bank.Bank{b},
		[]Evaluator{{Evaluator: gullible{}, Name: "gullible"}, {Name: "ollama", Missing: "connection\x1b[31m refused"}},
		different{}, Options{Metamorphic: true, Repeat: 2, PassRate: 1})
	if err != nil {
		tb.Fatal(err)
	}
	r.Elapsed = 1500 * time.Millisecond
	for i := range r.Suites {
		s := &r.Suites[i]
		s.Elapsed = time.Second
		for j := range s.Cases {
			s.Cases[j].Elapsed = time.Millisecond
		}
	}
	against := Compare(NewBaseline(runFlow(tb, []Evaluator{{Evaluator: gullible{}, Name: "gullible"}}, Options{})), r)
	r.Baseline = &against
	c := &r.Suites[0].Cases[2]
	c.Answer = hostile
	c.Mismatches[0].Got = hostile
	c.Outcome.Held = []rubric.Held{{ID: "endless", Evidence: rubric.Evidence{Quote: hostile}}}
	c.Outcome.FollowUps = []FollowUp{{Origin: session.FromModel, Ask: hostile}}
	c.Outcome.Verdicts[0].Evidence[0].Quote = hostile
	return r
}

const hostile = "<script>alert(1)</script> ]]> \x1b]0;title\x07 \x00 \u202e &amp; 'quoted' \"twice\""

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew)\n%s", name, diff)
	}
}

func writtenBy(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var b strings.Builder
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteText(t *testing.T) {
	r := mixed(t)
	golden(t, "strict.txt", writtenBy(t, func(w io.Writer) error { return r.WriteText(w, true) }))
	plain := writtenBy(t, func(w io.Writer) error { return r.WriteText(w, false) })
	if !strings.Contains(plain, "warn  flow#conflict: the question has no case\n") || strings.Contains(plain, "FAIL  flow#conflict: the question") {
		t.Errorf("the warning is not one:\n%s", plain)
	}
	if strings.ContainsAny(plain, "\x1b\x00\x07\u202e") {
		t.Errorf("%q", plain)
	}
}

// What CI servers read: counts that fit, every test with a name and a class.
func TestWriteJUnit(t *testing.T) {
	r := mixed(t)
	got := writtenBy(t, func(w io.Writer) error { return r.WriteJUnit(w, true) })
	golden(t, "strict.xml", got)
	var suites junitSuites
	if err := xml.Unmarshal([]byte(got), &suites); err != nil {
		t.Fatal(err)
	}
	tests, failures := 0, 0
	for _, s := range suites.Suites {
		bad, skipped := 0, 0
		for _, c := range s.Cases {
			if c.Name == "" || c.Class == "" || c.Time == "" || c.Failure != nil && c.Skipped != nil {
				t.Errorf("%+v", c)
			}
			if c.Failure != nil {
				bad++
			}
			if c.Skipped != nil {
				skipped++
			}
		}
		if s.Tests != len(s.Cases) || s.Failures != bad || s.Skipped != skipped {
			t.Errorf("%s: %d tests, %d failures, %d skipped; it has %d, %d and %d", s.Name, s.Tests, s.Failures, s.Skipped, len(s.Cases), bad, skipped)
		}
		tests, failures = tests+len(s.Cases), failures+bad
	}
	if suites.Tests != tests || suites.Failures != failures || failures == 0 {
		t.Errorf("%d tests, %d failures; there are %d and %d", suites.Tests, suites.Failures, tests, failures)
	}
	if strings.ContainsAny(got, "\x1b\x00\x07\u202e") {
		t.Error("hostile text is not cleaned")
	}
}

// The elements and attributes of the schema that CI servers check results by.
func TestJUnitSchema(t *testing.T) {
	allowed := map[string]string{
		"testsuites": "name time tests failures disabled errors",
		"testsuite":  "name tests failures errors time disabled skipped timestamp hostname id package",
		"testcase":   "name assertions time classname status",
		"skipped":    "message type",
		"failure":    "message type",
	}
	r := mixed(t)
	dec := xml.NewDecoder(strings.NewReader(writtenBy(t, func(w io.Writer) error { return r.WriteJUnit(w, true) })))
	seen := map[string]int{}
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		seen[e.Name.Local]++
		for _, a := range e.Attr {
			if !strings.Contains(" "+allowed[e.Name.Local]+" ", " "+a.Name.Local+" ") {
				t.Errorf("<%s %s> is not in the schema", e.Name.Local, a.Name.Local)
			}
		}
	}
	for name := range allowed {
		if seen[name] == 0 {
			t.Errorf("there is no <%s>, so nothing is tested", name)
		}
	}
}

func TestWriteHTML(t *testing.T) {
	r := mixed(t)
	got := writtenBy(t, func(w io.Writer) error { return r.WriteHTML(w, true) })
	for _, bad := range []string{"<script", "\x1b", "\x00", "\u202e", "src=", "href=", "url(", "@import", "javascript:"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q is in the page", bad)
		}
	}
	rows := regexp.MustCompile(`<tr><td>flow#backpressure</td><td>(\w+)</td><td>gullible</td><td class="n">\d+</td><td class="n">\d+</td><td class="n">(\d+)</td>`).FindAllStringSubmatch(got, -1)
	if len(rows) != 3 {
		t.Fatalf("%d points in\n%s", len(rows), got)
	}
	for i := 1; i < len(rows); i++ {
		if a, b := rows[i-1][2], rows[i][2]; len(a) < len(b) || len(a) == len(b) && a < b {
			t.Errorf("%s %% stands before %s %%", a, b)
		}
	}
	for _, want := range []string{
		`<th scope="col">gullible</th><th scope="col">ollama</th>`,
		`<th scope="row">flow#backpressure/ideal</th><td class="good">passed 100, 2/2</td><td class="skip">skipped</td>`,
		`<td class="bad">failed 100, 0/2</td>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestWriteHTMLOfNothing(t *testing.T) {
	got := writtenBy(t, func(w io.Writer) error { return (&Report{}).WriteHTML(w, false) })
	for _, want := range []string{"None.", "No case was run.", "Nothing."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestWriteJSON(t *testing.T) {
	r := mixed(t)
	var got struct {
		Elios  string  `json:"elios"`
		Suites []Suite `json:"suites"`
	}
	if err := json.Unmarshal([]byte(writtenBy(t, r.WriteJSON)), &got); err != nil {
		t.Fatal(err)
	}
	if got.Elios != Format || len(got.Suites) != 2 || len(got.Suites[0].Cases) != 3 || len(got.Suites[0].Checks) < 50 || got.Suites[1].Skipped == "" {
		t.Errorf("%s, %d suites", got.Elios, len(got.Suites))
	}
}

func TestCoverage(t *testing.T) {
	b := parsed(t, strings.Replace(flow, `expect: {score: ">=95", missed: []}`, `expect: {score: ">=95"}`, 1))
	b.Questions[0].Cases = b.Questions[0].Cases[:1]
	got, err := json.Marshal(CoverageOf(b))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"bank":{"id":"flow","title":"Flow control","version":"1.2.0"},"questions":2,"cases":2,"points":4,"untested":3,"topics":[` +
		`{"id":"flow","title":"Flow","levels":[{"level":1,"questions":0,"cases":0},{"level":2,"questions":1,"cases":1},{"level":3,"questions":0,"cases":0},{"level":4,"questions":0,"cases":0},{"level":5,"questions":0,"cases":0}],` +
		`"cases":1,"untested":[{"question":"backpressure","cases":1,"points":["slow","bounded","drop"]}]},` +
		`{"id":"team","title":"Team","levels":[{"level":1,"questions":0,"cases":0},{"level":2,"questions":0,"cases":0},{"level":3,"questions":1,"cases":1},{"level":4,"questions":0,"cases":0},{"level":5,"questions":0,"cases":0}],"cases":1,"untested":[]}]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}
