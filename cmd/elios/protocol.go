package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/text"
)

func newProtocol(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "protocol",
		Short: "Hold a server against the protocol elios.v1",
	}
	cmd.AddCommand(newProtocolTest(a))
	return cmd
}

// protocolTestOptions is `elios protocol test`.
type protocolTestOptions struct {
	*app
	remoteFlags
	bank     string
	only     string
	quick    bool
	list     bool
	junit    string
	patience time.Duration
}

func newProtocolTest(a *app) *cobra.Command {
	o := &protocolTestOptions{app: a}
	cmd := &cobra.Command{
		Use:   "test [URL]",
		Short: "Do right and wrong, and see what a server makes of it",
		Long: "Hold a server, of elios or another program, against the protocol elios.v1: every\n" +
			"message, error and close code, resuming at every event, doing things once, malformed\n" +
			"frames and messages, limits, plain HTTP. It makes interviews on the server. Without\n" +
			"URL it is the server on this machine. Exit code 1 when a check fails.",
		Example: "elios protocol test\n" +
			"elios protocol test https://example.org --token-file t.txt --junit r.xml\n" +
			"elios protocol test --only resume",
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	f := cmd.Flags()
	f.StringVar(&o.bank, "bank", firstBank, "ask the server for questions of the bank of this `ID`")
	f.StringVar(&o.only, "only", "", "only the checks whose names begin with `TEXT`, such as resume")
	f.BoolVar(&o.quick, "quick", false, "leave out what waits for a time the protocol names")
	f.BoolVar(&o.list, "list", false, "list the checks and make none")
	f.StringVar(&o.junit, "junit", "", "write the results as JUnit XML into `FILE`")
	f.DurationVar(&o.patience, "patience", 2*time.Minute, "wait this `TIME` for an evaluation")
	o.addRemoteFlags(cmd)
	return cmd
}

// checks are those that the flags choose.
func (o *protocolTestOptions) checks() ([]conformance.Check, error) {
	var out []conformance.Check
	for _, c := range conformance.Checks() {
		if strings.HasPrefix(c.Name, o.only) && (!o.quick || !c.Slow) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil, usagef("--only %q: no check begins so; elios protocol test --list shows them", o.only)
	}
	return out, nil
}

func (o *protocolTestOptions) run(ctx context.Context, args []string) error {
	checks, err := o.checks()
	if err != nil {
		return err
	}
	if o.list {
		for _, c := range checks {
			fmt.Fprintf(o.out, "%-32s %s\n", c.Name, c.Says)
		}
		return nil
	}
	target, closeIt, err := o.target(o.app, address(args), o.bank, o.patience)
	if err != nil {
		return err
	}
	defer closeIt()
	var results []conformance.Result
	err = conformance.Run(ctx, target, checks, func(r conformance.Result) {
		results = append(results, r)
		o.tell(r)
	})
	if err != nil {
		return err
	}
	return o.finish(checks, results)
}

// tell prints a result as it comes.
func (o *protocolTestOptions) tell(r conformance.Result) {
	if r.Err == nil {
		fmt.Fprintf(o.out, "ok    %s\n", r.Name)
		return
	}
	fmt.Fprintf(o.out, "FAIL  %s: %s\n      %s\n", r.Name, r.Says, text.Clean(r.Err.Error()))
}

// finish writes what remains, with the checks in their order.
func (o *protocolTestOptions) finish(checks []conformance.Check, results []conformance.Result) error {
	place := map[string]int{}
	for i, c := range checks {
		place[c.Name] = i
	}
	slices.SortFunc(results, func(a, b conformance.Result) int { return place[a.Name] - place[b.Name] })
	if o.junit != "" {
		err := writeWhole(o.junit, true, func(w io.Writer) error { return conformance.WriteJUnit(w, results) })
		if err != nil {
			return fmt.Errorf("JUnit: %w", cause(err))
		}
	}
	failed := 0
	for _, r := range results {
		if r.Err != nil {
			failed++
		}
	}
	fmt.Fprintf(o.out, "%d checks: %d failed\n", len(results), failed)
	if failed > 0 {
		return &exitError{code: exitFailed}
	}
	return nil
}
