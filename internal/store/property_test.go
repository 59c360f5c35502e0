package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"pgregory.net/rapid"
)

// commandFor draws a command that may or may not be allowed now.
func commandFor(t *rapid.T, iv *session.Interview) session.Command {
	turn := iv.Turn
	past := rapid.IntRange(1, max(1, len(iv.Turns))).Draw(t, "past turn")
	asked := rapid.IntRange(1, max(1, len(iv.Results))).Draw(t, "question")
	point := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "point")
	status := func(label string) rubric.Status {
		return rapid.SampledFrom([]rubric.Status{rubric.Met, rubric.Partial, rubric.Missed}).Draw(t, label)
	}
	judgement := session.Judgement{
		Verdicts: []rubric.Verdict{
			{Point: "a", Status: status("a"), Evidence: []rubric.Evidence{{Quote: "said", Answer: turn}}},
			{Point: "b", Status: status("b"), Evidence: []rubric.Evidence{{Quote: "said", Answer: turn}}},
		},
		Feedback: rapid.String().Draw(t, "feedback"),
	}
	by := session.EvaluatorInfo{Name: "ollama", Model: "m", Digest: "d"}
	return rapid.SampledFrom([]session.Command{
		session.Start{},
		session.Start{},
		session.Skip{Turn: turn},
		session.Hint{},
		session.Pause{},
		session.Resume{},
		session.Answer{Turn: turn, Text: "I said " + rapid.StringN(0, 40, -1).Draw(t, "text")},
		session.Answer{Turn: turn, Text: "said"},
		session.Evaluated{Turn: turn, By: by, Judgement: judgement, Similarity: rapid.Float64Range(0, 1).Draw(t, "similarity")},
		session.Evaluated{Turn: turn, By: by, Judgement: judgement, Elapsed: time.Second},
		session.EvaluationFailed{Turn: turn, Why: "no model", Attempt: 1, RetryAt: day.Add(time.Hour)},
		session.Retry{},
		session.UseBuiltin{},
		session.IdleTimeout{},
		session.Deadline{Turn: turn, Draft: "said"},
		session.Mark{Question: asked, Point: point, Status: status("mark")},
		session.Dispute{Question: asked, Point: point, Reason: "no"},
		session.Regrade{Turn: past, By: by, Judgement: judgement},
	}).Draw(t, "command")
}

// Whatever people and evaluators do, the rows are the interview that was
// committed, and the fold of the events.
func TestCommitLoadProperty(t *testing.T) {
	s := mustOpen(t, filepath.Join(t.TempDir(), "elios.db"))
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		id := fmt.Sprint("iv", n)
		list := []rubric.Question{question("map"), question("slice"), question("chan")}
		settings := session.Settings{
			Bank: "go", Count: 3, Seed: rapid.Uint64().Draw(t, "seed"), Evaluator: "ollama",
			Mode:      rapid.SampledFrom([]session.Mode{session.Practice, session.Exam}).Draw(t, "mode"),
			TimeLimit: rapid.SampledFrom([]time.Duration{0, time.Minute}).Draw(t, "limit"),
		}
		iv, events, err := session.Create(id, settings, session.BankRef{ID: "go"}, list, session.EvaluatorInfo{Name: "ollama"}, day)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Create(context.Background(), iv, events); err != nil {
			t.Fatal(err)
		}
		for i := range rapid.IntRange(1, 25).Draw(t, "commands") {
			at := day.Add(time.Duration(i)*time.Minute + time.Duration(rapid.IntRange(0, 59_999).Draw(t, "ms"))*time.Millisecond)
			events, err := session.Decide(iv, commandFor(t, iv), at)
			if err != nil {
				continue
			}
			next := iv
			for _, e := range events {
				next = session.Apply(next, e)
			}
			if err := s.Commit(context.Background(), session.Commit{Before: iv.LastSeq, Interview: next, Events: events}); err != nil {
				t.Fatal(err)
			}
			iv = next
			got, err := s.Load(context.Background(), id)
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, iv)
		}
		checkJournalOf(t, s, iv)
	})
}

func checkJournalOf(t *rapid.T, s *Store, iv *session.Interview) {
	err := s.read(context.Background(), "", func(c *conn) error {
		events, err := loadEvents(c, iv.ID, 0, 0)
		if err != nil {
			return err
		}
		if problems := checkFold(iv, events, foldEvents); len(problems) > 0 {
			t.Fatal(problems)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
