package session_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"pgregory.net/rapid"
)

// drawCommand draws a command of anybody; it may have no place now.
func drawCommand(t *rapid.T, iv *session.Interview) session.Command {
	turn := iv.Turn
	if rapid.IntRange(0, 9).Draw(t, "stray") == 0 {
		turn = rapid.IntRange(-1, 9).Draw(t, "turn")
	}
	text := rapid.SampledFrom([]string{goodAnswer, vague, "I don't know.", "It makes billing faster, always.", " ", "\x1b[31mhostile\xff words here"}).Draw(t, "text")
	question := rapid.IntRange(0, 3).Draw(t, "question")
	point := rapid.SampledFrom([]string{"decouple", "burst", "stale", "action", "stranger"}).Draw(t, "point")
	n := rapid.IntRange(0, 39).Draw(t, "command")
	switch {
	case n < 20: // mostly what the state waits for
	case iv.State == session.Idle:
		n = 0
	case iv.State.Answering() && !iv.Paused:
		n = 1
	case iv.Paused:
		n = 7
	}
	switch n {
	case 0:
		return session.Start{}
	case 1, 2, 3:
		return session.Answer{Turn: turn, Text: text}
	case 4:
		return session.Skip{Turn: turn}
	case 5:
		return session.Hint{}
	case 6:
		return session.Pause{Reason: rapid.SampledFrom([]string{"", "tea"}).Draw(t, "reason")}
	case 7:
		return session.Resume{}
	case 8:
		return session.Retry{}
	case 9:
		return session.UseBuiltin{}
	case 10:
		return session.Mark{Question: question, Point: point, Status: rapid.SampledFrom(better).Draw(t, "mark")}
	case 11:
		return session.Dispute{Question: question, Point: point, Reason: text}
	case 12:
		return session.EvaluationFailed{Turn: turn, Why: text, Attempt: 1, RetryAt: t0.Add(time.Hour)}
	case 13:
		return session.Deadline{Turn: turn, Draft: text}
	case 14:
		return session.Regrade{Turn: turn, Judgement: drawJudgement(t, iv)}
	case 15:
		return rapid.SampledFrom([]session.Command{session.IdleTimeout{}, session.IdleTimeout{}, session.End{}, session.Expire{}}).Draw(t, "rare")
	}
	return session.Evaluated{
		Turn: turn, By: iv.Evaluator, Judgement: drawJudgement(t, iv),
		Similarity: rapid.Float64Range(-1, 2).Draw(t, "similarity"), Elapsed: time.Second,
	}
}

var better = []rubric.Status{rubric.Missed, rubric.Partial, rubric.Met}

// drawJudgement is anything an evaluator might say, true or not.
func drawJudgement(t *rapid.T, iv *session.Interview) session.Judgement {
	var j session.Judgement
	q := iv.QuestionN(max(1, iv.Question))
	quotes := []string{"Orders are still taken", "a few other things", "billing faster always", "not said", ""}
	evidence := func() rubric.Evidence {
		return rubric.Evidence{Answer: rapid.IntRange(0, 9).Draw(t, "answer"), Quote: rapid.SampledFrom(quotes).Draw(t, "quote"), End: rapid.SampledFrom([]int{0, 0, 20, 999}).Draw(t, "end")}
	}
	for _, c := range q.Criteria() {
		v := rubric.Verdict{Point: c.ID, Status: rapid.SampledFrom([]rubric.Status{"", rubric.Met, rubric.Met, rubric.Partial, rubric.Missed, rubric.Contradicted, rubric.CannotAssess}).Draw(t, "status")}
		if c.Leveled {
			level := rapid.IntRange(-1, 6).Draw(t, "level")
			v.Level = &level
		}
		v.Evidence = []rubric.Evidence{evidence()}
		j.Verdicts = append(j.Verdicts, v)
	}
	j.Own = []rubric.Verdict{{Point: "dlq", Status: rubric.Met, Evidence: []rubric.Evidence{evidence()}}}
	if rapid.Bool().Draw(t, "held") {
		j.Held = []rubric.Held{{ID: "faster", Penalty: 50, Evidence: evidence(), Withdrawn: rapid.Bool().Draw(t, "withdrawn")}}
	}
	j.Feedback = rapid.String().Draw(t, "feedback")
	if rapid.Bool().Draw(t, "suggests") {
		j.FollowUp = &session.Suggestion{Ask: rapid.SampledFrom([]string{"What else?", "And when billing is down?", ""}).Draw(t, "ask"), Target: q.Criteria()[0].ID}
	}
	return j
}

// TestEveryInterviewKeepsTheRules plays random commands of everybody.
func TestEveryInterviewKeepsTheRules(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := session.Settings{Mode: rapid.SampledFrom([]session.Mode{session.Practice, session.Exam}).Draw(rt, "mode")}
		if rapid.Bool().Draw(rt, "limited") {
			n := rapid.IntRange(0, 3).Draw(rt, "follow-ups")
			s.FollowUps, s.TimeLimit = &n, 90*time.Second
		}
		iv, events, err := session.Create("iv", s, session.BankRef{ID: "b"}, []rubric.Question{queue(), story(), cache()}, session.EvaluatorInfo{Name: "ollama"}, t0)
		if err != nil {
			rt.Fatal(err)
		}
		now := t0
		for range rapid.IntRange(1, 60).Draw(rt, "length") {
			now = now.Add(time.Duration(rapid.IntRange(0, 40_000).Draw(rt, "later")) * time.Millisecond)
			cmd := drawCommand(rt, iv)
			was := asJSON(t, iv)
			more, err := session.Decide(iv, cmd, now)
			if asJSON(t, iv) != was {
				rt.Fatalf("%s wrote into the interview", cmd.Type())
			}
			if err != nil {
				refusedWell(rt, more, err)
				continue
			}
			next := iv
			for _, e := range more {
				next = session.Apply(next, e)
			}
			if asJSON(t, iv) != was {
				rt.Fatalf("applying %s wrote into the interview before", cmd.Type())
			}
			taken(rt, iv, next, cmd, more)
			iv, events = next, append(events, more...)
		}
		journal(rt, iv, events)
		scores(rt, iv)
	})
}

func refusedWell(t *rapid.T, events []session.Event, err error) {
	if events != nil || session.KindOf(err) == session.Internal || err.Error() == "" {
		t.Fatalf("refused with %v and events %v", err, events)
	}
}

// taken checks what one command did.
func taken(t *rapid.T, before, after *session.Interview, cmd session.Command, events []session.Event) {
	if len(events) == 0 {
		t.Fatalf("%s was taken and did nothing", cmd.Type())
	}
	if before.State == session.Complete {
		if !slices.Contains([]session.CommandType{session.CmdMark, session.CmdDispute, session.CmdRegrade}, cmd.Type()) {
			t.Fatalf("%s was taken after the end", cmd.Type())
		}
		if after.State != session.Complete || after.Outcome != before.Outcome || !reflect.DeepEqual(after.Results, before.Results) || !after.EndedAt.Equal(before.EndedAt) {
			t.Fatalf("%s changed a complete interview", cmd.Type())
		}
	}
	if a, ok := cmd.(session.Answer); ok {
		if accepted, ok := events[0].Data.(session.AnswerAccepted); !ok || accepted.Turn != a.Turn || accepted.Text == "" {
			t.Fatalf("the answer is not in the log: %+v", events)
		}
	}
	for i, r := range before.Results {
		if r.Over && !reflect.DeepEqual(r, after.Results[i]) {
			t.Fatalf("%s changed a result that was over", cmd.Type())
		}
	}
	asked := map[int]int{}
	for _, turn := range after.Turns {
		if turn.Kind == session.FollowUpTurn {
			asked[turn.Question]++
		}
	}
	most := session.MaxFollowUps
	if after.Settings.FollowUps != nil {
		most = *after.Settings.FollowUps
	}
	for q, n := range asked {
		if n > most {
			t.Fatalf("%d follow-ups on question %d, at most %d", n, q, most)
		}
	}
	if after.State.Answering() != (after.Current() != nil && !after.Current().Answered() && after.State != session.Complete) {
		t.Fatalf("%s with turn %+v", after.State, after.Current())
	}
}

// journal checks the events against the interview they led to.
func journal(t *rapid.T, iv *session.Interview, events []session.Event) {
	var back []session.Event
	for i, e := range events {
		if e.Seq != int64(i)+1 {
			t.Fatalf("event %d has seq %d", i+1, e.Seq)
		}
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var again session.Event
		if err := json.Unmarshal(b, &again); err != nil {
			t.Fatal(err)
		}
		if b2, _ := json.Marshal(again); string(b2) != string(b) {
			t.Fatalf("event changed in JSON:\n%s\n%s", b, b2)
		}
		back = append(back, again)
	}
	folded := session.Fold(back)
	folded.Questions = iv.Questions
	if !reflect.DeepEqual(folded, iv) {
		a, _ := json.Marshal(folded)
		b, _ := json.Marshal(iv)
		t.Fatalf("fold(events) is not the interview:\n%s\n%s", a, b)
	}
	view := session.View(session.RedactAll(iv.Settings.Mode, events))
	if view.State != iv.State || view.LastSeq != iv.LastSeq || len(view.Turns) != len(iv.Turns) || !view.Deadline.Equal(iv.Deadline) || view.Remaining != iv.Remaining {
		t.Fatalf("view %+v of %+v", view, iv)
	}
}

// scores checks that every score follows from its verdicts.
func scores(t *rapid.T, iv *session.Interview) {
	for _, turn := range iv.Turns {
		e := turn.Evaluation
		if e == nil {
			continue
		}
		q := iv.QuestionN(turn.Question)
		if s := rubric.Compute(q, rapid.Permutation(e.Verdicts).Draw(t, "order"), e.Held); s != e.Score {
			t.Fatalf("score %+v, computed %+v", e.Score, s)
		}
		if e.Score.Value < 0 || e.Score.Value > e.Score.Upper || e.Score.Upper > 100 || e.Similarity < 0 || e.Similarity > 1 {
			t.Fatalf("%+v", e)
		}
		answers := map[int]string{}
		for _, a := range iv.AnswersOf(turn.Question) {
			answers[a.Turn] = a.Text
		}
		for _, v := range e.Verdicts {
			if v.Credit() > 0 && len(v.Evidence) == 0 {
				t.Fatalf("%+v earns without a quote", v)
			}
			for _, ev := range v.Evidence {
				if answers[ev.Answer][ev.Start:ev.End] != ev.Quote {
					t.Fatalf("%+v does not stand in %q", ev, answers[ev.Answer])
				}
			}
		}
	}
	if iv.State == session.Complete || iv.Settings.Mode == session.Practice {
		if r, err := session.BuildReport(iv); err != nil || r.Score < 0 || r.Score > r.Upper || r.Upper > 100 {
			t.Fatalf("report %+v %v", r, err)
		}
	}
}
