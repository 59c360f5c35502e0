package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// point is a key point, dimension or misconception as a report shows it.
// Nothing in it is escaped, everything is cleaned.
type point struct {
	Mark, Word string // ✓ and "met", or "level 3 of 5"
	Text       string
	Said       []fact   // where and what: the evidence
	Notes      []string // reason, own mark, dispute, cost
}

// pointWord is what the points of a question are called.
func pointWord(q session.QuestionReport) string {
	if q.Reveal != nil && len(q.Reveal.Points) > 0 && len(q.Reveal.Points[0].Anchors) > 0 {
		return "Dimension"
	}
	return "Key point"
}

// pointsOf lists the points of a question with marks and disputes.
func pointsOf(q session.QuestionReport) []point {
	if q.Reveal == nil {
		return nil
	}
	out := make([]point, 0, len(q.Reveal.Points))
	for _, p := range q.Reveal.Points {
		v := pointOf(q, p)
		v.Notes = append(v.Notes, ownMarks(q, p.ID)...)
		out = append(out, v)
	}
	return out
}

// beyondOf lists the points of stretches, which are not in the score.
func beyondOf(q session.QuestionReport) []point {
	if q.Reveal == nil {
		return nil
	}
	out := make([]point, 0, len(q.Reveal.Own))
	for _, p := range q.Reveal.Own {
		out = append(out, pointOf(q, p))
	}
	return out
}

// misconceptionsOf lists what was believed wrongly, with what it cost.
func misconceptionsOf(q session.QuestionReport) []point {
	if q.Reveal == nil {
		return nil
	}
	out := make([]point, 0, len(q.Reveal.Misconceptions))
	for _, p := range q.Reveal.Misconceptions {
		v := point{Mark: Mark(rubric.Contradicted), Word: "misconception", Text: Line(p.Text), Said: saidIn(q, p.Verdict.Evidence)}
		v.Notes = []string{Cost(p)}
		if p.Verdict.Status != rubric.Contradicted {
			v.Mark, v.Word = Mark(rubric.Met), "misconception withdrawn"
			v.Notes = []string{"A later answer withdraws it, so it costs nothing."}
		}
		out = append(out, v)
	}
	return out
}

// Cost says what a misconception takes off; its weight is the penalty.
func Cost(p session.RevealedPoint) string {
	return fmt.Sprintf("It takes up to %s off the score.", Count(int(math.Round(p.Weight)), "point"))
}

func pointOf(q session.QuestionReport, p session.RevealedPoint) point {
	v := point{Mark: Mark(p.Verdict.Status), Word: VerdictWord(p.Verdict), Text: PointText(p), Said: saidIn(q, p.Verdict.Evidence)}
	if p.Must {
		v.Word += ", a must"
	}
	if q.Result.Unassessed {
		v.Word = strings.Replace(v.Word, Word(p.Verdict.Status), "not judged", 1)
	} else if why := Reason(p.Verdict.Reason); why != "" {
		v.Notes = append(v.Notes, Capital(why)+".")
	}
	if like := anchorText(p); like != "" {
		v.Notes = append(v.Notes, like)
	}
	if p.Verdict.Confidence == rubric.Low {
		v.Notes = append(v.Notes, "The evaluator is not sure of this.")
	}
	return v
}

// anchorText says what the level given looks like, where the bank says it. The
// highest level is the point's own text.
func anchorText(p session.RevealedPoint) string {
	if p.Verdict.Level == nil || *p.Verdict.Level == rubric.MaxLevel {
		return ""
	}
	anchor := Line(p.Anchors[*p.Verdict.Level])
	if anchor == "" {
		return ""
	}
	return fmt.Sprintf("Level %d: %s", *p.Verdict.Level, anchor)
}

// VerdictWord is Word, or for a judged dimension its level: "level 3 of 5".
func VerdictWord(v rubric.Verdict) string {
	if v.Level == nil || v.Status == rubric.CannotAssess {
		return Word(v.Status)
	}
	return fmt.Sprintf("level %d of %d", *v.Level, rubric.MaxLevel)
}

// PointText is a point in the rubric's words as one line; a dimension has its
// id before it, since its text only says what the highest level looks like.
func PointText(p session.RevealedPoint) string {
	if len(p.Anchors) == 0 {
		return Line(p.Text)
	}
	return Line(p.ID) + ": " + Line(p.Text)
}

// saidIn tells each quote and the turn it is from.
func saidIn(q session.QuestionReport, evidence []rubric.Evidence) []fact {
	var out []fact
	for _, e := range evidence {
		if quote := Line(e.Quote); quote != "" {
			out = append(out, fact{turnName(q, e.Answer), quote})
		}
	}
	return out
}

// turnName says where a quote stands: "You said", or "In follow-up 1 you said".
func turnName(q session.QuestionReport, turn int) string {
	n := 0
	for _, t := range q.Turns {
		if t.Asked.Kind == session.FollowUpTurn {
			n++
		}
		if t.Asked.Turn == turn && t.Asked.Kind == session.FollowUpTurn {
			return fmt.Sprintf("In follow-up %d you said", n)
		}
	}
	return "You said"
}

// ownMarks tells the candidate's last mark and every dispute of a point.
func ownMarks(q session.QuestionReport, id string) []string {
	var out []string
	for _, m := range q.Marks {
		if m.Point == id {
			out = []string{"Your own mark: " + Word(m.Status) + ". It is not in the score."}
		}
	}
	for _, d := range q.Disputes {
		if d.Point == id {
			out = append(out, "You dispute this verdict: "+strings.TrimRight(Line(d.Reason), ".")+".")
		}
	}
	return out
}
