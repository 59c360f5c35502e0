package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// gradeRow is an answer to grade.
type gradeRow struct {
	ID         json.RawMessage `json:"id"`
	Question   string          `json:"question"`
	Reference  string          `json:"reference"`
	References []string        `json:"references"`
	Bank       string          `json:"bank"`
	QuestionID string          `json:"question_id"`
	Answer     *string         `json:"answer"`

	json []byte // all of it, where that is still to be read
}

// gradedRow is what an answer was worth.
type gradedRow struct {
	ID         json.RawMessage  `json:"id"`
	Score      *float64         `json:"score"` // null when nothing could be assessed
	Similarity float64          `json:"similarity"`
	Verdicts   []rubric.Verdict `json:"verdicts,omitempty"`
}

// grader grades rows one after the other; it keeps what many rows share.
type grader struct {
	lib        *bank.Library
	ev         *builtin.Evaluator
	references map[refKey]*builtin.Reference
	banks      map[string]*bank.Bank
}

type refKey struct{ question, reference string }

// maxPrepared bounds the prepared references that are kept.
const maxPrepared = 1024

func newGrader(lib *bank.Library) *grader {
	return &grader{lib: lib, ev: builtin.New(), references: map[refKey]*builtin.Reference{}, banks: map[string]*bank.Bank{}}
}

func (g *grader) grade(ctx context.Context, row gradeRow) (gradedRow, error) {
	if err := row.decode(); err != nil {
		return gradedRow{}, err
	}
	switch {
	case len(row.ID) == 0:
		return gradedRow{}, errors.New(`"id" is missing`)
	case row.Answer == nil:
		return gradedRow{}, errors.New(`"answer" is missing`)
	case row.Bank != "":
		return g.byBank(ctx, row)
	}
	return g.byReference(row)
}

// byReference compares with a bare reference, the best of several.
func (g *grader) byReference(row gradeRow) (gradedRow, error) {
	refs := row.References
	if len(refs) == 0 && row.Reference != "" {
		refs = []string{row.Reference}
	}
	if len(refs) == 0 {
		return gradedRow{}, errors.New(`"reference" or "references" is missing (or "bank" and "question_id")`)
	}
	prepared := make([]*builtin.Reference, len(refs))
	for i, ref := range refs {
		prepared[i] = g.prepare(row.Question, ref)
	}
	score := builtin.BestOf(prepared, text.Clean(*row.Answer))
	return gradedRow{ID: row.ID, Score: &score, Similarity: score}, nil
}

func (g *grader) prepare(question, reference string) *builtin.Reference {
	k := refKey{question, reference}
	r, ok := g.references[k]
	if !ok {
		if len(g.references) >= maxPrepared {
			clear(g.references)
		}
		r = builtin.Prepare(text.Clean(question), text.Clean(reference))
		g.references[k] = r
	}
	return r
}

// byBank judges by the rubric of a bank's question.
func (g *grader) byBank(ctx context.Context, row gradeRow) (gradedRow, error) {
	b, ok := g.banks[row.Bank]
	if !ok {
		var err error
		if b, err = g.lib.Bank(ctx, row.Bank); err != nil {
			return gradedRow{}, err
		}
		g.banks[row.Bank] = b
	}
	q, err := findQuestion(b, row.QuestionID)
	if err != nil {
		return gradedRow{}, err
	}
	j, err := judge(ctx, g.ev, g.ev, &q.Question, text.Clean(*row.Answer))
	if err != nil {
		return gradedRow{}, err
	}
	out := gradedRow{ID: row.ID, Similarity: j.Similarity, Verdicts: j.Verdicts}
	if j.Score.Judged {
		share := j.Score.Value / 100
		out.Score = &share
	}
	return out, nil
}
