package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Cache keeps judgements by key.
type Cache interface {
	// Judgement finds one, false when there is none.
	Judgement(ctx context.Context, key string) (session.Judgement, bool, error)
	// KeepJudgement keeps one, or replaces it.
	KeepJudgement(ctx context.Context, key string, j session.Judgement) error
}

// Cached is an evaluator that judges the same answers to the same question once. What the judgement
// depends on makes the key: model and digest, version of the prompt, question with its rubric,
// everything that was asked and said. An evaluator whose digest is not known yet is always asked.
func Cached(ev session.Evaluator, c Cache, log *slog.Logger) session.Evaluator {
	return cached{warming{ev}, c, log}
}

type cached struct {
	warming
	cache Cache
	log   *slog.Logger
}

func (c cached) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	key, known := c.key(r)
	if known {
		j, found, err := c.cache.Judgement(ctx, key)
		if err != nil {
			c.log.Warn("cache not read", "err", err)
		}
		if found {
			return j, nil
		}
	}
	j, err := c.Evaluator.Evaluate(ctx, r, emit)
	if err != nil {
		return j, err
	}
	if key, known = c.key(r); known {
		if err := c.cache.KeepJudgement(context.WithoutCancel(ctx), key, j); err != nil {
			c.log.Warn("judgement not cached", "err", err) // the judgement itself is whole
		}
	}
	return j, nil
}

// key names a judgement; false while the evaluator does not know its model's digest.
func (c cached) key(r session.Request) (string, bool) {
	by := c.Info()
	if by.Digest == "" {
		return "", false
	}
	body, err := json.Marshal(struct {
		By       session.EvaluatorInfo
		Question rubric.Question
		FollowUp *rubric.FollowUp
		Asked    []string
		Answers  []rubric.Answer
	}{by, r.Question, r.FollowUp, r.Asked, r.Answers})
	if err != nil {
		return "", false
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), true
}
