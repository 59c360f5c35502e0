package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/store"
)

// invitesOptions is `elios invites`.
type invitesOptions struct {
	*app
	csv  bool
	json bool
}

func newInvites(a *app) *cobra.Command {
	o := &invitesOptions{app: a}
	cmd := &cobra.Command{
		Use:   "invites",
		Short: "List your invitations and what came of them",
		Long: "List your invitations, the oldest first, and how the interviews went.\n\n" +
			"To take one back: elios token revoke ID",
		Example: "elios invites\nelios invites --csv > invitations.csv",
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	cmd.Flags().BoolVar(&o.csv, "csv", false, "a table for spreadsheets; a cell that begins like a formula has an apostrophe before it")
	cmd.Flags().BoolVar(&o.json, "json", false, "one JSON object a line")
	return cmd
}

func (o *invitesOptions) run(ctx context.Context) error {
	if o.csv && o.json {
		return usagef("give --csv or --json, not both")
	}
	s, err := o.store(ctx)
	if err != nil {
		return err
	}
	list, err := listInvitations(ctx, s, time.Now())
	switch {
	case err != nil:
		return err
	case o.json:
		return printLines(o.out, list)
	case o.csv:
		return writeInvitations(o.out, list)
	case len(list) == 0:
		fmt.Fprintln(o.out, "No invitations yet. Send one with: elios invite --bank ID")
		return nil
	}
	return printInvitations(o.out, list)
}

// listInvitations puts every invitation together with its interview.
func listInvitations(ctx context.Context, s *store.Store, now time.Time) ([]session.Invited, error) {
	tokens, err := s.Tokens(ctx)
	if err != nil {
		return nil, err
	}
	made, err := s.List(ctx, session.Filter{Request: session.InvitedRequest})
	return session.InvitationsOf(tokens, made, now), err
}

func printInvitations(out io.Writer, list []session.Invited) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tNAME\tBANK\tMODE\tCREATED\tEXPIRES\tSTATE\tSCORE")
	for _, v := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", v.ID, nameWords(v.Name), v.Bank, v.Mode,
			timeWords(v.CreatedAt), timeWords(v.ExpiresAt), v.State, scoreWords(session.Summary{Score: v.Score}))
	}
	return w.Flush()
}
