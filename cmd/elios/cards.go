package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/elios/elios/internal/calibrate"
	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// cards are those that were made here, the oldest first.
func (a *app) cards(ctx context.Context) ([]calibrate.Card, error) {
	s, err := a.store(ctx)
	if err != nil {
		return nil, err
	}
	raw, err := s.Cards(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]calibrate.Card, len(raw))
	for i, r := range raw {
		if err := json.Unmarshal(r, &out[i]); err != nil {
			return nil, fmt.Errorf("card %d: %w", i+1, err)
		}
	}
	return out, nil
}

func (a *app) keepCard(ctx context.Context, c calibrate.Card) error {
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("card: %w", err)
	}
	s, err := a.store(ctx)
	if err != nil {
		return err
	}
	return s.KeepCard(ctx, c.Made, body)
}

// calibration says for each evaluator of a report how far it has been held against people's judgement.
func (a *app) calibration(ctx context.Context, r session.Report) []string {
	cards, err := a.cards(ctx)
	if err != nil {
		return nil // the report is about the interview, which is whole
	}
	hash := ""
	if lib, err := a.library(); err == nil {
		if b, err := lib.Bank(ctx, r.Interview.Settings.Bank); err == nil {
			hash, _ = b.Hash()
		}
	}
	var out []string
	for _, by := range r.Evaluators {
		out = append(out, report.EvaluatorText(by)+": "+calibrate.Line(cards, by, r.Interview.Bank, hash))
	}
	return out
}
