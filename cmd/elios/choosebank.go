package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/elios/elios/internal/plain"
	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// firstBank is the bank of those who have not practised yet and name none, and
// of every deterministic run that names none.
const firstBank = "go"

// lastBank as the key bank means the bank of the last interview.
const lastBank = "last"

// chooseBank finds the bank of an interview for which nobody has named one: a
// person at a terminal is asked in plain mode, anybody else is told which it is
// on standard error. The TUI shows it on the screen. The error is io.EOF when
// the person leaves instead.
func (f *face) chooseBank(ctx context.Context, a *app, ivs session.Interviews, answers *answersFile) (string, error) {
	banks, err := ivs.Banks(ctx)
	if err != nil {
		return "", err
	}
	usual, err := usualBank(ctx, ivs, banks)
	if err != nil {
		return "", err
	}
	switch asTUI := a.terminal() && !f.inLines(answers); {
	case len(banks) == 1 || asTUI:
	case a.terminal() && !f.json && answers == nil:
		return plain.ChooseBank(ctx, a.in, a.out, banks, usual.ID)
	default:
		fmt.Fprintln(a.err, practising(usual, banks))
	}
	return usual.ID, nil
}

// leaving makes no error of a person who leaves when asked for a bank.
func leaving(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// usualBank is the bank of the last interview if it is still there, else the
// first one.
func usualBank(ctx context.Context, ivs session.Interviews, banks []session.BankInfo) (session.BankInfo, error) {
	if len(banks) == 0 {
		return session.BankInfo{}, usagef("there is no bank to practise with; name one: elios practice BANK")
	}
	last, err := ivs.List(ctx, session.Filter{Limit: 1})
	if err != nil {
		return session.BankInfo{}, err
	}
	wanted := []string{firstBank}
	if len(last) > 0 {
		wanted = []string{last[0].Bank.ID, firstBank}
	}
	for _, id := range wanted {
		if i := slices.IndexFunc(banks, func(b session.BankInfo) bool { return b.ID == id }); i >= 0 {
			return banks[i], nil
		}
	}
	return banks[0], nil
}

func practising(b session.BankInfo, banks []session.BankInfo) string {
	var others []string
	for _, other := range banks {
		if other.ID != b.ID {
			others = append(others, other.ID)
		}
	}
	slices.Sort(others)
	return fmt.Sprintf("Practising %s; other banks: %s (elios practice BANK)", report.Line(b.Title), strings.Join(others, ", "))
}
