package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/session"
)

func newBank(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bank",
		Short: "List, show, add, test and mend question banks",
		Long:  "List, show, add, test and mend question banks.\n\nA BANK is the id of a built-in bank or of one of yours, else a path.",
	}
	cmd.AddCommand(newBankList(a), newBankShow(a), newBankSchema(a), newBankAdd(a), newBankCases(a))
	cmd.AddCommand(newBankTest(a), newBankBless(a), newBankDiff(a), newBankCoverage(a))
	cmd.AddCommand(newBankInit(a), newBankNew(a), newBankLint(a))
	cmd.AddCommand(newBankImport(a), newBankExport(a))
	return cmd
}

// bankListOptions is `elios bank list`.
type bankListOptions struct {
	*app
	json bool
}

func newBankList(a *app) *cobra.Command {
	o := &bankListOptions{app: a}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the banks there are",
		Args:  usageArgs(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "one JSON object a line")
	return cmd
}

func (o *bankListOptions) run(ctx context.Context) error {
	lib, err := o.library()
	if err != nil {
		return err
	}
	list, err := lib.Banks(ctx)
	if err != nil {
		return err
	}
	// A broken bank of the user's must not hide the others, nor be hidden.
	for _, broken := range lib.Broken(ctx) {
		fmt.Fprintf(o.err, "elios: left out: %v\n", broken)
	}
	if o.json {
		return printLines(o.out, list)
	}
	w := tabwriter.NewWriter(o.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tTITLE\tVERSION\tQUESTIONS\tTESTED\tSOURCE")
	for _, b := range list {
		tested := "untested"
		if b.Cases > 0 {
			tested = strconv.Itoa(b.Cases) + " cases"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", b.ID, b.Title, b.Version, b.Questions, tested, b.Source)
	}
	return w.Flush()
}

// printLines prints one JSON object a line.
func printLines[T any](w io.Writer, list []T) error {
	enc := json.NewEncoder(w)
	for _, v := range list {
		if err := enc.Encode(v); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	return nil
}

// bankShowOptions is `elios bank show`.
type bankShowOptions struct {
	*app
	json bool
}

func newBankShow(a *app) *cobra.Command {
	o := &bankShowOptions{app: a}
	cmd := &cobra.Command{
		Use:               "show BANK[#QUESTION]",
		Short:             "Show a bank's questions, or one question whole",
		Example:           "elios bank show go\nelios bank show go#channel-states",
		Args:              usageArgs(cobra.ExactArgs(1)),
		ValidArgsFunction: completeBankQuestion(a),
		RunE:              func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args[0]) },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "print all of it as JSON")
	return cmd
}

func (o *bankShowOptions) run(ctx context.Context, arg string) error {
	name, question, one := cutQuestion(arg)
	b, err := o.namedBank(ctx, name)
	if err != nil {
		return err
	}
	if one {
		q, err := findQuestion(b, question)
		if err != nil {
			return err
		}
		if o.json {
			return printLines(o.out, []*bank.Question{q})
		}
		return showQuestion(o.out, q)
	}
	if o.json {
		return printLines(o.out, []*bank.Bank{b})
	}
	return showBank(o.out, b)
}

// cutQuestion splits BANK#QUESTION.
func cutQuestion(arg string) (name, question string, one bool) {
	i := strings.LastIndex(arg, "#")
	if i <= 0 {
		return arg, "", false
	}
	return arg[:i], arg[i+1:], true
}

// findQuestion finds a question of a bank, or says which there are.
func findQuestion(b *bank.Bank, id string) (*bank.Question, error) {
	if q := b.Question(id); q != nil {
		return q, nil
	}
	ids := make([]string, len(b.Questions))
	for i := range b.Questions {
		ids[i] = b.Questions[i].ID
	}
	return nil, usagef("bank %q has no question %q; it has: %s", b.ID, id, strings.Join(ids, ", "))
}

func showBank(out io.Writer, b *bank.Bank) error {
	fmt.Fprintf(out, "%s (%s %s)\n", b.Title, b.ID, b.Version)
	for _, line := range []string{b.Description, "Licence: " + b.License} {
		if strings.TrimSpace(line) != "Licence:" && line != "" {
			fmt.Fprintln(out, line)
		}
	}
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "QUESTION\tTYPE\tTOPIC\tLEVEL\tCASES\tASKS")
	for _, q := range b.Questions {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%s\n", q.ID, q.Type, q.Topic, q.Level, len(q.Cases), firstLine(q.Ask, 60))
	}
	return w.Flush()
}

// firstLine is the beginning of a text, at most n characters of it.
func firstLine(s string, n int) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func showQuestion(w io.Writer, q *bank.Question) error {
	var s strings.Builder
	fmt.Fprintf(&s, "%s (%s, %s, level %d)\n\n%s\n", q.ID, q.Type, q.TopicTitle, q.Level, strings.TrimSpace(q.Ask))
	for _, c := range q.Criteria() {
		must := ""
		if c.Must {
			must = ", must"
		}
		fmt.Fprintf(&s, "\n- %s (weight %g%s): %s\n  Probe: %s\n", c.ID, c.Weight, must, c.Text, c.Probe)
	}
	for _, m := range q.Misconceptions {
		fmt.Fprintf(&s, "\n! %s (−%g): %s\n", m.ID, m.Penalty, m.Point)
	}
	if q.Ideal != "" {
		fmt.Fprintf(&s, "\nIdeal answer:\n%s\n", strings.TrimSpace(q.Ideal))
	}
	for _, f := range q.FollowUps {
		fmt.Fprintf(&s, "\nFollow-up %s: %s\n", f.ID, f.Ask)
	}
	_, err := io.WriteString(w, s.String())
	return err
}

func newBankSchema(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of banks, for editors",
		Example: "elios bank schema > bank.schema.json",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			schema, err := bank.Schema()
			if err != nil {
				return err
			}
			_, err = a.out.Write(schema)
			return err
		},
	}
}

// bankAddOptions is `elios bank add`.
type bankAddOptions struct {
	*app
	replace bool
}

func newBankAdd(a *app) *cobra.Command {
	o := &bankAddOptions{app: a}
	cmd := &cobra.Command{
		Use:     "add PATH",
		Short:   "Check a bank and copy it to your own",
		Example: "elios bank add my-bank.yaml\nelios bank add my-bank.yaml --replace",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE:    func(_ *cobra.Command, args []string) error { return o.run(args[0]) },
	}
	cmd.Flags().BoolVar(&o.replace, "replace", false, "take the place of a bank with the same id")
	return cmd
}

func (o *bankAddOptions) run(path string) error {
	lib, err := o.library()
	if err != nil {
		return err
	}
	where, err := bank.Add(lib.Dir(), path, o.replace)
	err = named(err)
	if session.KindOf(err) == session.Conflict {
		return fmt.Errorf("%w; use --replace to take its place", err)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "Added: %s\n", where)
	return nil
}
