package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

func newToken(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Create, list and revoke tokens for your server",
		Long: "Create, list and revoke tokens. A token lets somebody use the interviews of your\n" +
			"server; its scope says what it is good for:\n\n" +
			"  candidate  have interviews of one's own\n" +
			"  observer   watch every interview, and change none\n" +
			"  host       have interviews, watch every one, and read every report",
	}
	cmd.AddCommand(newTokenCreate(a), newTokenList(a), newTokenRevoke(a))
	return cmd
}

// tokenListOptions is `elios token list`.
type tokenListOptions struct {
	*app
	json bool
}

func newTokenList(a *app) *cobra.Command {
	o := &tokenListOptions{app: a}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the tokens there are, never their secrets",
		Args:  usageArgs(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "one JSON object a line")
	return cmd
}

// listedToken is a token with what has become of it.
type listedToken struct {
	session.Token
	State string `json:"state"` // valid, expired or revoked
}

func (o *tokenListOptions) run(ctx context.Context) error {
	s, err := o.store(ctx)
	if err != nil {
		return err
	}
	tokens, err := s.Tokens(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	list := make([]listedToken, len(tokens))
	for i, t := range tokens {
		list[i] = listedToken{t, t.State(now)}
	}
	switch {
	case o.json:
		return printLines(o.out, list)
	case len(list) == 0:
		fmt.Fprintln(o.out, "No tokens yet. Make one with: elios token create")
		return nil
	}
	return printTokens(o.out, list)
}

func printTokens(out io.Writer, list []listedToken) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tNAME\tSCOPE\tCREATED\tEXPIRES\tSTATE")
	for _, t := range list {
		scope := string(t.Scope)
		if t.Invitation != nil {
			scope += " (invitation)"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, nameWords(t.Name), scope, timeWords(t.CreatedAt), timeWords(t.ExpiresAt), t.State)
	}
	return w.Flush()
}

// nameWords is the name of a token, or a dash.
func nameWords(name string) string { return cmp.Or(text.Clean(name), "–") }

// timeWords is a time for people; the zero time never comes.
func timeWords(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Local().Format("2006-01-02 15:04")
}

// maxName bounds the name of a token, in characters: it has to fit a line.
const maxName = 100

// parseName cleans a name that somebody gave. It is one line.
func parseName(s string) (string, error) {
	s = strings.TrimSpace(text.Clean(s))
	switch {
	case strings.ContainsAny(s, "\n\t"):
		return "", usagef("--name %q: it must be one line, without tabs", s)
	case len([]rune(s)) > maxName:
		return "", usagef("--name: it has %d characters; %d are the most", len([]rune(s)), maxName)
	}
	return s, nil
}

// parseExpires tells when a token made now expires, the zero time for never ("").
func parseExpires(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	age, err := parseAge("--expires", s)
	switch {
	case err != nil:
		return time.Time{}, err
	case age < time.Second:
		return time.Time{}, usagef("--expires %q: nobody could use it in that time; give one such as 7d or 12h", s)
	}
	return now.Add(age), nil
}

func newTokenRevoke(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "revoke ID",
		Short: "Make a token good for nothing from now on",
		Long: "Make a token good for nothing from now on: also the one of an invitation.\n\n" +
			"ID is what elios token list shows, or as much of its beginning as is unique.",
		Example: "elios token revoke 0198f0",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE:    func(cmd *cobra.Command, args []string) error { return revokeToken(cmd.Context(), a, args[0]) },
	}
}

func revokeToken(ctx context.Context, a *app, ref string) error {
	s, err := a.store(ctx)
	if err != nil {
		return err
	}
	t, err := s.RevokeToken(ctx, ref, time.Now())
	if session.KindOf(err) == session.NotFound {
		return usagef("%w; elios token list shows them", err)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Revoked: %s (%s)\n", t.ID, nameWords(t.Name))
	return nil
}
