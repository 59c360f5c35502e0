package conformance

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// telling is what a candidate learns, and when; and what they may say of it.
var telling = []Check{
	{Name: "tell/open-points", Says: "of points that are still open only how many there are", run: func(p *probe) {
		over, id := p.overAndDone()
		l, again := p.begun(wire.Create{Again: &session.Link{Interview: id, Question: 1}})
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.judged(session.EvEvaluation)
		q := into[session.QuestionAsked](l.happened(session.EvQuestion))
		j := into[session.Judged](l.happened(session.EvEvaluation))
		_, w := p.follow(again, 0)
		for _, o := range openSecrets(q.Ask, over.Reveal, j.Met) {
			for _, m := range slices.Concat(l.seen, l.other) {
				if m.Type == string(session.EvQuestionOver) || m.Type == string(session.EvCompleted) {
					break // from here on all of it is told
				}
				o.kept(m.Type, m.Data)
			}
			if len(w.Snapshot.Over) == 0 {
				o.kept("the snapshot", asBytes(w.Snapshot))
			}
		}
	}},
	{Name: "tell/question-over", Says: "until question_over tells all of it", run: func(p *probe) {
		over, _ := p.overAndDone()
		want(len(over.Reveal.Points) > 0 && over.Reveal.Points[0].Text != "", "question_over shows no points")
		for _, point := range over.Reveal.Points {
			want(point.Verdict.Status != "" || point.Verdict.Level != nil, "the point %s has no verdict", point.ID)
		}
		want(over.Result.Final.Value >= 0 && over.Result.Final.Value <= 100, "the question's score is %g", over.Result.Final.Value)
	}},
	{Name: "tell/evidence", Says: "Evidence is the bytes start to end of the answer to a turn, which quote repeats", run: func(p *probe) {
		over, id := p.overAndDone()
		l, _ := p.begun(wire.Create{Again: &session.Link{Interview: id, Question: 1}})
		answer := "Köln, ” — " + over.Reveal.Ideal // bytes are not characters
		for _, point := range over.Reveal.Points {
			answer += "\nAs to " + point.ID + ": " + point.Text + " " + point.Say
		}
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: answer})
		j := into[session.Judged](l.judged(session.EvEvaluation))
		text := into[session.AnswerAccepted](l.happened(session.EvAnswerAccepted)).Text
		want(j.Turn == 1 && j.Question == 1, "the evaluation is of turn %d, question %d", j.Turn, j.Question)
		want(j.Score != nil && j.Score.Value >= 0 && j.Score.Value <= 100 && j.Score.Upper >= j.Score.Value, "the evaluation has no score from 0 to 100")
		want(j.By.Name != "", "the evaluation does not say who judged")
		points(j.Met, text)
		for _, m := range l.other {
			if m.Type == wire.TypePartial {
				points(into[wire.Partial](m).Met, text)
			}
		}
	}},
	{Name: "tell/progress", Says: "How far the evaluation of a turn is", run: func(p *probe) {
		l, _ := p.begun(wire.Create{Count: few(1), FollowUps: few(0)})
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.judged(session.EvEvaluation)
		done := 0
		for _, m := range l.other { // they may be dropped, but not be wrong
			switch m.Type {
			case wire.TypePartial:
				want(into[wire.Partial](m).Turn == 1, "a partial result is of turn %d", into[wire.Partial](m).Turn)
			case wire.TypeEvaluating:
				e := into[wire.Evaluating](m)
				want(e.Turn == 1, "an evaluation of turn %d goes on, and turn 1 was answered", e.Turn)
				want(slices.Contains([]string{"queued", "loading", "judging", "ready"}, e.Phase), "the phase is %q", e.Phase)
				want(e.Done >= done && e.Done <= e.Of, "%d of %d points are judged, and it were %d before", e.Done, e.Of, done)
				done = e.Done
			}
		}
	}},
	{Name: "tell/mark", Says: "one's own verdict (met, partial, missed)", run: func(p *probe) {
		l, _ := p.begun(wire.Create{Count: few(2)})
		l.refused(wire.CodeInvalidState, string(session.CmdMark), "early", session.Mark{Question: 1, Point: "x", Status: rubric.Met})
		point := l.skipped()
		mark := func(status rubric.Status, id string) wire.Ack {
			return l.acked(string(session.CmdMark), id, session.Mark{Question: 1, Point: point, Status: status})
		}
		mark(rubric.Partial, "m1")
		m := into[session.Marked](l.happened(session.EvMarked))
		want(m.Question == 1 && m.Point == point && m.Status == rubric.Partial, "marked names question %d, point %s, %s", m.Question, m.Point, m.Status)
		l.refused(wire.CodeNotFound, string(session.CmdMark), "m2", session.Mark{Question: 1, Point: "no such point", Status: rubric.Met})
		l.refused(wire.CodeNotFound, string(session.CmdMark), "m3", session.Mark{Question: 9, Point: point, Status: rubric.Met})
		l.refused(wire.CodeBadMessage, string(session.CmdMark), "m4", session.Mark{Question: 1, Point: point, Status: rubric.Contradicted})
		l.acked(string(session.CmdEnd), "e", nil)
		l.happened(session.EvCompleted)
		l.reaches(mark(rubric.Met, "m5").Seq) // also after the end
		want(l.count(session.EvMarked) == 2, "two marks were taken, and %d are events", l.count(session.EvMarked))
	}},
	{Name: "tell/dispute", Says: "an objection. Neither changes the score", run: func(p *probe) {
		l, id := p.begun(wire.Create{Count: few(1)})
		l.refused(wire.CodeInvalidState, string(session.CmdDispute), "early", session.Dispute{Question: 1, Point: "x", Reason: "y"})
		point := l.skipped()
		score := into[session.Completed](l.happened(session.EvCompleted)).Score
		l.acked(string(session.CmdMark), "m", session.Mark{Question: 1, Point: point, Status: rubric.Met})
		l.acked(string(session.CmdDispute), "d1", session.Dispute{Question: 1, Point: point, Reason: "I said so in other words."})
		d := into[session.Disputed](l.happened(session.EvDisputed))
		want(d.Question == 1 && d.Point == point && d.Reason == "I said so in other words.", "disputed names question %d, point %s, %q", d.Question, d.Point, d.Reason)
		l.refused(wire.CodeBadMessage, string(session.CmdDispute), "d2", session.Dispute{Question: 1, Point: point, Reason: " "})
		l.refused(wire.CodeNotFound, string(session.CmdDispute), "d3", session.Dispute{Question: 1, Point: "no such point", Reason: "x"})
		_, w := p.follow(id, l.last())
		want(len(w.Snapshot.Marks) == 1 && len(w.Snapshot.Disputes) == 1, "the snapshot has %d marks and %d disputes, and one of each was made", len(w.Snapshot.Marks), len(w.Snapshot.Disputes))
		want(w.Snapshot.Completed != nil && w.Snapshot.Completed.Score == score, "a mark or a dispute changed the score")
	}},
}

// overAndDone has a question over by skipping it, and gives what is told of it.
func (p *probe) overAndDone() (session.QuestionOver, string) {
	l, id := p.begun(wire.Create{Count: few(1)})
	l.acked(string(session.CmdSkip), "s", session.Skip{Turn: 1})
	over := into[session.QuestionOver](l.happened(session.EvQuestionOver))
	want(over.Reveal != nil && over.Result != nil, "question_over does not tell all of it")
	l.happened(session.EvCompleted)
	return over, id
}

// skipped skips the first question and gives the id of one of its points.
func (l *line) skipped() string {
	l.acked(string(session.CmdSkip), "s", session.Skip{Turn: 1})
	over := into[session.QuestionOver](l.happened(session.EvQuestionOver))
	want(over.Reveal != nil && len(over.Reveal.Points) > 0, "question_over shows no points")
	return over.Reveal.Points[0].ID
}

// points looks at what was met and where.
func points(met []session.MetPoint, answer string) {
	for _, m := range met {
		want(m.Status == rubric.Met || m.Status == rubric.Partial, "the point %s among those met is %s", m.Point, m.Status)
		want(len(m.Evidence) > 0, "the point %s is met without evidence", m.Point)
		for _, e := range m.Evidence {
			good := e.Answer == 1 && e.Start >= 0 && e.Start < e.End && e.End <= len(answer)
			want(good, "the evidence of %s is bytes %d to %d of the answer to turn %d, which has %d", m.Point, e.Start, e.End, e.Answer, len(answer))
			want(e.Quote == "" || e.Quote == answer[e.Start:e.End], "the evidence of %s quotes %q, and bytes %d to %d are %q", m.Point, e.Quote, e.Start, e.End, answer[e.Start:e.End])
		}
	}
}

func asBytes(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Errorf("encode: %w", err))
	}
	return b
}
