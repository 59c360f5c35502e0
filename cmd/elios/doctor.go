package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/ollama"
	"github.com/elios/elios/internal/session"
)

// finding is what the doctor says of one thing.
type finding struct {
	What string `json:"what"`           // what was looked at
	OK   bool   `json:"ok"`             // nothing to do
	Says string `json:"says"`           // what was found
	Mend string `json:"mend,omitempty"` // what to do about it
}

// doctorOptions is `elios doctor`.
type doctorOptions struct {
	*app
	bench bool
	json  bool
}

func newDoctor(a *app) *cobra.Command {
	o := &doctorOptions{app: a}
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look whether everything is there for an interview",
		Long: "Look at terminal, database, banks, Ollama, model, context and memory, and say how to mend\n" +
			"what is wrong. With --bench one answer is judged cold and warm, and the times are told.\n\n" +
			"Exit codes: 1 something has to be mended, 3 the evaluator asked for cannot be had.",
		Example: "elios doctor\nelios doctor --evaluator ollama --model gemma3:4b --bench",
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	cmd.Flags().BoolVar(&o.bench, "bench", false, "judge one answer cold and warm, and tell the times")
	cmd.Flags().BoolVar(&o.json, "json", false, "print the findings as JSON")
	a.addJudgeFlags(cmd, "auto")
	return cmd
}

func (o *doctorOptions) run(ctx context.Context) error {
	if _, err := o.configuration(); err != nil {
		return err
	}
	found := append(o.examineMachine(ctx), o.examineEvaluator(ctx)...)
	if o.bench {
		timed, err := o.timeEvaluator(ctx)
		if err != nil {
			return err
		}
		found = append(found, timed...)
	}
	if err := o.print(found); err != nil {
		return err
	}
	return verdict(found, o.cfg.Evaluator)
}

func (o *doctorOptions) print(found []finding) error {
	if o.json {
		if err := json.NewEncoder(o.out).Encode(found); err != nil {
			return fmt.Errorf("print the findings: %w", err)
		}
		return nil
	}
	return printFindings(o.out, found)
}

func printFindings(w io.Writer, found []finding) error {
	for _, f := range found {
		mark := "✓"
		if !f.OK {
			mark = "✗"
		}
		if _, err := fmt.Fprintf(w, "%s %-10s %s\n", mark, f.What, f.Says); err != nil {
			return fmt.Errorf("print the findings: %w", err)
		}
		if f.Mend != "" {
			fmt.Fprintf(w, "             → %s\n", f.Mend)
		}
	}
	return nil
}

// The things a doctor's exit code depends on.
const (
	ollamaFinding = "Ollama"
	modelFinding  = "model"
)

// verdict is the exit code the findings come to. Without Ollama elios works too, so its absence is a
// fault only where it was asked for.
func verdict(found []finding, evaluator string) error {
	for _, f := range found {
		switch {
		case f.OK:
		case f.What != ollamaFinding && f.What != modelFinding:
			return &exitError{code: exitFailed}
		case evaluator == ollama.Name:
			return &exitError{code: exitUnreachable}
		}
	}
	return nil
}

// summary is the evaluator's health in a line.
func (a *app) summary(found []finding) string {
	if len(found) == 0 {
		return "the built-in evaluator is ready; it needs no model"
	}
	for _, f := range found {
		switch {
		case f.OK:
		case f.What == ollamaFinding:
			return "the built-in evaluator judges; no Ollama is running"
		case f.What == modelFinding:
			return "the built-in evaluator judges; elios model pull " + wanted(a.cfg.Model) + " installs a model"
		default:
			return f.What + ": " + f.Says
		}
	}
	return found[len(found)-1].Says + ", on Ollama"
}

// examineEvaluator looks at Ollama and the model, unless only the built-in evaluator is wanted.
func (a *app) examineEvaluator(ctx context.Context) []finding {
	if a.cfg.Evaluator == session.Builtin {
		return nil
	}
	client, err := a.ollamaClient()
	if err != nil {
		return []finding{{What: ollamaFinding, Says: err.Error(), Mend: "set OLLAMA_HOST, or the key ollama_host"}}
	}
	ctx, cancel := context.WithTimeout(ctx, lookForNamed)
	defer cancel()
	version, err := client.Version(ctx)
	if err != nil {
		return []finding{{What: ollamaFinding, Says: err.Error(), Mend: "without it the built-in evaluator judges; https://ollama.com/download has it"}}
	}
	found := []finding{{What: ollamaFinding, OK: true, Says: fmt.Sprintf("version %s at %s", version, client.Server())}}
	m, err := client.Choose(ctx, a.cfg.Model)
	if err != nil {
		return append(found, finding{What: modelFinding, Says: err.Error(), Mend: fmt.Sprintf("elios model pull %s", wanted(a.cfg.Model))})
	}
	return append(found, examineModel(ctx, client, m, a.cfg.Context)...)
}

func wanted(model string) string {
	if model == "" {
		return ollama.Suitable[0]
	}
	return model
}

// examineModel looks whether a model's context is long enough and whether it fits into memory.
func examineModel(ctx context.Context, c *ollama.Client, m ollama.Installed, context int) []finding {
	found := []finding{{What: modelFinding, OK: true, Says: fmt.Sprintf("%s %s %s, %s", m.Name, m.Params, m.Quant, gigabytes(m.Size))}}
	if longest, err := c.LongestContext(ctx, m.Name); err == nil && longest > 0 {
		f := finding{What: "context", OK: longest >= context, Says: fmt.Sprintf("%d tokens are asked for; the model takes %d", context, longest)}
		if !f.OK {
			f.Mend = fmt.Sprintf("set the key context to %d or less, or take another model", longest)
		}
		found = append(found, f)
	}
	if free, ok := freeMemory(); ok {
		f := finding{What: "memory", OK: free > m.Size, Says: fmt.Sprintf("%s are free; the model takes about %s", gigabytes(free), gigabytes(m.Size))}
		if !f.OK {
			f.Mend = "take a smaller model (docs/models.md), or close other programs"
		}
		found = append(found, f)
	}
	return append(found, finding{What: "evaluator", OK: true, Says: m.Name + " judges"})
}

func gigabytes(n int64) string { return fmt.Sprintf("%.1f GB", float64(n)/1e9) }

// seconds is a time as the doctor tells it.
func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
