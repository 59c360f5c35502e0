package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/calibrate"
	"github.com/elios/elios/internal/report"
)

func newEvaluator(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "evaluator",
		Short: "Measure how well evaluators judge, and compare them",
	}
	cmd.AddCommand(newCalibrate(a), newEvaluatorList(a), newEvaluatorCompare(a))
	return cmd
}

func newEvaluatorList(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the cards that were made here, the newest first",
		Example: "elios evaluator list",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			cards, err := a.cards(cmd.Context())
			if err != nil {
				return err
			}
			return listCards(a.out, cards)
		},
	}
}

func listCards(out io.Writer, cards []calibrate.Card) error {
	if len(cards) == 0 {
		fmt.Fprintln(out, "No evaluator has been calibrated here yet. elios evaluator calibrate makes a card.")
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "EVALUATOR\tMADE\tON\tANSWERS\tMEAN ERROR\tBANDS\tKAPPA\tBIAS\tP50")
	for _, c := range slices.Backward(cards) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%.1f\t%.0f %%\t%.2f\t%+.1f\t%.0f ms\n", cardName(c), c.Made.Local().Format("2006-01-02 15:04"),
			bankNames(c), c.N, c.MAE, 100*c.Bands, c.Kappa, c.Bias, c.P50)
	}
	return w.Flush()
}

// cardName is an evaluator with the beginning of its digest, so that two versions differ.
func cardName(c calibrate.Card) string {
	name := report.EvaluatorText(c.By)
	if d := c.By.Digest; d != "" {
		name += " " + d[:min(8, len(d))]
	}
	return name
}

func bankNames(c calibrate.Card) string {
	if len(c.Banks) > 2 {
		return fmt.Sprintf("%d banks", len(c.Banks))
	}
	var out []string
	for _, b := range c.Banks {
		out = append(out, b.ID)
	}
	return strings.Join(out, ", ")
}

func newEvaluatorCompare(a *app) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "compare E1 E2",
		Short: "Put the newest cards of two evaluators side by side",
		Long: "Put the newest cards of two evaluators side by side, the points on which they do worst\n" +
			"first. An evaluator is builtin, or the name of a model.",
		Example: "elios evaluator compare builtin gemma3:4b",
		Args:    usageArgs(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			cards, err := a.cards(cmd.Context())
			if err != nil {
				return err
			}
			one, err := newest(cards, args[0])
			if err != nil {
				return err
			}
			other, err := newest(cards, args[1])
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(a.out).Encode([]calibrate.Card{one, other})
			}
			return compareCards(a.out, one, other)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print both cards as JSON")
	return cmd
}

// newest finds the latest card of an evaluator.
func newest(cards []calibrate.Card, name string) (calibrate.Card, error) {
	for _, c := range slices.Backward(cards) {
		if c.By.Name == name || c.By.Model == name || strings.TrimSuffix(c.By.Model, ":latest") == name {
			return c, nil
		}
	}
	return calibrate.Card{}, usagef("there is no card of %s; elios evaluator calibrate makes one", name)
}

// mostCompared is how many points a comparison lists.
const mostCompared = 12

func compareCards(out io.Writer, a, b calibrate.Card) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "\t%s\t%s\n", cardName(a), cardName(b))
	for _, row := range []struct {
		what   string
		figure func(calibrate.Card) string
	}{
		{"answers", func(c calibrate.Card) string { return fmt.Sprint(c.N) }},
		{"mean error", func(c calibrate.Card) string { return fmt.Sprintf("%.1f", c.MAE) }},
		{"bias", func(c calibrate.Card) string { return fmt.Sprintf("%+.1f", c.Bias) }},
		{"right band", func(c calibrate.Card) string { return fmt.Sprintf("%.0f %%", 100*c.Bands) }},
		{"kappa", func(c calibrate.Card) string { return fmt.Sprintf("%.2f", c.Kappa) }},
		{"SD over runs", func(c calibrate.Card) string { return fmt.Sprintf("%.1f", c.SD) }},
		{"points not assessed", func(c calibrate.Card) string { return fmt.Sprintf("%.0f %%", 100*c.Abstentions) }},
		{"failed, invalid", func(c calibrate.Card) string { return fmt.Sprintf("%.0f %%, %.0f %%", 100*c.Failed, 100*c.Invalid) }},
		{"p50, p95", func(c calibrate.Card) string { return fmt.Sprintf("%.0f, %.0f ms", c.P50, c.P95) }},
	} {
		fmt.Fprintf(w, "%s\t%s\t%s\n", row.what, row.figure(a), row.figure(b))
	}
	for i, p := range together(a, b) {
		if i == 0 {
			fmt.Fprintf(w, "\npoints, the worst first\t\t\n")
		}
		if i == mostCompared {
			break
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.key, p.one, p.other)
	}
	return w.Flush()
}

// pair is a point that both cards have.
type pair struct {
	key, one, other string
	worst           float64
}

func together(a, b calibrate.Card) []pair {
	others := map[string]calibrate.Point{}
	for _, p := range b.Points {
		others[p.Key()] = p
	}
	var out []pair
	for _, p := range a.Points {
		o, ok := others[p.Key()]
		if ok && (p.Right < p.N || o.Right < o.N) {
			out = append(out, pair{p.Key(), ofN(p), ofN(o), min(p.Share(), o.Share())})
		}
	}
	slices.SortStableFunc(out, func(a, b pair) int { return cmp.Compare(a.worst, b.worst) })
	return out
}

func ofN(p calibrate.Point) string { return fmt.Sprintf("%d of %d", p.Right, p.N) }

// printCard says what a calibration came to.
func printCard(out io.Writer, c calibrate.Card) {
	fmt.Fprintf(out, "%s on %s: %s.\n", cardName(c), bankNames(c), c.Figures())
	fmt.Fprintf(out, "SD over %d runs %.1f, failed %.0f %% of them (%.0f %% not in the form), one evaluation %.0f ms (95th percentile %.0f ms).\n",
		c.Runs, c.SD, 100*c.Failed, 100*c.Invalid, c.P50, c.P95)
	for i, p := range c.Points {
		if p.Right == p.N || i == mostCompared {
			break
		}
		if i == 0 {
			fmt.Fprintln(out, "Points judged wrongly, the worst first:")
		}
		fmt.Fprintf(out, "  %s: right %s\n", p.Key(), ofN(p))
	}
}
