package main

import (
	"context"
	"fmt"
	"math"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// historyOptions is `elios history`.
type historyOptions struct {
	*app
	bank  string
	limit int
	json  bool
}

func newHistory(a *app) *cobra.Command {
	o := &historyOptions{app: a}
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List your interviews, the latest first",
		Args:  usageArgs(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	cmd.Flags().StringVar(&o.bank, "bank", "", "only interviews with this bank ID")
	cmd.Flags().IntVar(&o.limit, "limit", 0, "at most N interviews (0: all)")
	cmd.Flags().BoolVar(&o.json, "json", false, "one JSON object a line")
	return cmd
}

func (o *historyOptions) run(ctx context.Context) error {
	e, err := o.engine(ctx)
	if err != nil {
		return err
	}
	list, err := e.List(ctx, session.Filter{Bank: o.bank, Limit: o.limit})
	if err != nil {
		return err
	}
	if o.json {
		return printLines(o.out, list)
	}
	if len(list) == 0 {
		fmt.Fprintln(o.out, "No interviews yet. Start one with: elios")
		return nil
	}
	w := tabwriter.NewWriter(o.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tWHEN\tBANK\tQUESTIONS\tSTATE\tSCORE")
	for _, s := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", s.ID, s.CreatedAt.Local().Format("2006-01-02 15:04"),
			text.Clean(s.Bank.Title), s.Questions, stateWords(s), scoreWords(s))
	}
	return w.Flush()
}

// stateWords says where an interview stands.
func stateWords(s session.Summary) string {
	switch {
	case s.State == session.Complete:
		return string(s.Outcome)
	case s.State == session.Idle:
		return "not started"
	case s.Paused:
		return fmt.Sprintf("paused at %d", s.Question)
	}
	return fmt.Sprintf("open at %d", s.Question)
}

func scoreWords(s session.Summary) string {
	if s.Score == nil {
		return "–"
	}
	return fmt.Sprintf("%.0f", math.Round(*s.Score))
}
