package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// sheet draws a question with everything said on it and everything thought of
// it: in the interlude, and when it is opened in a report.
type sheet struct {
	*look
	q      session.QuestionReport
	at     int // the point under the cursor, -1 for none
	w      int
	asked  int // the lines of the question itself
	lines  []string
	points [][2]int // of each point: its first line and the one behind its last
}

func (s *sheet) add(lines ...string) { s.lines = append(s.lines, lines...) }

func (s *sheet) draw() {
	s.add(s.markdown(s.q.Ask, s.w)...)
	s.asked = len(s.lines)
	s.scores()
	var rest []session.TurnReport
	for _, t := range s.q.Turns {
		if t.Asked.Kind == session.FollowUpTurn {
			rest = append(rest, t)
			continue
		}
		s.add("")
		s.add(s.turnLines("Your answer", t, s.w)...)
	}
	s.reveal()
	s.ideal()
	if len(rest) > 0 {
		s.add("", s.strong.Render("Follow-ups"))
	}
	for i, t := range rest {
		s.add(s.followUpLines(i+1, t)...)
	}
}

// scores are shown when probing changed them; the last one stands in the head.
func (s *sheet) scores() {
	r := s.q.Result
	if r.Final.Judged && r.Unprompted.Judged && rounded(r.Unprompted.Value) != rounded(r.Final.Value) {
		s.add("", s.mutedStyle.Render(strings.Join([]string{
			"unprompted " + s.scoreRange(r.Unprompted.Value, r.Unprompted.Upper),
			"after probing " + s.scoreRange(r.Final.Value, r.Final.Upper),
		}, s.sep)))
	}
}

// reveal is every point with its verdict, then the misconceptions.
func (s *sheet) reveal() {
	r := s.q.Reveal
	if r == nil {
		return
	}
	title := "Key points"
	if len(r.Points) > 0 && len(r.Points[0].Anchors) > 0 {
		title = "What was heard"
	}
	s.add("", s.strong.Render(title))
	for i, p := range r.Points {
		s.point(i, p, s.pointLines(p, s.w-2))
	}
	for i, p := range r.Misconceptions {
		s.point(len(r.Points)+i, p, s.heldLines(p, s.w-2))
	}
	if len(r.Own) > 0 {
		s.add("", s.strong.Render("Beyond the score"))
	}
	for _, p := range r.Own {
		s.add(indent("  ", s.pointLines(p, s.w-2))...)
	}
	for _, d := range report.Doubts(s.q) {
		s.add("")
		s.add(wrapText(s.w, d, &s.weakStyle)...)
	}
	if f := feedback(r.Feedback); f != "" {
		s.add("")
		s.add(wrapText(s.w, f, nil)...)
	}
}

// point sets a point down with what the candidate thinks of its verdict.
func (s *sheet) point(i int, p session.RevealedPoint, lines []string) {
	from := len(s.lines)
	s.add(indent(s.pointer(i == s.at), lines)...)
	for _, m := range s.q.Marks {
		if m.Point == p.ID {
			s.add("      " + s.ownMark(m.Status))
		}
	}
	for _, d := range s.q.Disputes {
		if d.Point == p.ID {
			s.add(indent("      ", wrap(s.w-6, span{"disputed: ", &s.accentStyle}, span{s.quote(d.Reason), nil}))...)
		}
	}
	s.points = append(s.points, [2]int{from, len(s.lines)})
}

// ownMark is the candidate's own verdict, never to be taken for the first.
func (k *look) ownMark(status rubric.Status) string {
	return k.accentStyle.Render("you: ") + k.mark(rubric.Verdict{Status: status}) + " " + report.Line(string(status))
}

func (s *sheet) ideal() {
	r := s.q.Reveal
	if r == nil {
		return
	}
	if strings.TrimSpace(r.Ideal) != "" {
		s.add("", s.strong.Render("An ideal answer"))
		s.add(s.markdown(r.Ideal, s.w)...)
	}
	s.add(s.referenceLines(r.References, s.w)...)
}

// turnLines are an answer, how long it took, and what it is worth so far.
func (s *sheet) turnLines(title string, t session.TurnReport, w int) []string {
	head := wrap(w, span{title, &s.strong}, span{"  " + s.aboutTurn(t), &s.mutedStyle})
	switch {
	case t.Skipped:
		return append(head, s.mutedStyle.Render("skipped"))
	case !t.Answered:
		return append(head, s.mutedStyle.Render("not answered"))
	}
	return append(head, s.answerLines(t.Answer, t.Asked.Turn, evidenceOf(s.q.Reveal), nil, w)...)
}

func (s *sheet) aboutTurn(t session.TurnReport) string {
	var about []string
	if t.Took > 0 {
		about = append(about, mmss(t.Took))
	}
	if n := len(t.HintsGiven); n > 0 {
		about = append(about, report.Count(n, "hint"))
	}
	if e := t.Evaluation; e != nil {
		about = append(about, report.Line(e.By.String()))
		if e.Score != nil && e.Score.Judged {
			about = append(about, "score "+s.scoreRange(e.Score.Value, e.Score.Upper))
		}
	}
	return strings.Join(about, s.sep)
}

// followUpLines hang a follow-up on its thread.
func (s *sheet) followUpLines(n int, t session.TurnReport) []string {
	lead := fmt.Sprintf("%s %d  ", s.glyphs.thread, n)
	at := len([]rune(lead))
	out := indent(s.accentStyle.Render(lead), s.markdown(t.Asked.Ask, s.w-at))
	return append(out, indent(strings.Repeat(" ", at), s.turnLines("You", t, s.w-at))...)
}

// targets are the points of a question that a mark or a dispute can name.
func targets(r *session.Reveal) []session.RevealedPoint {
	if r == nil {
		return nil
	}
	return slices.Concat(r.Points, r.Misconceptions)
}
