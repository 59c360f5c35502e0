package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/session"
)

// Exit codes, as `elios help exit-codes` tells them.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitUnreachable = 3
	exitRegression  = 4
	exitInterrupted = 130
)

// streams are where a command reads and writes.
type streams struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// run is the whole program: it parses, runs one command and gives the exit code.
func run(ctx context.Context, args []string, s streams, getenv func(string) string) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{streams: s, getenv: getenv, notices: make(chan string, 1)}
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	err := root.ExecuteContext(ctx)
	if err != nil && !isInterrupt(err) {
		printError(s.err, err)
	}
	if closing := a.close(); closing != nil && err == nil {
		printError(s.err, closing)
		err = closing
	}
	a.lastNotice()
	return exitCode(ctx, err)
}

// isInterrupt tells whether an error says no more than what the person has just done.
func isInterrupt(err error) bool {
	return err.Error() == context.Canceled.Error() || err.Error() == tea.ErrInterrupted.Error()
}

// exitCode is the one table from errors to exit codes.
func exitCode(ctx context.Context, err error) int {
	var exit *exitError
	var usage *usageError
	var invalid *bank.Error
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &exit):
		return exit.code
	case errors.Is(err, tea.ErrInterrupted), ctx.Err() != nil, errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &usage), errors.As(err, &invalid), session.KindOf(err) == session.Invalid:
		return exitUsage
	case session.KindOf(err) == session.Unavailable:
		return exitUnreachable
	}
	return exitFailed
}

// exitError ends the program with a code of its own. With an empty message
// nothing is printed: everything has been said.
type exitError struct {
	code int
	msg  string
}

func (e *exitError) Error() string { return e.msg }

// usageError is a command line that cannot be meant.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error { return &usageError{fmt.Errorf(format, args...)} }

// named marks an unknown thing that the command line names as a usage error.
func named(err error) error {
	if session.KindOf(err) == session.NotFound {
		return &usageError{err}
	}
	return err
}

// usageArgs marks what a cobra check of arguments says as a usage error, and
// says where the usage stands. Of a command that has others below it an
// argument can only be one of them, misspelt.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch err := check(cmd, args); {
		case err == nil:
			return nil
		case cmd.HasAvailableSubCommands() && len(args) > 0:
			return unknownCommand(cmd, args[0])
		default:
			return usagef("%w; see %s --help", err, cmd.CommandPath())
		}
	}
}

// unknownCommand names the command that may be meant.
func unknownCommand(parent *cobra.Command, name string) error {
	parent.SuggestionsMinimumDistance = 2
	if near := parent.SuggestionsFor(name); len(near) > 0 {
		return usagef("unknown command %q; did you mean %s %s?", name, parent.CommandPath(), near[0])
	}
	return usagef("unknown command %q; see %s --help", name, parent.CommandPath())
}

// printError says what went wrong, once, without a stack or a box.
func printError(w io.Writer, err error) {
	if msg := strings.TrimSpace(err.Error()); msg != "" {
		fmt.Fprintf(w, "elios: %s\n", msg)
	}
}
