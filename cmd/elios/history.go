package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
	"github.com/elios/elios/internal/tui"
)

// historyOptions is `elios history`.
type historyOptions struct {
	*app
	bank  string
	topic string
	since string
	until string
	limit int
	json  bool
}

func newHistory(a *app) *cobra.Command {
	o := &historyOptions{app: a}
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List your interviews and how your scores went",
		Long: "List your interviews, the latest first, under the trend of each bank and topic.\n" +
			"Scores of different major versions of a bank are not comparable and stand apart.\n\n" +
			"To delete an interview for good: elios data purge ID",
		Example: "elios history --bank go --since 30d\nelios history --topic Concurrency\nelios history answers last#2",
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	f := cmd.Flags()
	f.StringVar(&o.bank, "bank", "", "only interviews with this bank `ID`")
	f.StringVar(&o.topic, "topic", "", "only complete interviews with this topic `TITLE`")
	f.StringVar(&o.since, "since", "", "only from this `TIME` on: 2026-03-31, or 30d for the last 30 days")
	f.StringVar(&o.until, "until", "", "only before this `TIME`")
	f.IntVar(&o.limit, "limit", 0, "at most `N` interviews (0: all)")
	f.BoolVar(&o.json, "json", false, "one JSON object a line, without the trends")
	cmd.AddCommand(newHistoryAnswers(a))
	return cmd
}

func (o *historyOptions) filter(now time.Time) (f session.Filter, err error) {
	f = session.Filter{Bank: o.bank, Topic: o.topic, Limit: o.limit}
	if f.Since, err = parseTime("--since", o.since, now); err != nil {
		return f, err
	}
	f.Until, err = parseTime("--until", o.until, now)
	return f, err
}

// parseTime reads a day, or an age such as 30d; "" is no time at all.
func parseTime(flag, s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, s, time.Local); err == nil {
		return day, nil
	}
	age, err := parseAge(flag, s)
	if err != nil {
		return time.Time{}, usagef("%s %q: it is a day such as 2026-03-31, or an age such as 30d or 12h", flag, s)
	}
	return now.Add(-age), nil
}

func (o *historyOptions) run(ctx context.Context) error {
	f, err := o.filter(time.Now())
	if err != nil {
		return err
	}
	e, err := o.reader(ctx)
	if err != nil {
		return err
	}
	list, err := e.List(ctx, f)
	if err != nil {
		return err
	}
	switch {
	case o.json:
		return printLines(o.out, list)
	case len(list) == 0 && f != session.Filter{}:
		fmt.Fprintln(o.out, "No interview fits.")
		return nil
	case len(list) == 0:
		fmt.Fprintln(o.out, "No interviews yet. Start one with: elios")
		return nil
	}
	if err := printTrends(o.out, session.Trends(list), o.topic, !tui.ASCIILocale(o.getenv)); err != nil {
		return err
	}
	return printHistory(o.out, list)
}

func printHistory(out io.Writer, list []session.Summary) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tWHEN\tBANK\tQUESTIONS\tSTATE\tSCORE")
	for _, s := range list {
		questions := strconv.Itoa(s.Questions)
		if s.Settings.Again != nil {
			questions = "1 again"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", s.ID, s.CreatedAt.Local().Format("2006-01-02 15:04"),
			text.Clean(s.Bank.Title), questions, stateWords(s), scoreWords(s))
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
