package tui

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// ago is how long a time is past, in the words of a person.
func ago(t, now time.Time) string {
	d := now.Sub(t)
	switch {
	case t.IsZero():
		return ""
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return fmt.Sprintf("%d days ago", int(d.Hours()/24))
}

// day is when an interview was, to the minute.
func day(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

// mmss is a clock of minutes and seconds.
func mmss(d time.Duration) string {
	s := int(max(d, 0).Round(time.Second) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

// scoreRange is a score as shown: "62", or "62–81" when points could not be
// assessed.
func (k *look) scoreRange(value, upper float64) string {
	return strings.Replace(report.Score(value, upper), "–", k.dash, 1)
}

// scoreText is a score as plain words.
func (k *look) scoreText(s rubric.Score) string {
	if !s.Judged {
		return "not assessed"
	}
	return k.scoreRange(s.Value, s.Upper)
}

// score is a question's score with its colour, or words for having none.
func (k *look) score(s rubric.Score) string {
	if !s.Judged {
		return k.mutedStyle.Render("not assessed")
	}
	return k.bandStyle(s.Band()).Render(k.scoreRange(s.Value, s.Upper))
}

// scoreBand is score with the band's name.
func (k *look) scoreBand(s rubric.Score) string {
	if b := s.Band(); b != rubric.NoBand {
		return k.score(s) + " " + k.bandStyle(b).Render(string(b))
	}
	return k.score(s)
}

// bar draws a share from 0 to 100 in w columns; both parts differ in shape.
func (k *look) bar(value float64, w int) string {
	n := max(0, min(w, int(math.Round(value/100*float64(w)))))
	return k.accentStyle.Render(strings.Repeat(k.full, n)) + k.mutedStyle.Render(strings.Repeat(k.empty, w-n))
}

func (k *look) quote(s string) string { return k.openQuote + report.Line(s) + k.closeQuote }

// explain is an error in words for the status line. Errors of elios are
// written for people; others are named as they are.
func explain(err error) string {
	var e *session.Error
	if errors.As(err, &e) {
		return report.Line(e.Message)
	}
	return report.Line(err.Error())
}

func rounded(v float64) int { return int(math.Round(v)) }
