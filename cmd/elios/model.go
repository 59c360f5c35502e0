package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/ollama"
	"github.com/elios/elios/internal/text"
)

func newModel(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "model",
		Short: "List the models of Ollama, or install one",
	}
	cmd.AddCommand(newModelList(a), newModelPull(a))
	return cmd
}

func newModelList(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the installed models and mark the one elios chooses",
		Example: "elios model list",
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return listModels(cmd.Context(), a) },
	}
}

func listModels(ctx context.Context, a *app) error {
	client, err := a.ollamaClient()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, lookForNamed)
	defer cancel()
	all, err := client.Models(ctx)
	if err != nil {
		return err
	}
	chosen, _ := client.Choose(ctx, a.cfg.Model) // none: nothing is marked, and said below
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, m := range all {
		mark := " "
		if m.Name == chosen.Name {
			mark = "*"
		}
		fmt.Fprintf(w, "%s %s\t%s\t%s\t%s\t%.12s\n", mark, text.Clean(m.Name), text.Clean(m.Params), text.Clean(m.Quant), gigabytes(m.Size), m.Digest)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("list models: %w", err)
	}
	if chosen.Name == "" {
		fmt.Fprintf(a.out, "No model elios would choose is installed. To install one: elios model pull %s\n", ollama.Suitable[0])
	}
	return nil
}

func newModelPull(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "pull NAME",
		Short:             "Install a model; called off, it goes on where it stopped",
		Example:           "elios model pull " + ollama.Suitable[0],
		Args:              usageArgs(cobra.ExactArgs(1)),
		ValidArgsFunction: cobra.FixedCompletions(ollama.Suitable, cobra.ShellCompDirectiveNoFileComp),
		RunE:              func(cmd *cobra.Command, args []string) error { return pullModel(cmd.Context(), a, args[0]) },
	}
}

func pullModel(ctx context.Context, a *app, name string) error {
	client, err := a.ollamaClient()
	if err != nil {
		return err
	}
	p := newPullProgress(a)
	err = client.Pull(ctx, name, p.show)
	p.end()
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s is installed.\n", name)
	return nil
}

// pullProgress draws one line that changes on a terminal, and elsewhere a line for each step.
type pullProgress struct {
	line  statusLine
	a     *app
	said  string
	drawn time.Time
}

func newPullProgress(a *app) *pullProgress {
	return &pullProgress{a: a, line: a.statusLine()}
}

// barWidth is that of a whole download, in columns.
const barWidth = 24

func (p *pullProgress) show(s ollama.Pulled) {
	status := strings.Join(strings.Fields(text.Clean(s.Status)), " ")
	if !p.line.isSeen() {
		if status != p.said {
			p.said = status
			fmt.Fprintln(p.a.err, status)
		}
		return
	}
	if s.Of == 0 {
		p.line.draw(status)
		return
	}
	if time.Since(p.drawn) < 100*time.Millisecond && s.Done < s.Of {
		return
	}
	p.drawn = time.Now()
	full := int(barWidth * s.Done / s.Of)
	p.line.draw(fmt.Sprintf("%s%s %3d %%  %s of %s  ctrl+c stops; pull again to go on",
		strings.Repeat("█", full), strings.Repeat("░", barWidth-full), 100*s.Done/s.Of, gigabytes(s.Done), gigabytes(s.Of)))
}

func (p *pullProgress) end() {
	p.line.clear()
}
