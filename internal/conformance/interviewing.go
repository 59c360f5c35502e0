package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// interview is an interview from its start to its end.
var interview = []Check{
	{Name: "interview/nowhere", Says: "without it the connection follows no interview until it creates one", run: func(p *probe) {
		l := p.enter()
		for _, kind := range []session.CommandType{session.CmdStart, session.CmdPause, session.CmdEnd} {
			l.refused(wire.CodeInvalidState, string(kind), "s", nil)
		}
		l.refused(wire.CodeInvalidState, wire.TypeDraft, "d", wire.Draft{Turn: 1, Text: "x"})
	}},
	{Name: "interview/whole", Says: "1, 2, 3… without holes", run: wholeInterview},
	{Name: "interview/start", Says: "Begin", run: func(p *probe) {
		l, id := p.makes(wire.Create{Count: few(2)})
		ack := l.acked(string(session.CmdStart), "s", nil)
		l.reaches(ack.Seq)
		var kinds []string
		for _, m := range l.seen {
			kinds = append(kinds, m.Type)
		}
		want(fmt.Sprint(kinds) == "[created started state question]", "after start the events are %v", kinds)
		moved := into[session.StateChanged](l.happened(session.EvState))
		want(moved.From == session.Idle && moved.To == session.Questioning, "start moves from %s to %s", moved.From, moved.To)
		q := into[session.QuestionAsked](l.happened(session.EvQuestion))
		want(q.Turn == 1 && q.Question == 1 && q.Of == 2 && q.Kind == session.MainTurn && q.Ask != "", "the first question is turn %d, question %d of %d, a %s", q.Turn, q.Question, q.Of, q.Kind)
		want(ack.Interview == id && ack.State == session.Questioning && ack.Turn == 1, "the ack says %s, turn %d", ack.State, ack.Turn)
	}},
	{Name: "interview/acks", Says: "seq is the last event of the command, state and turn are those after it", run: func(p *probe) {
		l, _ := p.begun(wire.Create{Count: few(2), FollowUps: few(0)})
		for id, kind := range []session.CommandType{session.CmdPause, session.CmdResume, session.CmdAnswer} {
			var data any
			if kind == session.CmdAnswer {
				data = session.Answer{Turn: 1, Text: said}
			}
			l.isAckOf(kind, l.acked(string(kind), fmt.Sprint("k", id), data))
		}
		q, _ := l.event(4, p.t.Patience, session.EvQuestion)
		l.isAckOf(session.CmdSkip, l.acked(string(session.CmdSkip), "s", session.Skip{Turn: into[session.QuestionAsked](q).Turn}))
	}},
	{Name: "interview/states", Says: "A command that does not fit the state gets an error that names state, command and what is allowed", run: func(p *probe) {
		l, _ := p.makes(wire.Create{})
		l.refuses(session.Idle, session.CmdAnswer, session.Answer{Turn: 1, Text: said})
		l.refuses(session.Idle, session.CmdSkip, session.Skip{Turn: 1})
		for _, kind := range []session.CommandType{session.CmdHint, session.CmdResume, session.CmdRetry, session.CmdUseBuiltin} {
			l.refuses(session.Idle, kind, nil)
		}
		l.acked(string(session.CmdStart), "start", nil)
		l.happened(session.EvQuestion)
		for _, kind := range []session.CommandType{session.CmdStart, session.CmdResume, session.CmdRetry, session.CmdUseBuiltin} {
			l.refuses(session.Questioning, kind, nil)
		}
		l.acked(string(session.CmdPause), "p", nil)
		l.refuses(session.Questioning, session.CmdPause, nil)
		want(l.view().State == session.Questioning, "a refused command moved the interview")
	}},
	{Name: "interview/retry", Says: "When an evaluation has failed: try again", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.refuses(session.Questioning, session.CmdRetry, nil)
		l.refuses(session.Questioning, session.CmdUseBuiltin, nil)
		want(l.count(session.EvRetried)+l.count(session.EvEvaluatorChanged) == 0, "nothing had failed, and it was tried again")
	}},
	{Name: "interview/failed-evaluation", Says: "When an evaluation has failed: try again, or go on with the built-in evaluator", run: failedEvaluation},
	{Name: "interview/use-builtin", Says: "which may be asked for during any evaluation", run: func(p *probe) {
		l, _ := p.begun(wire.Create{Count: few(1), FollowUps: few(0)})
		l.send(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.send(string(session.CmdUseBuiltin), "u", nil) // at once: an evaluation may take no time
		l.isAcked("answer", "a")
		if m := l.answer("u"); m.Type == wire.TypeError {
			want(into[wire.Error](m).Code == wire.CodeInvalidState || into[wire.Error](m).Code == wire.CodeComplete, "use_builtin is refused as %s", into[wire.Error](m).Code)
			skip("the evaluator judged before it could be changed: a slower one is needed, as of elios serve --evaluator simulated:2s")
		}
		by := into[session.EvaluatorChanged](l.happened(session.EvEvaluatorChanged))
		want(by.Turn == 1 && by.To.Name == session.Builtin, "the evaluator changed to %s for turn %d", by.To.Name, by.Turn)
		j := into[session.Judged](l.judged(session.EvEvaluation))
		want(j.By.Name == session.Builtin && l.count(session.EvEvaluation) == 1, "%s judged, after the evaluator was changed to the built-in one", j.By.Name)
	}},
	{Name: "interview/pause", Says: "While the interview is paused no time runs out and no answer is taken", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		l.acked(string(session.CmdPause), "p", nil)
		l.happened(session.EvPaused)
		l.refused(wire.CodePaused, string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.refused(wire.CodePaused, string(session.CmdSkip), "s", session.Skip{Turn: 1})
		l.refused(wire.CodePaused, string(session.CmdHint), "h", nil)
		_, w := p.follow(id, l.last())
		want(w.Snapshot.Paused, "the snapshot does not say that it is paused")
		l.acked(string(session.CmdResume), "r", nil)
		l.happened(session.EvResumed)
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		want(l.count(session.EvAnswerAccepted)+l.count(session.EvSkipped)+l.count(session.EvHint) <= 1, "something was done while it was paused")
	}},
	{Name: "interview/skip", Says: "answer or skip the current turn", run: func(p *probe) {
		l, _ := p.begun(wire.Create{Count: few(2)})
		l.acked(string(session.CmdSkip), "s1", session.Skip{Turn: 1})
		over := into[session.QuestionOver](l.happened(session.EvQuestionOver))
		want(into[session.TurnSkipped](l.happened(session.EvSkipped)).Turn == 1, "skipped names another turn")
		want(over.Question == 1 && over.Reveal != nil && over.Result != nil, "question_over does not tell all of question 1")
		q, _ := l.event(4, soon, session.EvQuestion)
		want(into[session.QuestionAsked](q).Turn == 2, "after turn 1 comes turn %d", into[session.QuestionAsked](q).Turn)
		l.acked(string(session.CmdSkip), "s2", session.Skip{Turn: 2})
		done := into[session.Completed](l.happened(session.EvCompleted))
		want(done.Outcome == session.Finished && done.Questions == 2 && done.Score == 0, "the end of two skipped questions is %s with %g of 100", done.Outcome, done.Score)
	}},
	{Name: "interview/hint", Says: "ask for a hint (not in an exam)", run: hints},
	{Name: "interview/end", Says: "end", run: func(p *probe) {
		idle, _ := p.makes(wire.Create{})
		idle.acked(string(session.CmdEnd), "e", nil)
		asked, _ := p.begun(wire.Create{})
		asked.acked(string(session.CmdEnd), "e", nil)
		for _, l := range []*line{idle, asked} {
			done := into[session.Completed](l.happened(session.EvCompleted))
			want(done.Outcome == session.Ended, "the outcome of an interview that was ended is %s", done.Outcome)
			want(l.view().State == session.Complete, "an interview that was ended is %s", l.view().State)
		}
	}},
	{Name: "interview/too-long", Says: "an answer over 20 000 characters", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.refused(wire.CodeTooLong, string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: strings.Repeat("ä", session.MaxAnswer+1)})
		want(l.count(session.EvAnswerAccepted) == 0, "an answer that was refused was accepted")
		longest := strings.Repeat("ä", session.MaxAnswer)
		l.acked(string(session.CmdAnswer), "b", session.Answer{Turn: 1, Text: longest})
		got := into[session.AnswerAccepted](l.happened(session.EvAnswerAccepted)).Text
		want(got == longest, "of an answer of 20 000 characters %d bytes came back, and %d were sent", len(got), len(longest))
	}},
	{Name: "interview/empty-answer", Says: "An empty answer is none (bad_message)", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		for i, text := range []string{"", " \n\t "} {
			l.refused(wire.CodeBadMessage, string(session.CmdAnswer), fmt.Sprint("a", i), session.Answer{Turn: 1, Text: text})
		}
		want(l.count(session.EvAnswerAccepted) == 0, "an empty answer was accepted")
	}},
	{Name: "interview/stale-turn", Says: "An answer for another turn than the current one gets stale_turn with the current one", run: func(p *probe) {
		l, _ := p.begun(wire.Create{Count: few(2)})
		e := l.refused(wire.CodeStaleTurn, string(session.CmdAnswer), "a", session.Answer{Turn: 7, Text: said})
		want(e.Turn == 1, "it names turn %d, and turn 1 is the current one", e.Turn)
		l.acked(string(session.CmdSkip), "s", session.Skip{Turn: 1})
		l.event(4, soon, session.EvQuestion)
		for id, data := range map[session.CommandType]any{session.CmdAnswer: session.Answer{Turn: 1, Text: said}, session.CmdSkip: session.Skip{Turn: 1}} {
			e := l.refused(wire.CodeStaleTurn, string(id), "x-"+string(id), data)
			want(e.Turn == 2, "it names turn %d, and turn 2 is the current one", e.Turn)
		}
		want(l.count(session.EvAnswerAccepted) == 0 && l.count(session.EvSkipped) == 1, "a stale turn was taken")
	}},
	{Name: "interview/complete", Says: "the interview is complete", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.acked(string(session.CmdEnd), "e", nil)
		l.happened(session.EvCompleted)
		last := l.last()
		for _, kind := range []session.CommandType{session.CmdStart, session.CmdHint, session.CmdPause, session.CmdResume, session.CmdRetry, session.CmdUseBuiltin, session.CmdEnd} {
			l.refused(wire.CodeComplete, string(kind), "x-"+string(kind), nil)
		}
		l.refused(wire.CodeComplete, string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.settles()
		want(l.last() == last, "something happened after the end")
	}},
}

// refuses wants a command to be refused in a state, with what may be sent instead.
func (l *line) refuses(state session.State, kind session.CommandType, data any) {
	e := l.refused(wire.CodeInvalidState, string(kind), "no-"+string(kind), data)
	want(e.State == state, "the error names the state %q, and the interview is %s", e.State, state)
	want(e.Command == kind, "the error names the command %q, and it was %s", e.Command, kind)
	want(len(e.Allowed) > 0 && !slices.Contains(e.Allowed, kind), "%s is refused, and allowed is %v", kind, e.Allowed)
	due := map[session.State]session.CommandType{session.Idle: session.CmdStart, session.Questioning: session.CmdEnd}[state]
	want(slices.Contains(e.Allowed, due), "in %s %s is allowed, and the error says %v", state, due, e.Allowed)
}

// isAckOf holds an ack against the events of its command.
func (l *line) isAckOf(kind session.CommandType, ack wire.Ack) {
	l.reaches(ack.Seq)
	var at session.Snapshot
	for _, e := range l.events() {
		if e.Seq <= ack.Seq {
			at = at.Apply(e)
		}
	}
	due := map[session.CommandType]session.EventType{
		session.CmdPause: session.EvPaused, session.CmdResume: session.EvResumed, session.CmdAnswer: session.EvState, session.CmdSkip: session.EvQuestion,
	}
	at.Draft = ""
	last := ""
	for _, m := range l.seen {
		if m.Seq == ack.Seq {
			last = m.Type
		}
	}
	if kind == session.CmdSkip && last == string(session.EvCompleted) {
		due[kind] = session.EvCompleted
	}
	want(last == string(due[kind]), "the ack of %s names event %d, which is %s; its last event is %s", kind, ack.Seq, last, due[kind])
	want(at.State == ack.State && at.Turn == ack.Turn, "the ack of %s says %s, turn %d; after event %d it is %s, turn %d", kind, ack.State, ack.Turn, ack.Seq, at.State, at.Turn)
}

// wholeInterview has an interview of one question to its end.
func wholeInterview(p *probe) {
	l, id := p.makes(wire.Create{Count: few(1)})
	l.acked(string(session.CmdStart), "start", nil)
	turn, place := 0, 0
	for range 8 { // a question and its follow-ups
		var m wire.Message
		m, place = l.event(place, p.t.Patience, session.EvQuestion, session.EvCompleted)
		if m.Type == string(session.EvCompleted) {
			l.isWhole(id)
			return
		}
		q := into[session.QuestionAsked](m)
		want(q.Turn == turn+1, "turn %d came after turn %d", q.Turn, turn)
		want(turn == 0 && q.Kind == session.MainTurn || turn > 0 && q.Kind == session.FollowUpTurn && q.Number <= q.Max, "turn %d is a %s, number %d of at most %d", q.Turn, q.Kind, q.Number, q.Max)
		turn = q.Turn
		ack := l.acked(string(session.CmdAnswer), fmt.Sprint("a", turn), session.Answer{Turn: turn, Text: said})
		want(ack.Seq > 0 && ack.Interview == id, "the ack names no seq or another interview")
	}
	fail("the interview of one question does not end")
}

// isWhole looks at the events of an interview that is complete.
func (l *line) isWhole(id string) {
	want(l.seen[0].Type == string(session.EvCreated), "the first event is %s", l.seen[0].Type)
	answers, evaluations := l.count(session.EvAnswerAccepted), l.count(session.EvEvaluation)
	want(answers == evaluations, "%d answers have %d evaluations", answers, evaluations)
	view, state := session.View(l.events()), session.State("")
	want(view.ID == id && view.State == session.Complete, "the events fold to an interview that is %s", view.State)
	want(len(view.Over) == 1, "%d questions are over, and there was one", len(view.Over))
	for _, e := range l.events() {
		if moved, ok := e.Data.(session.StateChanged); ok {
			want(state == "" || moved.From == state, "event %d moves from %s, and the interview was %s", e.Seq, moved.From, state)
			want(moved.From != moved.To && moved.From != session.Complete, "event %d moves from %s to %s", e.Seq, moved.From, moved.To)
			state = moved.To
		}
	}
	done := view.Completed
	want(done.Outcome == session.Finished && done.Score >= 0 && done.Score <= 100 && done.Judged <= done.Questions, "completed says %s, %g of 100, %d of %d judged", done.Outcome, done.Score, done.Judged, done.Questions)
}

// hints asks for every hint of a question, and for one more.
func hints(p *probe) {
	l, _ := p.begun(wire.Create{Count: few(0)})
	place := 0
	for turn := 1; ; turn++ {
		var m wire.Message
		m, place = l.event(place, soon, session.EvQuestion, session.EvCompleted)
		if m.Type == string(session.EvCompleted) {
			skip("no question of the bank %s has a hint", p.t.Bank)
		}
		q := into[session.QuestionAsked](m)
		if q.Hints == 0 {
			l.acked(string(session.CmdSkip), fmt.Sprint("s", turn), session.Skip{Turn: turn})
			continue
		}
		at := len(l.seen)
		for n := 1; n <= q.Hints; n++ {
			l.acked(string(session.CmdHint), fmt.Sprint("h", n), nil)
			m, at = l.event(at, soon, session.EvHint)
			h := into[session.HintGiven](m)
			want(h.Turn == q.Turn && h.Number == n && h.Of == q.Hints && h.Text != "", "hint %d of turn %d came as %d of %d of turn %d", n, q.Turn, h.Number, h.Of, h.Turn)
		}
		l.refused(wire.CodeInvalidState, string(session.CmdHint), "more", nil)
		return
	}
}

// failedEvaluation has an answer that cannot be judged.
func failedEvaluation(p *probe) {
	if p.t.Failing == "" {
		skip("it needs an answer that the evaluator fails to judge: --failing-answer TEXT")
	}
	l, id := p.begun(wire.Create{Count: few(1), FollowUps: few(0)})
	l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: p.t.Failing})
	m, _ := l.event(0, p.t.Patience, session.EvEvaluationFailed, session.EvEvaluation)
	if m.Type == string(session.EvEvaluation) {
		skip("the evaluator judges what it should fail to: it needs an answer that it does not, --failing-answer TEXT")
	}
	failed := into[session.JudgingFailed](m)
	want(failed.Turn == 1 && failed.Why != "" && failed.Attempt >= 1, "evaluation_failed says turn %d, attempt %d, %q", failed.Turn, failed.Attempt, failed.Why)
	_, w := p.follow(id, l.last())
	want(w.Snapshot.State == session.Evaluating && w.Snapshot.Pending != nil, "after a failed evaluation the snapshot is %s and says nothing of it", w.Snapshot.State)
	place := len(l.seen)
	l.acked(string(session.CmdRetry), "r", nil)
	m, place = l.event(place, soon, session.EvRetried)
	want(into[session.Retried](m).Turn == 1, "retried names another turn")
	l.event(place, p.t.Patience, session.EvEvaluationFailed)
	l.acked(string(session.CmdUseBuiltin), "u", nil)
	l.happened(session.EvEvaluatorChanged)
	l.judged(session.EvEvaluation)
}
