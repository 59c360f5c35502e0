package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/calibrate"
	"github.com/elios/elios/internal/ollama"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// calibrateOptions is `elios evaluator calibrate`.
type calibrateOptions struct {
	testedBanks
	bank   []string
	labels string
	json   bool
}

func newCalibrate(a *app) *cobra.Command {
	o := &calibrateOptions{testedBanks: testedBanks{app: a}}
	cmd := &cobra.Command{
		Use:   "calibrate",
		Short: "Measure an evaluator on answers whose scores are known",
		Long: "Let an evaluator judge the cases of banks, and labelled answers, and make a card: how far\n" +
			"its scores are from those of people, and how fast and how reliable it is. The card stands in\n" +
			"every report by the same evaluator on the same bank, until one of the two changes.\n\n" +
			"A file of labels has one JSON object a line:\n" +
			"  {\"bank\": \"go\", \"question\": \"channel-states\", \"answer\": \"…\", \"score\": 70}",
		Example: "elios evaluator calibrate --model gemma3:4b\nelios evaluator calibrate --bank go --labels mine.jsonl",
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	o.addFlags(cmd)
	cmd.Flags().StringSliceVar(&o.bank, "bank", nil, "only cases of these `BANK`s (default all)")
	cmd.Flags().StringVar(&o.labels, "labels", "", "also the labelled answers of `FILE`")
	cmd.Flags().BoolVar(&o.json, "json", false, "print the card as JSON")
	completion(cmd, "bank", completeBanks(a))
	return cmd
}

func (o *calibrateOptions) run(ctx context.Context) error {
	banks, err := o.banks(ctx, o.bank)
	if err != nil {
		return err
	}
	samples, about, err := samplesOf(banks)
	if err != nil {
		return err
	}
	if o.labels != "" {
		labelled, err := readLabels(o.labels, banks)
		if err != nil {
			return err
		}
		samples = append(samples, labelled...)
	}
	o.flags.noCache = o.flags.noCache || o.repeat > 1 // the spread over runs would be none
	all, err := o.judges(ctx)
	if err != nil {
		return err
	}
	for _, ev := range all {
		if ev.Missing != "" {
			return session.Errorf(session.Unavailable, "%s", ev.Missing)
		}
		card, err := calibrate.Run(ctx, ev.Evaluator, samples, calibrate.Options{
			Runs: o.repeat, Progress: o.progress(), Invalid: func(err error) bool { return errors.Is(err, ollama.ErrReply) || errors.Is(err, ollama.ErrCut) },
		})
		if err != nil {
			return err
		}
		if card.N == 0 {
			return session.Errorf(session.Unavailable, "%s judged none of %d answers", ev.Name, len(samples))
		}
		card.Banks = about
		if err := o.finish(ctx, card); err != nil {
			return err
		}
	}
	return nil
}

func (o *calibrateOptions) finish(ctx context.Context, card calibrate.Card) error {
	if err := o.keepCard(ctx, card); err != nil {
		return err
	}
	if o.json {
		if err := json.NewEncoder(o.out).Encode(card); err != nil {
			return fmt.Errorf("print the card: %w", err)
		}
		return nil
	}
	printCard(o.out, card)
	return nil
}

// samplesOf are the cases of banks that expect a score, with what they say of points.
func samplesOf(banks []*bank.Bank) ([]calibrate.Sample, []calibrate.Bank, error) {
	var out []calibrate.Sample
	var about []calibrate.Bank
	for _, b := range banks {
		hash, err := b.Hash()
		if err != nil {
			return nil, nil, err
		}
		about = append(about, calibrate.Bank{ID: b.ID, Version: b.Version, Hash: hash})
		for i := range b.Questions {
			q := &b.Questions[i]
			for _, c := range q.Cases {
				if c.Expect.Score.IsZero() || len(c.Answers) > 0 {
					continue
				}
				out = append(out, calibrate.Sample{
					Bank: b.ID, Question: q.Question, Answer: q.AnswerText(c), Points: expectedPoints(q, c),
					Low: clamped(c.Expect.Score.Low), High: clamped(c.Expect.Score.High),
				})
			}
		}
	}
	return out, about, nil
}

func clamped(x float64) float64 { return math.Max(0, math.Min(100, x)) }

// expectedPoints are the verdicts a case states. "missed: []" says that none may be open.
func expectedPoints(q *bank.Question, c bank.Case) map[string]rubric.Status {
	out := map[string]rubric.Status{}
	if c.Expect.Missed != nil && len(c.Expect.Missed) == 0 {
		for _, k := range q.KeyPoints {
			out[k.ID] = rubric.Met
		}
	}
	for status, ids := range map[rubric.Status][]string{rubric.Met: c.Expect.Met, rubric.Missed: c.Expect.Missed, rubric.Contradicted: c.Expect.Contradicted} {
		for _, id := range ids {
			out[id] = status
		}
	}
	return out
}

// label is a line of a file of labels.
type label struct {
	Bank     string   `json:"bank"`
	Question string   `json:"question"`
	Answer   string   `json:"answer"`
	Score    *float64 `json:"score"` // 0–100
}

// readLabels reads answers that people have scored.
func readLabels(file string, banks []*bank.Bank) ([]calibrate.Sample, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, usagef("labels: %w", cause(err))
	}
	defer f.Close()
	var out []calibrate.Sample
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var l label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil || l.Score == nil || *l.Score < 0 || *l.Score > 100 {
			return nil, usagef("%s:%d: this is no label; write {\"bank\", \"question\", \"answer\", \"score\" from 0 to 100}", file, n)
		}
		q := questionIn(banks, l.Bank, l.Question)
		if q == nil {
			return nil, usagef("%s:%d: there is no question %s#%s", file, n, l.Bank, l.Question)
		}
		out = append(out, calibrate.Sample{Bank: l.Bank, Question: *q, Answer: l.Answer, Low: *l.Score, High: *l.Score})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("labels: %w", cause(err))
	}
	return out, nil
}

func questionIn(banks []*bank.Bank, id, question string) *rubric.Question {
	for _, b := range banks {
		for i := range b.Questions {
			if b.ID == id && b.Questions[i].ID == question {
				return &b.Questions[i].Question
			}
		}
	}
	return nil
}
