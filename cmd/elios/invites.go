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

// listedInvitation is an invitation with what has become of it.
type listedInvitation struct {
	ID        string       `json:"id"` // also its token's
	Name      string       `json:"name"`
	Bank      string       `json:"bank"`
	Mode      session.Mode `json:"mode"`
	CreatedAt time.Time    `json:"created_at"`
	ExpiresAt time.Time    `json:"expires_at,omitzero"` // zero: never
	State     string       `json:"state"`
	Interview string       `json:"interview,omitempty"` // its id, "" before it is made
	Questions int          `json:"questions,omitempty"` // of the interview
	Score     *float64     `json:"score,omitempty"`     // 0–100
	Judged    int          `json:"judged,omitempty"`    // questions with a score
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
func listInvitations(ctx context.Context, s *store.Store, now time.Time) ([]listedInvitation, error) {
	tokens, err := s.Tokens(ctx)
	if err != nil {
		return nil, err
	}
	var out []listedInvitation
	for _, t := range tokens {
		if t.Invitation == nil {
			continue
		}
		made, err := s.List(ctx, session.Filter{Owner: t.ID, Request: session.InvitedRequest, Limit: 1})
		if err != nil {
			return nil, err
		}
		var iv *session.Summary
		if len(made) > 0 {
			iv = &made[0]
		}
		out = append(out, invitationOf(t, iv, now))
	}
	return out, nil
}

// invitationOf says what became of an invitation; iv is its interview, nil
// before it is made.
func invitationOf(t session.Token, iv *session.Summary, now time.Time) listedInvitation {
	out := listedInvitation{
		ID: t.ID, Name: t.Name, Bank: t.Invitation.Settings.Bank, Mode: t.Invitation.Settings.Mode,
		CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, State: invitationState(t, iv, now),
	}
	if iv != nil {
		out.Interview, out.Questions, out.Score, out.Judged = iv.ID, iv.Questions, iv.Score, iv.Judged
	}
	return out
}

// invitationState says where an invitation stands. What is over stays over; else
// a token that may not be used any more is in the way of all the rest.
func invitationState(t session.Token, iv *session.Summary, now time.Time) string {
	switch {
	case iv != nil && iv.State == session.Complete:
		return string(iv.Outcome)
	case !t.Valid(now):
		return tokenState(t, now)
	case iv == nil || iv.Question == 0:
		return "open"
	}
	return fmt.Sprintf("started at question %d", iv.Question)
}

func printInvitations(out io.Writer, list []listedInvitation) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tNAME\tBANK\tMODE\tCREATED\tEXPIRES\tSTATE\tSCORE")
	for _, v := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", v.ID, nameWords(v.Name), v.Bank, v.Mode,
			timeWords(v.CreatedAt), timeWords(v.ExpiresAt), v.State, scoreWords(session.Summary{Score: v.Score}))
	}
	return w.Flush()
}
