package report

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/elios/elios/internal/session"
)

//go:embed page
var pageFS embed.FS

// page is the template with its style sheet. Everything else in it is text,
// which html/template escapes: no markup is ever made from strings.
var page = template.Must(template.New("page.tmpl").ParseFS(pageFS, "page/*.tmpl"))

// styleSheet is ours, so it may go into the page as it is.
var styleSheet = func() template.CSS {
	css, err := pageFS.ReadFile("page/page.css")
	if err != nil {
		panic(err) // it is embedded
	}
	return template.CSS(css)
}()

// HTML writes the report as one page that needs nothing beside it: no script,
// no picture, no font. The only errors are the writer's.
func HTML(w io.Writer, r session.Report, about About) error {
	var b bytes.Buffer
	if err := page.Execute(&b, pageOf(r, about)); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// pageView is what the template shows. Nothing in it is escaped, everything is
// cleaned.
type pageView struct {
	Style      template.CSS
	Bank       string
	Disclaimer string
	Redacted   bool
	Header     []fact
	Score      scoreView
	Result     []fact
	Topics     []topicView
	Learn      []lessonView
	Questions  []questionView
	Missing    []string
	Provenance []fact
}

// scoreView is a score and its bar; without one Number is "".
type scoreView struct {
	Number, Band, Text string
	Bar                barView
}

// barView is a bar from 0 to 100 in which the part up to Value is full and the
// part to Upper open. Tick is where the main answers alone stand, "" for none.
type barView struct{ Value, Range, Tick, Text string }

type topicView struct {
	Name, Score, Questions string
	Bar                    barView
}

type lessonView struct {
	Text     []run
	Gain     string
	Question int
}

func pageOf(r session.Report, about About) pageView {
	v := pageView{
		Style: styleSheet, Bank: bankText(r.Interview.Bank), Disclaimer: Disclaimer, Redacted: r.Redacted,
		Header: header(r, written)[1:], Score: scoreOf(r), Result: result(r, written)[1:],
		Missing: notAssessed(r), Provenance: provenance(r, about),
	}
	for _, t := range r.Topics {
		v.Topics = append(v.Topics, topicView{Line(t.Topic), Whole(t.Score), Count(t.Judged, "question"), bar(t.Score, t.Score)})
	}
	for _, l := range r.Learn {
		v.Learn = append(v.Learn, lessonView{codeRuns(l.Text), Gain(l.Gain), l.Question})
	}
	for _, q := range r.Questions {
		v.Questions = append(v.Questions, questionOf(q))
	}
	return v
}

func scoreOf(r session.Report) scoreView {
	v := scoreView{Text: scoreText(r, written)}
	if r.Judged == 0 {
		return v
	}
	v.Number, v.Band = Score(r.Score, r.Upper), Line(string(r.Band))
	v.Bar = bar(r.Score, r.Upper)
	v.Bar.Tick = percent(r.Unprompted)
	v.Bar.Text += ", unprompted " + Whole(r.Unprompted)
	return v
}

// bar draws a score with its range.
func bar(value, upper float64) barView {
	return barView{Value: percent(value), Range: percent(max(0, upper-value)), Text: Score(value, upper) + " of 100"}
}

// percent is a place on a bar of 100.
func percent(v float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", max(0, min(100, v))), ".0")
}
