package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/client"
	"github.com/elios/elios/internal/config"
	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/tui"
	"github.com/elios/elios/internal/wire"
)

// remoteFlags say which server, and who comes.
type remoteFlags struct {
	tokenFile string
	pin       string
}

func (r *remoteFlags) addRemoteFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&r.tokenFile, "token-file", "", "read the token from `FILE` (default: the link's, $ELIOS_TOKEN, or this machine's own)")
	cmd.Flags().StringVar(&r.pin, "pin", "", "trust the server with this `KEY` only, as elios serve prints it: for a self-signed certificate")
}

// dial makes a client of the server at an address, or behind a link.
func (r *remoteFlags) dial(a *app, address string) (*client.Client, error) {
	base, secret, err := r.server(a, address)
	if err != nil {
		return nil, err
	}
	return client.New(client.Options{
		URL: base.String(), Token: secret, Pin: r.pin, Drafts: draftsDir(a.getenv),
		Agent: wire.Agent{Name: "elios", Version: version()},
	})
}

// server finds the address of a server and the token for it.
func (r *remoteFlags) server(a *app, address string) (*url.URL, wire.Secret, error) {
	address, secret := splitLink(address)
	base, err := client.ParseURL(address)
	if err == nil && secret.Empty() {
		secret, err = r.token(a, base)
	}
	return base, secret, err
}

// draftsDir keeps what was typed while there was no connection.
func draftsDir(getenv func(string) string) string {
	dir := config.DataDir(getenv)
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "drafts")
}

// splitLink takes the token out of an invitation's link.
func splitLink(link string) (address string, secret wire.Secret) {
	address, token, _ := strings.Cut(link, "#")
	return address, wire.SecretOf(token)
}

// token finds the token of this candidate.
func (r *remoteFlags) token(a *app, base *url.URL) (wire.Secret, error) {
	if r.tokenFile != "" {
		return readToken(r.tokenFile)
	}
	if s := wire.SecretOf(a.getenv("ELIOS_TOKEN")); !s.Empty() {
		return s, nil
	}
	if loopback(base.Hostname()) {
		cfg, err := a.configuration()
		if err != nil {
			return wire.Secret{}, err
		}
		secret, err := readToken(tokenFile(cfg.DB))
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return secret, err
		}
	}
	return wire.Secret{}, usagef("a token is needed: give the whole link of your invitation, or --token-file FILE")
}

// connectOptions is `elios connect`.
type connectOptions struct {
	*app
	face
	remoteFlags
	wishes
	bank   string
	seed   uint64
	resume string
}

func newConnect(a *app) *cobra.Command {
	o := &connectOptions{app: a}
	cmd := &cobra.Command{
		Use:   "connect [URL]",
		Short: "Have an interview on a server",
		Long: "Have an interview on a server of elios: give the link of your invitation, or the\n" +
			"server's address and a token. Without URL it is the server on this machine.\n\n" +
			"A broken connection is made again by itself, and what you type meanwhile is kept.",
		Example: "elios connect 'https://interviews.example.org/#elios_…'\n" +
			"elios connect https://example.org --token-file token.txt --resume last\n" +
			"elios connect --plain",
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), cmd, args) },
	}
	f := cmd.Flags()
	f.StringVar(&o.resume, "resume", "", "go on with the interview whose `ID` begins so, or with the last one")
	f.StringVar(&o.bank, "bank", "", "begin an interview with the bank of this `ID` at once")
	f.Uint64Var(&o.seed, "seed", 0, "draw the same questions every time `N` is the same")
	o.addWishFlags(f)
	o.addRemoteFlags(cmd)
	o.addFlags(cmd)
	return cmd
}

func (o *connectOptions) run(ctx context.Context, cmd *cobra.Command, args []string) error {
	answers, err := o.openAnswers(o.in)
	if err != nil {
		return err
	}
	if answers != nil {
		defer answers.Close()
	}
	s, err := o.asked(cmd)
	if err != nil {
		return err
	}
	where := address(args)
	c, err := o.dial(o.app, where)
	if err != nil {
		return err
	}
	defer c.Close()
	who, err := c.WhoAmI(ctx)
	if err != nil {
		return err
	}
	room, err := o.room(ctx, c, who.Token, s, answers)
	if err != nil {
		return leaving(err)
	}
	if room != nil {
		defer room.Close()
	}
	return o.show(ctx, c, room, where, answers)
}

// asked is the interview the flags ask for.
func (o *connectOptions) asked(cmd *cobra.Command) (session.Settings, error) {
	s, err := o.defaults()
	if err != nil {
		return s, err
	}
	s.Bank, s.Seed = o.bank, o.seed
	return s, o.settle(cmd.Flags(), &s)
}

// room is the interview to begin with: the one named, the invitation's, or a new
// one. nil: the home screen asks.
func (o *connectOptions) room(ctx context.Context, c *client.Client, who wire.TokenInfo, s session.Settings, answers *answersFile) (session.Room, error) {
	switch {
	case o.resume != "":
		return c.Open(ctx, o.resume)
	case who.Invitation != nil && o.bank != "" && o.bank != who.Invitation.Bank:
		return nil, usagef("your invitation is for the bank %s; leave --bank out", who.Invitation.Bank)
	case who.Invitation != nil:
		return c.Invited(ctx)
	case s.Bank == "" && o.terminal() && !o.inLines(answers):
		return nil, nil
	case s.Bank == "":
		var err error
		if s.Bank, err = o.chooseBank(ctx, o.app, c, answers); err != nil {
			return nil, err
		}
	}
	room, err := c.Create(ctx, s)
	return room, named(err)
}

// again is how the server is named in a command that goes on: the token of a link
// is left out, since a terminal's scroll is no place for it.
func (o *connectOptions) again(c *client.Client, where string) string {
	if _, token := splitLink(where); !token.Empty() {
		return "'" + c.Server() + "/#elios_…'"
	}
	return c.Server()
}

// show plays the interview in lines or on screens.
func (o *connectOptions) show(ctx context.Context, c *client.Client, room session.Room, where string, answers *answersFile) error {
	o.resumeWith = "elios connect " + o.again(c, where) + " --resume"
	if room != nil && (o.inLines(answers) || !o.terminal()) {
		return o.playPlain(ctx, o.app, c, room, answers)
	}
	cfg, err := o.configuration()
	if err != nil {
		return err
	}
	s, err := o.defaults()
	if err != nil {
		return err
	}
	return tui.Run(ctx, tui.Options{
		Interviews: c, Room: room, Settings: s, FirstBank: firstBank, Evaluator: "host's evaluator", Evaluators: []string{"auto"},
		Editor: cfg.Editor, Export: remoteExporter(c), NewID: newCommandID, Getenv: o.getenv, Notices: o.notices, Left: o.toGoOn(o.resumeWith),
	})
}

// remoteExporter writes reports of a server into files of this machine. Who
// wrote its banks only the server knows.
func remoteExporter(c *client.Client) func(ctx context.Context, id, format string) (string, error) {
	return exportWith(c, func(context.Context, session.Report) report.About { return report.About{Elios: version()} })
}

// newInterviews lists the interviews on a server.
func newInterviews(a *app) *cobra.Command {
	var remote remoteFlags
	asJSON := false
	cmd := &cobra.Command{
		Use:   "interviews [URL]",
		Short: "List your interviews on a server",
		Long: "List the interviews on a server that your token may see, the latest first: your\n" +
			"own, or all of them with a host's or an observer's.",
		Example: "elios interviews https://interviews.example.org --token-file token.txt",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := remote.dial(a, address(args))
			if err != nil {
				return err
			}
			defer c.Close()
			list, err := c.List(cmd.Context(), session.Filter{})
			switch {
			case err != nil:
				return err
			case asJSON:
				return printLines(a.out, list)
			case len(list) == 0:
				fmt.Fprintln(a.out, "No interviews on "+c.Server()+" yet.")
				return nil
			}
			return printHistory(a.out, list)
		},
	}
	remote.addRemoteFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}
