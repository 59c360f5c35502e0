package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/elios/elios/internal/session"
)

// inviteOptions is `elios invite`.
type inviteOptions struct {
	*app
	wishes
	bank    string
	name    string
	expires string
	url     string
	json    bool
}

func newInvite(a *app) *cobra.Command {
	o := &inviteOptions{app: a}
	cmd := &cobra.Command{
		Use:   "invite",
		Short: "Invite a candidate to one interview on your server",
		Long: "Invite a candidate to one interview, with questions of a bank, on your server. It\n" +
			"prints a link to send. Whoever has the link can have the interview, once.\n\n" +
			"To take an invitation back: elios token revoke ID",
		Example: "elios invite --bank go --name Ada --mode exam --count 5\n" +
			"elios invite --bank go --expires 2d --url https://interviews.example.org",
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context(), cmd.Flags()) },
	}
	f := cmd.Flags()
	f.StringVar(&o.bank, "bank", "", "questions of the bank of this `ID`, as elios bank list shows it")
	f.StringVar(&o.name, "name", "", "who is invited, a `TEXT` of one line")
	f.StringVar(&o.expires, "expires", "7d", "good for this `TIME`, such as 7d or 12h")
	f.StringVar(&o.url, "url", "http://127.0.0.1:7777", "where candidates reach your server, an http or https `URL`")
	f.BoolVar(&o.json, "json", false, "print one JSON object")
	o.addWishFlags(f)
	return cmd
}

// sentInvitation is a new invitation as it is printed.
type sentInvitation struct {
	ID        string           `json:"id"`
	Name      string           `json:"name"`
	Settings  session.Settings `json:"settings"`
	Questions int              `json:"questions"` // how many are asked
	ExpiresAt time.Time        `json:"expires_at"`
	Link      string           `json:"link"`  // with the secret
	Token     string           `json:"token"` // the secret
}

func (o *inviteOptions) run(ctx context.Context, f *pflag.FlagSet) error {
	base, err := parseServer(o.url)
	if err != nil {
		return err
	}
	t, err := o.token(f, storedNow())
	if err != nil {
		return err
	}
	questions, err := o.questions(ctx, t.Invitation.Settings)
	if err != nil {
		return err
	}
	secret, err := o.keepToken(ctx, t)
	if err != nil {
		return err
	}
	sent := sentInvitation{
		ID: t.ID, Name: t.Name, Settings: t.Invitation.Settings, Questions: questions, ExpiresAt: t.ExpiresAt,
		// Browsers never send what stands after #, so that it gets into no log of a server.
		Link: base + "/#" + secret.Reveal(), Token: secret.Reveal(),
	}
	if o.json {
		err = json.NewEncoder(o.out).Encode(sent)
	} else {
		err = printInvitation(o.out, sent)
	}
	if err != nil {
		return unseen(t, err)
	}
	fmt.Fprint(o.err, onlyOnce)
	return nil
}

// token turns flags and configuration into a token with an invitation. Both
// have one id, so that there is one thing to know an invitation by.
func (o *inviteOptions) token(f *pflag.FlagSet, now time.Time) (session.Token, error) {
	t := newTokenOf(session.CandidateScope, now)
	s, err := o.defaults()
	if err != nil {
		return t, err
	}
	s.Bank = cmp.Or(o.bank, s.Bank)
	if s.Bank == "" {
		return t, usagef("an interview with questions of which bank? give --bank ID; elios bank list shows them")
	}
	if err := o.settle(f, &s); err != nil {
		return t, err
	}
	if t.Name, err = parseName(o.name); err != nil {
		return t, err
	}
	if o.expires == "" {
		return t, usagef("--expires: it is a time such as 7d or 12h; an invitation cannot last for ever")
	}
	t.ExpiresAt, err = parseExpires(o.expires, now)
	t.Invitation = &session.Invitation{ID: t.ID, Settings: s}
	return t, err
}

// questions draws the questions as the server will, so that an invitation that
// cannot work is refused now and not before the candidate. It tells how many
// there are.
func (o *inviteOptions) questions(ctx context.Context, s session.Settings) (int, error) {
	lib, err := o.library()
	if err != nil {
		return 0, err
	}
	_, questions, err := lib.IDsOnly().Select(ctx, s, nil)
	return len(questions), named(err)
}

// parseServer reads the URL of a server, and leaves out the slashes at its end.
// Nothing may stand in it that a link with a token has no place for, nor a
// quote, since the link is put between quotes.
func parseServer(s string) (string, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "", usagef("--url %q: it is the http or https address of your server, such as https://interviews.example.org", s)
	case u.User != nil || strings.ContainsAny(s, "?#'"):
		return "", usagef("--url %q: it has no user, no query, no # and no quote", s)
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return "", usagef("--url %q: a port is 1 to 65535", s)
		}
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func printInvitation(w io.Writer, s sentInvitation) error {
	to := ""
	if s.Name != "" {
		to = " for " + s.Name
	}
	_, err := fmt.Fprintf(w, "Invitation%s: %s, questions: %d, mode: %s.\n\n  %s\n\nIn a terminal:\n\n  elios connect '%s'\n\nIt expires %s. ID: %s\n",
		to, s.Settings.Bank, s.Questions, s.Settings.Mode, s.Link, s.Link, timeWords(s.ExpiresAt), s.ID)
	return err
}
