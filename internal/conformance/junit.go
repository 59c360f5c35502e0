package conformance

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/elios/elios/internal/text"
)

// junitSuite is the form most continuous integration reads.
type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Group   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitFailure `xml:"failure,omitempty"`
	Skipped *junitSkipped `xml:"skipped,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Says    string `xml:",chardata"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

// WriteJUnit writes results as JUnit XML.
func WriteJUnit(w io.Writer, results []Result) error {
	s := junitSuite{Name: "elios.v1", Tests: len(results)}
	var took time.Duration
	for _, r := range results {
		group, name, _ := strings.Cut(r.Name, "/")
		c := junitCase{Group: "elios.v1." + group, Name: name, Time: seconds(r.Took)}
		if r.Err != nil {
			s.Failures++
			c.Failure = &junitFailure{text.Clean(r.Err.Error()), strings.Join(r.lines(false), "\n")}
		}
		if r.Skip != "" {
			s.Skipped++
			c.Skipped = &junitSkipped{text.Clean(r.Skip)}
		}
		took += r.Took
		s.Cases = append(s.Cases, c)
	}
	s.Time = seconds(took)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(s); err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
