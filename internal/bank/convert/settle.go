package convert

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// What an ideal answer scores at least, as lint wants it, and the say sentences
// as the case made of them does.
const (
	idealScore = 95
	sayScore   = 90
)

// Settle holds every question against an evaluator, which is to be the built-in
// one, so that the bank passes lint: a sentence of the answer that cannot be told
// from the question is no point; an ideal answer that does not say the list's
// points gets them added; and one that still scores low goes into the context.
// Questions get the cases that follow from this. The error is that of the
// evaluator or of ctx.
func (r *Result) Settle(ctx context.Context, ev session.Evaluator) error {
	left := make([][]Left, len(r.made))
	errs := make([]error, len(r.made))
	todo := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range todo {
				left[i], errs[i] = settle(ctx, ev, &r.Bank.Questions[i], r.made[i])
			}
		})
	}
	for i := range r.made {
		todo <- i
	}
	close(todo)
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return fmt.Errorf("judge the answer of %s: %w", r.Bank.Questions[i].ID, err)
		}
		r.Report.Left = append(r.Report.Left, left[i]...)
	}
	return nil
}

// settle mends one question.
func settle(ctx context.Context, ev session.Evaluator, q *bank.Question, m made) ([]Left, error) {
	q.Cases = []bank.Case{{ID: "dont-know", Answer: "I don't know.", Expect: bank.Expect{Score: bound("0")}}}
	if m.draft {
		q.Cases = nil
		return nil, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	q.Language = "en"
	left, err := settleIdeal(ctx, ev, q, m)
	if err != nil {
		return nil, err
	}
	score, _, err := judge(ctx, ev, q, q.Say())
	if err == nil && score >= sayScore {
		q.Cases = append([]bank.Case{{ID: "say", Answer: bank.AnswerSay, Expect: bank.Expect{Score: bound(">=90")}}}, q.Cases...)
	}
	return left, err
}

func settleIdeal(ctx context.Context, ev session.Evaluator, q *bank.Question, m made) ([]Left, error) {
	if q.Ideal == "" {
		return nil, nil
	}
	note := func(kind Kind, n int, text string) []Left { return []Left{{kind, m.file, m.line, n, excerpt(text)}} }
	score, open, err := judge(ctx, ev, q, q.Ideal)
	if err != nil || score >= idealScore {
		return nil, err
	}
	ideal, points := q.Ideal, q.KeyPoints
	if m.derived && len(open) < len(points) {
		q.KeyPoints = without(points, open)
	} else if !m.derived {
		q.Ideal += "\n\n" + says(points, open)
	}
	again, _, err := judge(ctx, ev, q, q.Ideal)
	switch {
	case err != nil:
		return nil, err
	case again >= idealScore && m.derived:
		return note(Unprovable, len(open), points[indexOf(points, open)].Point), nil
	case again >= idealScore:
		return nil, nil
	}
	q.KeyPoints, q.Ideal = points, ""
	q.Context = tidyCode("Answer of the list:\n\n" + ideal + "\n\n" + q.Context)
	return note(Unsettled, 1, q.Ask), nil
}

// judge scores one answer and lists the points it leaves open. What cannot be
// judged counts as full.
func judge(ctx context.Context, ev session.Evaluator, q *bank.Question, answer string) (float64, map[string]bool, error) {
	r := session.OneAnswer(&q.Question, answer)
	j, err := ev.Evaluate(ctx, r, func(session.Partial) {})
	if err != nil {
		return 0, nil, err
	}
	verdicts, _, s := session.Scored(r, j)
	open := map[string]bool{}
	for _, v := range verdicts {
		if v.Status != rubric.Met {
			open[v.Point] = true
		}
	}
	if !s.Judged {
		return 100, open, nil
	}
	return s.Value, open, nil
}

func without(points []rubric.KeyPoint, open map[string]bool) []rubric.KeyPoint {
	var out []rubric.KeyPoint
	for _, p := range points {
		if !open[p.ID] {
			out = append(out, p)
		}
	}
	return out
}

func indexOf(points []rubric.KeyPoint, open map[string]bool) int {
	for i, p := range points {
		if open[p.ID] {
			return i
		}
	}
	return 0
}

// says lists the sentences of open points.
func says(points []rubric.KeyPoint, open map[string]bool) string {
	s := ""
	for _, p := range points {
		if open[p.ID] {
			s += "- " + p.Say + "\n"
		}
	}
	return tidy(s)
}

// bound is a condition that is one by its form.
func bound(s string) rubric.Bound {
	b, _ := rubric.ParseBound(s)
	return b
}
