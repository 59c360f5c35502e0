package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/speech"
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
	others   otherTokenFiles
	bank     string
	only     string
	quick    bool
	list     bool
	json     bool
	junit    string
	failing  string
	restart  string
	patience time.Duration
}

func newProtocolTest(a *app) *cobra.Command {
	o := &protocolTestOptions{app: a}
	cmd := &cobra.Command{
		Use:   "test [URL]",
		Short: "Do right and wrong, and see what a server makes of it",
		Long: "Hold a server, of elios or another program, against the protocol elios.v1: every\n" +
			"message, error and close code, resuming at every event, doing things once, malformed\n" +
			"frames and messages, limits, plain HTTP. It makes interviews on the server and\n" +
			"deletes them. Without URL it is the server on this machine.\n\n" +
			"Some checks need a token of another kind, a command that restarts the server, or a\n" +
			"slow evaluator; they are skipped without, and say so. For the server on this machine\n" +
			"the tokens are made, and removed at the end. Exit code 1 when a check fails.",
		Example: "elios protocol test\n" +
			"elios protocol test https://example.org --token-file t.txt --junit r.xml\n" +
			"elios protocol test --only restart --restart ./restart.sh",
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	f := cmd.Flags()
	f.StringVar(&o.bank, "bank", "", "ask the server for questions of the bank of this `ID` (default: "+firstBank+", or the first there is)")
	f.StringVar(&o.only, "only", "", "only the checks whose names begin with `TEXT`, such as resume")
	f.BoolVar(&o.quick, "quick", false, "leave out what waits for a time the protocol names")
	f.BoolVar(&o.list, "list", false, "list the checks, and what no check can see, and make none")
	f.BoolVar(&o.json, "json", false, "print one JSON object a check")
	f.StringVar(&o.junit, "junit", "", "write the results as JUnit XML into `FILE`")
	f.DurationVar(&o.patience, "patience", 2*time.Minute, "wait this `TIME` for an evaluation")
	f.StringVar(&o.failing, "failing-answer", builtin.FailingAnswer, "an answer, a `TEXT`, that the server's evaluator fails to judge")
	f.StringVar(&o.restart, "restart", "", "restart the server with this `COMMAND`, and see that nothing is lost")
	f.StringVar(&o.others.candidate, "candidate-token-file", "", "read the token of another candidate from `FILE`")
	f.StringVar(&o.others.observer, "observer-token-file", "", "read an observer's token from `FILE`")
	f.StringVar(&o.others.host, "host-token-file", "", "read a host's token from `FILE`")
	f.StringVar(&o.others.invitation, "invitation-token-file", "", "read an invitation's token from `FILE`")
	f.StringVar(&o.others.expired, "expired-token-file", "", "read a token that has expired from `FILE`")
	f.StringVar(&o.others.revoked, "revoked-token-file", "", "read a token that was revoked from `FILE`")
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
	switch {
	case len(out) > 0:
		return out, nil
	case slices.ContainsFunc(conformance.Checks(), func(c conformance.Check) bool { return strings.HasPrefix(c.Name, o.only) }):
		return nil, usagef("--only %q: --quick leaves out every check that begins so", o.only)
	}
	return nil, usagef("--only %q: no check begins so; elios protocol test --list shows them", o.only)
}

func (o *protocolTestOptions) run(ctx context.Context, args []string) error {
	checks, err := o.checks()
	if err != nil {
		return err
	}
	if o.list {
		return o.printList(checks)
	}
	if o.patience <= 0 {
		return usagef("--patience %s: an evaluation takes longer", o.patience)
	}
	restart, err := o.restarts()
	if err != nil {
		return err
	}
	if err := o.tryJUnit(); err != nil {
		return err
	}
	target, closeIt, err := o.target(o.app, address(args), o.bank, o.patience)
	if err != nil {
		return err
	}
	defer closeIt()
	target.Failing, target.Restart = o.failing, restart
	if target.Others, err = o.others.tokens(); err != nil {
		return err
	}
	back, err := o.prepare(ctx, &target, checks)
	if err != nil {
		return err
	}
	shown := newProtocolResults(o, checks)
	interrupted := conformance.Run(ctx, target, checks, shown.tell) != nil
	return errors.Join(o.finish(shown, interrupted), back())
}

// prepare finds out what there is to look at, and makes what the checks need. The
// function takes it back.
func (o *protocolTestOptions) prepare(ctx context.Context, t *conformance.Target, checks []conformance.Check) (func() error, error) {
	found, err := t.Reach(ctx)
	if err != nil {
		return nil, err
	}
	has := func(id string) bool { return len(found.Banks) == 0 || slices.Contains(found.Banks, id) }
	switch {
	case o.bank == "" && has(firstBank):
		o.bank = firstBank
	case o.bank == "":
		o.bank = found.Banks[0]
	case !has(o.bank):
		return nil, usagef("--bank %q: the server has %s", o.bank, strings.Join(found.Banks, ", "))
	}
	t.Bank = o.bank
	if found.Scope == session.HostScope && t.Others.Host.Empty() {
		t.Others.Host = t.Token
	}
	cfg, err := o.configuration()
	if err != nil {
		return nil, err
	}
	local, err := readToken(tokenFile(cfg.DB))
	needed := slices.ContainsFunc(checks, func(c conformance.Check) bool {
		return strings.HasPrefix(c.Name, "tokens/") || strings.HasPrefix(c.Name, "limits/")
	})
	if !needed || err != nil || local.Hash() != t.Token.Hash() {
		return func() error { return nil }, nil // somebody else's server: its tokens are its host's to make
	}
	return o.ownTokens(ctx, &t.Others)
}

// restarts is the command of --restart, nil for none.
func (o *protocolTestOptions) restarts() (func(ctx context.Context) error, error) {
	words, err := speech.Split(o.restart)
	switch {
	case err != nil:
		return nil, usagef("--restart: %w", err)
	case len(words) == 0:
		return nil, nil
	}
	program, err := exec.LookPath(words[0])
	var unfit *exec.Error
	if errors.As(err, &unfit) {
		err = unfit.Err // without the word "exec"
	}
	if err != nil {
		return nil, usagef("--restart: %q: %w", words[0], err)
	}
	return func(ctx context.Context) error { return runToFile(exec.CommandContext(ctx, program, words[1:]...)) }, nil
}

// runToFile runs a command whose output goes to a file: a pipe would be waited for
// as long as the server that the command starts has it open.
func runToFile(cmd *exec.Cmd) error {
	f, err := os.CreateTemp("", "elios-restart-*")
	if err != nil {
		return fmt.Errorf("output of %s: %w", cmd.Path, cause(err))
	}
	defer os.Remove(f.Name())
	defer f.Close()
	cmd.Stdout, cmd.Stderr = f, f
	if err := cmd.Run(); err != nil {
		said := make([]byte, 1000)
		n, _ := f.ReadAt(said, 0) // as much as there is
		return errors.New(strings.TrimSuffix(fmt.Sprintf("%s: %v: %s", cmd.Path, err, bytes.TrimSpace(said[:n])), ": "))
	}
	return nil
}

// tryJUnit finds out before the checks whether their results can be written.
func (o *protocolTestOptions) tryJUnit() error {
	if o.junit == "" {
		return nil
	}
	if old, err := os.Stat(o.junit); err == nil && !old.Mode().IsRegular() {
		return usagef("--junit: %s is not a regular file", o.junit)
	}
	f, err := os.CreateTemp(filepath.Dir(o.junit), ".elios-*") // as what is written in the end
	if err != nil {
		return usagef("--junit: %w", cause(err))
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return usagef("--junit: %w", cause(err))
	}
	return nil
}

// listedCheck is a line of --list --json: a check, or what no check can see.
type listedCheck struct {
	Check  string `json:"check,omitempty"`
	Says   string `json:"says,omitempty"`
	Slow   bool   `json:"slow,omitempty"` // --quick leaves it out
	Unseen string `json:"unseen,omitempty"`
	Why    string `json:"why,omitempty"`
}

// printList lists checks, and what no check can see.
func (o *protocolTestOptions) printList(checks []conformance.Check) error {
	var list []listedCheck
	for _, c := range checks {
		list = append(list, listedCheck{Check: c.Name, Says: c.Says, Slow: c.Slow})
	}
	not := conformance.Unprovoked()
	for _, what := range slices.Sorted(maps.Keys(not)) {
		list = append(list, listedCheck{Unseen: what, Why: not[what]})
	}
	var b bytes.Buffer
	for i, l := range list {
		switch {
		case o.json:
			if err := json.NewEncoder(&b).Encode(l); err != nil {
				return fmt.Errorf("list of checks: %w", err)
			}
			continue
		case i == len(checks):
			fmt.Fprintln(&b, "\nWhat no client can bring about, and so no check sees:")
		}
		fmt.Fprintf(&b, "%-34s %s\n", l.Check+l.Unseen, l.Says+l.Why)
	}
	if _, err := o.out.Write(b.Bytes()); err != nil {
		return fmt.Errorf("list of checks: %w", cause(err))
	}
	return nil
}

// finish writes what remains, with the checks in their order.
func (o *protocolTestOptions) finish(shown *protocolResults, interrupted bool) error {
	failed := shown.end()
	var errs []error
	switch {
	case interrupted:
		errs = append(errs, &exitError{exitInterrupted, fmt.Sprintf("interrupted after %d of %d checks", len(shown.got), len(shown.checks))})
	case failed > 0:
		errs = append(errs, &exitError{code: exitFailed})
	}
	if shown.broken != nil {
		errs = append(errs, fmt.Errorf("results: %w", cause(shown.broken)))
	}
	if o.junit != "" {
		results := shown.inOrder()
		err := writeWhole(o.junit, true, func(w io.Writer) error { return conformance.WriteJUnit(w, results) })
		if err != nil {
			errs = append(errs, fmt.Errorf("JUnit: %w", cause(err)))
		}
	}
	return errors.Join(errs...)
}
