package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/session"
)

// practiceOptions is `elios practice`.
type practiceOptions struct {
	*app
	face
	topics    []string
	level     string
	count     int
	seed      uint64
	followUps string
	mode      string
	timeLimit time.Duration
}

func newPractice(a *app) *cobra.Command {
	o := &practiceOptions{app: a}
	cmd := &cobra.Command{
		Use:   "practice [BANK]",
		Short: "Have an interview",
		Long: "Have an interview with questions of a bank (an id such as go, or a path; elios\n" +
			"bank list shows them). Without BANK it is that of the key bank: the bank of your\n" +
			"last interview, or go.\n\n" +
			"The same --seed gives the same questions. Without it, questions you have answered\n" +
			"recently come last.",
		Example: "elios practice go --count 3\n" +
			"elios practice go --topics concurrency --level 2..4 --mode exam\n" +
			"elios practice go --seed 7 --count 4 --plain --answers answers.txt --json",
		Args:              usageArgs(cobra.MaximumNArgs(1)),
		ValidArgsFunction: completeBanks(a),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(cmd.Context(), cmd, args)
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.topics, "topics", nil, "only questions of these topics, a `LIST` of ids")
	f.StringVar(&o.level, "level", "", "only questions of `LEVEL` 1 to 5, or of a range such as 2..4")
	f.IntVar(&o.count, "count", 0, "ask `N` questions, 0 for all that fit (default 4)")
	f.Uint64Var(&o.seed, "seed", 0, "draw the same questions every time `N` is the same")
	f.StringVar(&o.followUps, "follow-ups", "", "ask at most `N` follow-ups a question, 0 to 3 (default: the bank's)")
	f.StringVar(&o.mode, "mode", "", "`MODE` is practice, or exam: nothing is told before the end")
	f.DurationVar(&o.timeLimit, "time-limit", 0, "give each question a `TIME` such as 5m; a follow-up has half of it")
	f.Lookup("time-limit").DefValue = "" // none, rather than "0s"
	o.addFlags(cmd)
	a.addJudgeFlags(cmd)
	a.addSpeakFlag(cmd)
	f.BoolVar(&o.deterministic, "deterministic", false, "fix ids and times: the same seed and answers print the same bytes, and a run takes the place of the earlier one")
	return cmd
}

func (o *practiceOptions) run(ctx context.Context, cmd *cobra.Command, args []string) error {
	s, err := o.settings(cmd, args)
	if err != nil {
		return err
	}
	answers, err := o.openAnswers(o.in)
	if err != nil {
		return err
	}
	if answers != nil {
		defer answers.Close()
	}
	if o.deterministic {
		s.Bank = cmp.Or(s.Bank, firstBank) // the same on every machine, whatever was practised there
		if o.fixed, err = fixedID(s); err != nil {
			return err
		}
	}
	e, err := o.interviewer(ctx)
	if err != nil {
		return err
	}
	if s.Bank == "" {
		s.Bank, err = o.chooseBank(ctx, o.app, e, answers)
		if err != nil {
			return leaving(err)
		}
	}
	room, err := e.Create(ctx, s)
	if err != nil {
		return named(err)
	}
	defer room.Close()
	return o.play(ctx, o.app, e, room, answers)
}

// settings turns flags and configuration into what an interview is made of.
func (o *practiceOptions) settings(cmd *cobra.Command, args []string) (session.Settings, error) {
	s, err := o.defaults()
	if err != nil {
		return s, err
	}
	if len(args) > 0 {
		s.Bank = args[0]
	}
	s.Topics, s.Seed = o.topics, o.seed
	changed := cmd.Flags().Changed
	if changed("count") {
		s.Count = o.count
	}
	if changed("time-limit") {
		s.TimeLimit = o.timeLimit
	}
	if changed("mode") {
		s.Mode = session.Mode(o.mode)
	}
	if changed("follow-ups") {
		if s.FollowUps, err = parseFollowUps(o.followUps); err != nil {
			return s, err
		}
	}
	if s.MinLevel, s.MaxLevel, err = parseLevel(o.level); err != nil {
		return s, err
	}
	if o.deterministic && s.Seed == 0 {
		s.Seed = 1
	}
	return s, checkSettings(s)
}

func checkSettings(s session.Settings) error {
	switch {
	case s.Count < 0:
		return usagef("--count %d: there cannot be fewer than no questions", s.Count)
	case s.Mode != session.Practice && s.Mode != session.Exam:
		return usagef("--mode %q: it is practice or exam", s.Mode)
	case s.TimeLimit < 0:
		return usagef("--time-limit %s: it cannot be negative", s.TimeLimit)
	case s.Seed > 1<<63-1:
		return usagef("--seed %d: it is at most %d", s.Seed, uint64(1<<63-1))
	}
	return nil
}

// parseLevel reads "", "3" or "2..4".
func parseLevel(s string) (low, high int, err error) {
	if s == "" {
		return 0, 0, nil
	}
	a, b, isRange := strings.Cut(s, "..")
	if !isRange {
		b = a
	}
	low, errLow := strconv.Atoi(a)
	high, errHigh := strconv.Atoi(b)
	if errLow != nil || errHigh != nil || low < 1 || high > 5 || low > high {
		return 0, 0, usagef("--level %q: it is 1 to 5, or a range such as 2..4", s)
	}
	return low, high, nil
}

// parseFollowUps reads "bank" (nil) or 0 to 3.
func parseFollowUps(s string) (*int, error) {
	if s == "" || s == "bank" {
		return nil, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > session.MaxFollowUps {
		return nil, usagef("follow-ups %q: it is 0 to %d, or bank", s, session.MaxFollowUps)
	}
	return &n, nil
}

// fixedID names a deterministic run by what it is made of, so that the same
// run has the same id.
func fixedID(s session.Settings) (string, error) {
	body, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("settings: %w", err)
	}
	return uuid.NewSHA1(uuid.NameSpaceOID, body).String(), nil
}
