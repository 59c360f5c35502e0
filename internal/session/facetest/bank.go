package facetest

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Answers to the questions of Bank.
const (
	Half = "I would say alpha and not much more."
	Full = "I would say alpha and beta, both of them."
)

// Bank is a library of one bank, go, of two questions.
type Bank struct{}

// Question has two points, alpha and beta, which an answer meets by naming them.
func Question(id string) rubric.Question {
	return rubric.Question{
		ID: id, Type: rubric.Open, Topic: "go", TopicTitle: "Go", Level: 2, Ask: "What is a " + id + "?", TimeLimit: rubric.Duration(4 * time.Minute),
		KeyPoints: []rubric.KeyPoint{
			{ID: "alpha", Weight: 2, Must: true, Point: "Secretone.", Probe: "What of the first side?"},
			{ID: "beta", Weight: 1, Point: "Secrettwo.", Probe: "What of the second side?"},
		},
		Ideal: "Secretideal.", Hints: []string{"Think."},
	}
}

// Banks lists the bank.
func (Bank) Banks(context.Context) ([]session.BankInfo, error) {
	return []session.BankInfo{{ID: "go", Title: "Go", Version: "1.0.0", Language: "en", Questions: 2, Source: "built-in", Topics: []session.TopicInfo{{ID: "go", Title: "Go", Questions: 2}}, Levels: []int{2}}}, nil
}

// Select gives the questions, as many as are asked for.
func (Bank) Select(_ context.Context, s session.Settings, _ map[string]time.Time) (session.BankRef, []rubric.Question, error) {
	if s.Bank != "go" {
		return session.BankRef{}, nil, session.Errorf(session.NotFound, "there is no bank %q", s.Bank)
	}
	list := []rubric.Question{Question("map"), Question("slice")}
	for s.Count > len(list) {
		list = append(list, Question("more"+strings.Repeat("x", len(list))))
	}
	if s.Count > 0 {
		list = list[:s.Count]
	}
	return session.BankRef{ID: "go", Title: "Go", Version: "1.0.0"}, list, nil
}

// Questions lists the questions.
func (Bank) Questions(_ context.Context, bank string) ([]session.QuestionInfo, error) {
	if bank != "go" {
		return nil, session.Errorf(session.NotFound, "there is no bank %q", bank)
	}
	var out []session.QuestionInfo
	for _, id := range []string{"map", "slice"} {
		q := Question(id)
		out = append(out, session.QuestionInfo{ID: q.ID, Type: q.Type, Topic: q.TopicTitle, Level: q.Level, Ask: q.Ask, Points: len(q.KeyPoints), Hints: len(q.Hints)})
	}
	return out, nil
}

// ByName is an evaluator that finds the points whose ids an answer names.
type ByName struct{}

// Info names it.
func (ByName) Info() session.EvaluatorInfo {
	return session.EvaluatorInfo{Name: session.Builtin, Version: "test"}
}

// Evaluate judges at once, a point at a time.
func (ByName) Evaluate(_ context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	var j session.Judgement
	criteria := r.Question.Criteria()
	for i, c := range criteria {
		v := rubric.Verdict{Point: c.ID, Status: rubric.Missed}
		for _, a := range slices.Backward(r.Answers) {
			if strings.Contains(a.Text, c.ID) {
				v = rubric.Verdict{Point: c.ID, Status: rubric.Met, Evidence: []rubric.Evidence{{Answer: a.Turn, End: len(a.Text)}}}
			}
		}
		j.Verdicts = append(j.Verdicts, v)
		emit(session.Partial{Verdict: v, Done: i + 1, Of: len(criteria)})
	}
	return j, nil
}

// Similarity finds nothing alike.
func (ByName) Similarity(*rubric.Question, []string) float64 { return 0 }
