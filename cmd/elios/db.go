package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/session"
)

func newDB(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "db",
		Short: "Back up and check the database",
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:     "backup FILE",
			Short:   "Copy the database to a new file, also while it is in use",
			Example: "elios db backup elios-backup.db",
			Args:    usageArgs(cobra.ExactArgs(1)),
			RunE:    func(cmd *cobra.Command, args []string) error { return backup(cmd.Context(), a, args[0]) },
		},
		&cobra.Command{
			Use:   "check",
			Short: "Look for damage in the database",
			Long: "Look for damage: in the file, in its references, and in each interview against its\n" +
				"journal. Nothing is changed. The exit code is 1 when there is any.",
			Example: "elios db check",
			Args:    usageArgs(cobra.NoArgs),
			RunE:    func(cmd *cobra.Command, _ []string) error { return check(cmd.Context(), a) },
		},
	)
	return cmd
}

func backup(ctx context.Context, a *app, file string) error {
	s, err := a.store(ctx)
	if err != nil {
		return err
	}
	if err := s.Backup(ctx, file); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Backed up to %s\n", file)
	return nil
}

func check(ctx context.Context, a *app) error {
	s, err := a.store(ctx)
	if err != nil {
		return err
	}
	fold := func(events []session.Event) (*session.Interview, error) { return session.Fold(events), nil }
	problems, err := s.Check(ctx, fold)
	if err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintln(a.out, p)
	}
	if n := len(problems); n > 0 {
		return &exitError{code: exitFailed, msg: fmt.Sprintf("%d problems; keep a copy of the file, and restore a backup if you have one", n)}
	}
	fmt.Fprintln(a.out, "The database is sound.")
	return nil
}
