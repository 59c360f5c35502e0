package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// shownScores is how many of a trend's scores are printed.
const shownScores = 8

// printTrends prints a line for each bank and topic: scores from the earliest
// to the latest, as numbers and, where the terminal has the glyphs, as a
// sparkline. With a topic only that one's lines are printed.
func printTrends(out io.Writer, list []session.Trend, topic string, sparks bool) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	several := severalMajors(list)
	printed := false
	for _, t := range list {
		if topic != "" && t.Topic != topic {
			continue
		}
		scores := t.Scores()
		scores = scores[max(0, len(scores)-shownScores):]
		spark := ""
		if sparks {
			spark = "\t" + report.Sparkline(scores)
		}
		fmt.Fprintf(w, "%s%s\t%s\t%s\n", trendName(t, several[t.Bank.ID]), spark, scoresText(scores), report.Count(len(t.Points), "interview"))
		printed = true
	}
	if printed {
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// severalMajors are the banks whose name alone does not tell the trend.
func severalMajors(list []session.Trend) map[string]bool {
	majors, several := map[string]string{}, map[string]bool{}
	for _, t := range list {
		if m, ok := majors[t.Bank.ID]; ok && m != t.Major {
			several[t.Bank.ID] = true
		}
		majors[t.Bank.ID] = t.Major
	}
	return several
}

func trendName(t session.Trend, withMajor bool) string {
	if t.Topic != "" {
		return "  " + text.Clean(t.Topic)
	}
	name := text.Clean(t.Bank.Title)
	if withMajor {
		name += " " + t.Major + ".x"
	}
	return name
}

// scoresText is "54 66 78".
func scoresText(scores []float64) string {
	parts := make([]string, len(scores))
	for i, s := range scores {
		parts[i] = fmt.Sprintf("%.0f", math.Round(s))
	}
	return strings.Join(parts, " ")
}
