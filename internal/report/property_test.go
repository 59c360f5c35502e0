package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// drawn is a report with random verdicts on points of their own names.
func drawn(t *rapid.T) session.Report {
	r := session.Report{Interview: session.Summary{ID: "iv", Bank: session.BankRef{ID: "b", Version: "1.0.0"}, Mode: session.Practice, CreatedAt: day}}
	point := func(name string) session.RevealedPoint {
		status := rapid.SampledFrom([]rubric.Status{rubric.Met, rubric.Partial, rubric.Missed, rubric.Contradicted, rubric.CannotAssess}).Draw(t, name)
		return session.RevealedPoint{ID: name, Text: "says " + name, Verdict: rubric.Verdict{Point: name, Status: status}}
	}
	for q := 1; q <= rapid.IntRange(0, 4).Draw(t, "questions"); q++ {
		reveal := &session.Reveal{}
		for p := range rapid.IntRange(0, 5).Draw(t, "points") {
			reveal.Points = append(reveal.Points, point(fmt.Sprintf("point-%d-%d-x", q, p)))
		}
		for p := range rapid.IntRange(0, 2).Draw(t, "own") {
			reveal.Own = append(reveal.Own, point(fmt.Sprintf("own-%d-%d-x", q, p)))
		}
		r.Questions = append(r.Questions, session.QuestionReport{
			Number: q, ID: fmt.Sprintf("q%d", q), Type: rubric.Open, Reveal: reveal, Result: session.Result{Question: q, Over: true},
			Turns: []session.TurnReport{answered(asked(q, q, session.MainTurn, "Why?"), "So.", session.EvaluatorInfo{Name: builtinName}, 0)},
		})
	}
	return r
}

// unitWith is the part of a report that speaks of one point: a row or a line.
func unitWith(format, out, point string) string {
	between := "\n"
	if format == "html" {
		between = "<tr"
	}
	for _, unit := range strings.Split(out, between) {
		if strings.Contains(unit, point) {
			return unit
		}
	}
	return ""
}

func TestEveryVerdictIsInEveryFormat(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := drawn(rt)
		for _, f := range Formats() {
			out := render(t, r, f)
			if f == "json" {
				var back session.Report
				if err := json.Unmarshal([]byte(out), &back); err != nil {
					rt.Fatal(err)
				}
				out = fmt.Sprint(verdictsOf(back))
				if want := fmt.Sprint(verdictsOf(r)); out != want {
					rt.Fatalf("json: got %s, want %s", out, want)
				}
				continue
			}
			for point, status := range verdictsOf(r) {
				word := Word(status)
				if f == "csv" {
					word = string(status)
				}
				if unit := unitWith(f, out, "says "+point); !strings.Contains(unit, word) {
					rt.Fatalf("%s: %s is %s, but it says %q", f, point, word, unit)
				}
			}
		}
	})
}

func verdictsOf(r session.Report) map[string]rubric.Status {
	out := map[string]rubric.Status{}
	for _, q := range r.Questions {
		for _, list := range [][]session.RevealedPoint{q.Reveal.Points, q.Reveal.Own} {
			for _, p := range list {
				out[p.ID] = p.Verdict.Status
			}
		}
	}
	return out
}

func TestTheSameReportGivesTheSameBytes(t *testing.T) {
	for _, f := range Formats() {
		first := render(t, sample(), f)
		if again := render(t, sample(), f); again != first {
			t.Errorf("%s differs from itself", f)
		}
	}
}

// BenchmarkWrite renders an interview of twenty questions.
func BenchmarkWrite(b *testing.B) {
	r := sample()
	for len(r.Questions) < 20 {
		r.Questions = append(r.Questions, r.Questions[:2]...)
	}
	for _, f := range Formats() {
		b.Run(f, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				render(b, r, f)
			}
		})
	}
}
