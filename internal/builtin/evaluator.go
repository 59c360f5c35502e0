package builtin

import (
	"context"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// version names the method; it changes when the same answer may be judged otherwise.
const version = "m3-4"

// Evaluator is the built-in evaluator: lexical, deterministic, without a model, for English. It
// judges a key point by its match patterns sentence by sentence, and by aligning the answer with
// the words of the point (M3). It may be used by many goroutines at once.
type Evaluator struct{ cache *cache }

// New makes an evaluator. It keeps a bounded number of questions analysed.
func New() *Evaluator { return &Evaluator{newCache()} }

var (
	_ session.Evaluator  = (*Evaluator)(nil)
	_ session.Similarity = (*Evaluator)(nil)
	_ session.Second     = (*Evaluator)(nil)
)

// Info names the evaluator and the version of its method.
func (*Evaluator) Info() session.EvaluatorInfo {
	return session.EvaluatorInfo{Name: session.Builtin, Version: version}
}

// Evaluate judges a request; emit may be nil. The only error is that of a context that is done.
func (e *Evaluator) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	if err := ctx.Err(); err != nil {
		return session.Judgement{}, err
	}
	out := e.judge(&r)
	for i, v := range out.Verdicts {
		if emit != nil {
			emit(session.Partial{Verdict: v, Done: i + 1, Of: len(out.Verdicts)})
		}
	}
	return out, ctx.Err()
}

func (e *Evaluator) judge(r *session.Request) session.Judgement {
	q := &r.Question
	if len(q.KeyPoints)+len(q.Dimensions) == 0 {
		derived := Derive(q)
		q = &derived
	}
	if foreign(q) {
		out := session.Judgement{Verdicts: otherLanguage(q.Criteria()), Feedback: languageFeedback}
		if r.FollowUp != nil {
			out.Own = otherLanguage(r.FollowUp.Criteria())
		}
		return out
	}
	j := newJudging(e.cache.get(q), r.Answers)
	j.run()
	out := session.Judgement{Verdicts: append(j.verdicts(), j.levels()...)}
	out.Held = j.held(out.Verdicts)
	out.Own = e.own(r)
	out.Feedback = feedback(q, out.Verdicts, out.Held, j.manner())
	return out
}

// own judges a follow-up's own points by the answer to it alone.
func (e *Evaluator) own(r *session.Request) []rubric.Verdict {
	f := r.FollowUp
	if f == nil || len(f.KeyPoints) == 0 || len(r.Answers) == 0 {
		return nil
	}
	q := rubric.Question{Ask: r.Question.Ask + "\n" + f.Ask, KeyPoints: f.KeyPoints}
	j := newJudging(e.cache.get(&q), r.Answers[len(r.Answers)-1:])
	j.run()
	return j.verdicts()
}

// Similarity compares all the answers together with the ideal answer (of behavioral questions:
// with the joined say sentences): calibrated M3, 0 to 1.
func (e *Evaluator) Similarity(q *rubric.Question, answers []string) float64 {
	p := e.cache.get(q)
	if p.reference == nil {
		return 0
	}
	return Calibrated(p.reference.Parts(strings.Join(answers, "\n")).Score)
}

func otherLanguage(criteria []rubric.Criterion) []rubric.Verdict {
	out := make([]rubric.Verdict, len(criteria))
	for i, c := range criteria {
		out[i] = rubric.Verdict{
			Point: c.ID, Status: rubric.CannotAssess, Reason: rubric.ReasonLanguage, Confidence: rubric.High,
		}
	}
	return out
}
