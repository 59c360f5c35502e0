package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/conformance"
)

// benchOptions is `elios bench`.
type benchOptions struct {
	*app
	remoteFlags
	conformance.Load
	bank   string
	closed bool
	json   bool
}

func newBench(a *app) *cobra.Command {
	o := &benchOptions{app: a}
	cmd := &cobra.Command{
		Use:   "bench [URL]",
		Short: "Measure a server under load",
		Long: "Load a server with interviews and measure: answers a second, how long an answer\n" +
			"takes to be acknowledged and evaluated, events that were missing or came twice, and\n" +
			"what the server itself needed (with a host's token). Start the server with\n" +
			"--evaluator simulated:50ms to leave a model out of it. The interviews that it makes are\n" +
			"removed at the end.\n\n" +
			"With --rate, a time counts from when the answer was due, also when the server was\n" +
			"late with the one before.",
		Example: "elios bench --interviews 50 --closed --duration 30s\n" +
			"elios bench https://example.org --interviews 1000 --rate 500\n" +
			"elios bench --interviews 5000 --idle",
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	f := cmd.Flags()
	f.IntVar(&o.Interviews, "interviews", 50, "`N` interviews at once")
	f.Float64Var(&o.Rate, "rate", 0, "hand in `N` answers a second over all of them")
	f.BoolVar(&o.closed, "closed", false, "each answers as soon as it is asked: what happens without --rate")
	f.BoolVar(&o.Idle, "idle", false, "nobody answers: the interviews are only connected")
	f.DurationVar(&o.Duration, "duration", 10*time.Second, "measure for this `TIME`")
	f.Float64Var(&o.Drop, "drop", 0, "break the connection after this `SHARE` of answers, such as 0.01, and come back")
	f.StringVar(&o.bank, "bank", firstBank, "ask the server for questions of the bank of this `ID`")
	f.BoolVar(&o.json, "json", false, "print one JSON object")
	o.addRemoteFlags(cmd)
	return cmd
}

// benched is what a bench prints.
type benched struct {
	conformance.Measured
	Server *used `json:"server,omitempty"`
}

func (o *benchOptions) run(ctx context.Context, args []string) error {
	if err := o.check(); err != nil {
		return err
	}
	t, closeIt, err := o.target(o.app, address(args), o.bank, time.Minute)
	if err != nil {
		return err
	}
	defer closeIt()
	t.HTTP.Transport.(*http.Transport).MaxIdleConnsPerHost = 64
	server := observe(ctx, t, o.databaseDir(t)) // as it is before anybody asks it for anything
	if _, err := t.Reach(ctx); err != nil {
		return err
	}
	server.watch(&o.Load)
	line := o.statusLine()
	got, err := o.Load.Run(ctx, t, func(p conformance.Progress) { line.draw(o.progress(p)) })
	line.clear()
	if err != nil && got.Seconds == 0 {
		return err
	}
	// Of one that was interrupted too, what was measured until then.
	if err := errors.Join(o.print(benched{got, server.used(got.Answers)}), err); err != nil {
		return err
	}
	if got.Gaps+got.Duplicates > 0 || got.Failures > 0 {
		return &exitError{code: exitFailed, msg: fmt.Sprintf("%d gaps, %d duplicates, %d failures; the first: %s", got.Gaps, got.Duplicates, got.Failures, got.First)}
	}
	return nil
}

// mostRate is how many answers a second a load can hand in at most.
const mostRate = 100_000

func (o *benchOptions) check() error {
	switch {
	case o.Interviews < 1:
		return usagef("--interviews %d: it is at least 1", o.Interviews)
	case o.Rate != 0 && !(o.Rate >= 0.01 && o.Rate <= mostRate): // so written, no NaN gets through
		return usagef("--rate %g: it is 0.01 to %d", o.Rate, mostRate)
	case o.closed && o.Rate > 0:
		return usagef("--closed and --rate exclude each other")
	case o.Idle && (o.Rate > 0 || o.closed):
		return usagef("--idle goes without --rate and --closed")
	case o.Duration <= 0:
		return usagef("--duration %s: it is more than nothing", o.Duration)
	case !(o.Drop >= 0 && o.Drop <= 1):
		return usagef("--drop %g: it is 0 to 1", o.Drop)
	}
	return nil
}

// progress says how far it is.
func (o *benchOptions) progress(p conformance.Progress) string {
	if p.Removing > 0 {
		return fmt.Sprintf("%d interviews are still to be removed", p.Removing)
	}
	return fmt.Sprintf("%d of %d connected, %d answers, %d failures, %s of %s",
		p.Connected, o.Interviews, p.Answers, p.Failures, p.Elapsed.Round(time.Second), o.Duration)
}

func (o *benchOptions) print(b benched) error {
	if o.json {
		return json.NewEncoder(o.out).Encode(b)
	}
	line := func(name string, t conformance.Times) {
		if t.Count > 0 {
			fmt.Fprintf(o.out, "%-12s p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms\n", name, t.P50, t.P95, t.P99, t.Max)
		}
	}
	fmt.Fprintf(o.out, "%d interviews, %.1f s: %d answers, %.0f a second\n", b.Interviews, b.Seconds, b.Answers, b.PerSecond)
	line("acknowledged", b.Ack)
	line("evaluated", b.Evaluated)
	fmt.Fprintf(o.out, "gaps %d, duplicates %d, resumes %d, failures %d\n", b.Gaps, b.Duplicates, b.Resumes, b.Failures)
	if b.Overdue > 0 {
		fmt.Fprintf(o.out, "%d answers were due and not handed in: the rate is more than %d interviews at a time take\n", b.Overdue, b.Interviews)
	}
	if b.Left > 0 {
		fmt.Fprintf(o.out, "%d interviews of this load could not be removed\n", b.Left)
	}
	if b.Server != nil {
		b.Server.print(o.out)
	}
	return nil
}
