package conformance

import (
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// exams are interviews that tell nothing before their end.
var exams = []Check{
	{Name: "exam/hint", Says: "ask for a hint (not in an exam)", run: func(p *probe) {
		l, _ := p.begun(wire.Create{Mode: session.Exam})
		q := into[session.QuestionAsked](l.happened(session.EvQuestion))
		want(q.Hints == 0, "the question of an exam offers %d hints", q.Hints)
		l.refused(wire.CodeInvalidState, string(session.CmdHint), "h", nil)
		want(l.count(session.EvHint) == 0, "a hint came in an exam")
	}},
	{Name: "exam/silent", Says: "in an exam nothing before completed", run: func(p *probe) {
		l, id := p.begun(wire.Create{Mode: session.Exam, Count: few(2), FollowUps: few(0)})
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		j := into[session.Judged](l.judged(session.EvEvaluation))
		want(j.Score == nil && len(j.Met) == 0 && j.Feedback == "" && j.Open == 0, "an evaluation of an exam tells what it is worth")
		q, _ := l.event(4, p.t.Patience, session.EvQuestion)
		over := into[session.QuestionOver](l.happened(session.EvQuestionOver))
		want(over.Reveal == nil && over.Result == nil, "question_over of an exam tells what is withheld")
		_, w := p.follow(id, l.last())
		want(len(w.Snapshot.Over) == 1 && w.Snapshot.Over[0].Reveal == nil, "the snapshot of an exam tells what is withheld")
		l.refused(wire.CodeInvalidState, string(session.CmdMark), "m", session.Mark{Question: 1, Point: "x", Status: rubric.Met})
		for _, m := range l.other {
			silent(m)
		}
		l.acked(string(session.CmdSkip), "s", session.Skip{Turn: into[session.QuestionAsked](q).Turn})
		done := into[session.Completed](l.judged(session.EvCompleted))
		want(len(done.Over) == 2 && done.Over[0].Reveal != nil && done.Over[1].Result != nil, "the end of an exam does not tell what was withheld")
		first := into[session.QuestionAsked](l.happened(session.EvQuestion))
		for _, s := range openSecrets(first.Ask, done.Over[0].Reveal, nil) {
			for _, m := range l.seen[:len(l.seen)-1] {
				s.kept(m.Type+" of an exam", m.Data)
			}
		}
	}},
	{Name: "exam/report", Says: "of an exam once it is complete (else 409)", run: func(p *probe) {
		l, id := p.begun(wire.Create{Mode: session.Exam, Count: few(1)})
		p.request("GET", "/v1/interviews/"+id+"/report", "", nil).problem(409, wire.CodeInvalidState)
		l.acked(string(session.CmdEnd), "e", nil)
		p.request("GET", "/v1/interviews/"+id+"/report", "", nil).is(200, "Report")
	}},
}

// silent wants a message of a running exam to tell nothing of an evaluation.
func silent(m wire.Message) {
	if m.Type == wire.TypePartial {
		got := into[wire.Partial](m)
		want(len(got.Met) == 0 && got.Feedback == "", "a partial result of an exam tells what is known")
	}
}
