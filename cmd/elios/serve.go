package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/server"
	"github.com/elios/elios/internal/session"
)

// serveOptions is `elios serve`.
type serveOptions struct {
	*app
	addr       string
	cert, key  string
	insecure   bool
	hosts      []string
	origins    []string
	workers    int
	most       int
	retention  string
	logFormat  string
	logAnswers bool
	noPage     bool
}

func newServe(a *app) *cobra.Command {
	o := &serveOptions{app: a}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Let remote candidates have interviews on this machine",
		Long: "Serve interviews to remote candidates, over WebSocket and plain HTTP, until it is\n" +
			"interrupted. They come with a browser, with elios connect, or any client of the\n" +
			"protocol elios.v1.\n\n" +
			"Everybody needs a token: elios invite and elios token create make them. The first\n" +
			"start makes one for this machine, which elios connect finds by itself.\n\n" +
			"Only this machine can connect unless --addr says otherwise. Any other address needs\n" +
			"TLS, or a proxy in front that does it and --insecure-http.",
		Example: "elios serve\n" +
			"elios serve --addr 0.0.0.0:443 --tls-cert cert.pem --tls-key key.pem\n" +
			"elios serve --insecure-http --addr 10.0.0.5:7777 --host example.org",
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	f := cmd.Flags()
	f.StringVar(&o.addr, "addr", defaultAddr, "listen at `HOST:PORT`")
	f.StringVar(&o.cert, "tls-cert", "", "the certificate, a PEM `FILE`")
	f.StringVar(&o.key, "tls-key", "", "its key, a PEM `FILE`")
	f.BoolVar(&o.insecure, "insecure-http", false, "listen beyond this machine without TLS, behind a proxy that does it")
	f.StringSliceVar(&o.hosts, "host", nil, "answer only to these names besides localhost, a `LIST` such as interviews.example.org")
	f.StringSliceVar(&o.origins, "allow-origin", nil, "let pages of these origins connect, a `LIST` such as https://example.org")
	f.BoolVar(&o.noPage, "no-web", false, "serve no page to browsers")
	f.StringVar(&a.flags.banks, "banks", "", "offer the banks in `DIR` besides the built-in ones")
	f.IntVar(&o.workers, "eval-workers", runtime.NumCPU(), "judge at most `N` answers at a time")
	f.IntVar(&o.most, "max-interviews", 0, "let at most `N` interviews be in progress at once (0: any number)")
	f.StringVar(&a.flags.idle, "idle", "", "pause an interview after this `TIME` without a command (default 30m)")
	f.StringVar(&o.retention, "retention", "", "delete complete interviews of remote candidates after this `TIME`, such as 90d (default: never)")
	f.StringVar(&o.logFormat, "log", "text", "write the log as `FORMAT` text or json, on standard error")
	f.BoolVar(&o.logAnswers, "log-answers", false, "write what candidates answer into the log")
	a.addJudgeFlags(cmd, "auto")
	a.addSpeakFlag(cmd)
	f.Lookup("evaluator").Usage += "; for load tests simulated:TIME"
	f.DurationVar(&a.fsync, "simulated-fsync", 0, "for load tests with a simulated evaluator: have each write to the disk take this `TIME` longer")
	return cmd
}

// defaultAddr is where a server listens, and where connect looks for one.
const defaultAddr = "127.0.0.1:7777"

func (o *serveOptions) run(ctx context.Context) error {
	if err := o.simulate(); err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	retention, err := o.keepFor()
	if err != nil {
		return err
	}
	l, err := o.listen()
	if err != nil {
		return err
	}
	defer l.Close()
	cfg, err := o.serverConfig(ctx)
	if err != nil {
		return err
	}
	cfg.Retention = retention
	if cfg.Hosts, err = o.names(l.Addr()); err != nil {
		return err
	}
	srv, err := server.New(cfg)
	if err != nil {
		return err
	}
	if err := o.greet(ctx, l.Addr()); err != nil {
		return errors.Join(err, srv.Close())
	}
	tuned, stop := context.WithCancel(ctx)
	defer stop()
	go tuneMemory(tuned)
	return srv.Serve(ctx, l)
}

// simulate takes --evaluator simulated:TIME, which is for load tests and so goes
// by that name only: neither a file nor the environment can ask for it.
func (o *serveOptions) simulate() error {
	name, takes, ok := strings.Cut(o.flags.evaluator, ":")
	if name != builtin.SimulatedName {
		return nil
	}
	d, err := time.ParseDuration(takes)
	if !ok || err != nil || d < 0 {
		return usagef("--evaluator %q: it is %s:TIME, such as %[2]s:50ms", o.flags.evaluator, builtin.SimulatedName)
	}
	o.simulated, o.flags.evaluator = builtin.NewSimulated(d), session.Builtin
	return nil
}

// check refuses what would let strangers listen in, before anything is opened.
func (o *serveOptions) check() error {
	host, _, err := net.SplitHostPort(o.addr)
	switch {
	case err != nil:
		return usagef("--addr %q: it is a host and a port, such as %s", o.addr, defaultAddr)
	case (o.cert == "") != (o.key == ""):
		return usagef("--tls-cert and --tls-key go together")
	case o.cert != "" && o.insecure:
		return usagef("--insecure-http means without TLS; leave it out, or --tls-cert and --tls-key")
	case !loopback(host) && o.cert == "" && !o.insecure:
		return usagef("--addr %s can be reached from other machines, and without TLS everybody in between can read tokens and answers; "+
			"give --tls-cert and --tls-key, or --insecure-http behind a proxy that does TLS", o.addr)
	case o.fsync < 0 || o.fsync > 0 && o.simulated == nil:
		return usagef("--simulated-fsync %s: it is more than nothing, and goes with --evaluator %s:TIME", o.fsync, builtin.SimulatedName)
	case o.workers < 1:
		return usagef("--eval-workers %d: it is at least 1", o.workers)
	case o.most < 0:
		return usagef("--max-interviews %d: it is 0 or more", o.most)
	case !slices.Contains([]string{"text", "json"}, o.logFormat):
		return usagef("--log %q: it is text or json", o.logFormat)
	}
	return o.checkOrigins()
}

func (o *serveOptions) checkOrigins() error {
	for i, origin := range o.origins {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme == "" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
			return usagef("--allow-origin %q: it is a scheme and a host, such as https://example.org", origin)
		}
		o.origins[i] = u.Scheme + "://" + u.Host
	}
	return nil
}

// loopback tells whether only this machine reaches a host.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// keepFor reads --retention, 0 for ever.
func (o *serveOptions) keepFor() (time.Duration, error) {
	if o.retention == "" {
		return 0, nil
	}
	d, err := parseAge("--retention", o.retention)
	if err == nil && d <= 0 {
		err = usagef("--retention %s: it is more than nothing", o.retention)
	}
	return d, err
}

// names are those the server is asked for by: a page elsewhere that has its own
// name point here (DNS rebinding) is refused.
func (o *serveOptions) names(addr net.Addr) ([]string, error) {
	host, _, err := net.SplitHostPort(addr.String())
	if err != nil {
		return nil, err
	}
	if !loopback(host) && len(o.hosts) == 0 {
		return nil, nil // reached by whatever name the host has given it
	}
	list := []string{"localhost", "127.0.0.1", "::1", host}
	for _, h := range o.hosts {
		list = append(list, strings.ToLower(h))
	}
	return list, nil
}

// serverConfig wires the server to the engine.
func (o *serveOptions) serverConfig(ctx context.Context) (server.Config, error) {
	metrics := server.NewMetrics()
	o.log, o.meter, o.app.workers, o.remote = o.logger(), metrics, o.workers, true
	e, err := o.interviewer(ctx)
	if err != nil {
		return server.Config{}, err
	}
	settings, err := o.defaults()
	if err != nil {
		return server.Config{}, err
	}
	id, err := o.opened.Identity(ctx)
	if err != nil {
		return server.Config{}, err
	}
	if settings.Bank == "" {
		settings.Bank = firstBank
	}
	if o.simulated != nil {
		settings.Evaluator = builtin.SimulatedName
	}
	limits := server.DefaultLimits
	limits.Interviews = o.most
	cfg := server.Config{
		Interviews: e, Tokens: o.opened, Settings: settings, Version: version(), Store: id, Origins: o.origins,
		NoPage: o.noPage, Limits: limits, Metrics: metrics, Log: o.log, LogAnswers: o.logAnswers, Ready: o.ready,
		Report: o.writeReport,
	}
	o.gauges(ctx, metrics)
	sound, err := o.sound()
	cfg.Sound = sound
	return cfg, err
}

func (o *serveOptions) logger() *slog.Logger {
	if o.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(o.err, nil))
	}
	return slog.New(slog.NewTextHandler(o.err, nil))
}

// ready asks the database something.
func (o *serveOptions) ready(ctx context.Context) error {
	_, err := o.opened.Identity(ctx)
	return err
}

// writeReport writes a report in one of the formats of elios report.
func (o *serveOptions) writeReport(ctx context.Context, w io.Writer, r session.Report, format string) error {
	if !slices.Contains(report.Formats(), format) {
		return session.Errorf(session.Invalid, "there is no format %q; there is %s", format, strings.Join(report.Formats(), ", "))
	}
	return report.Write(w, r, o.about(ctx, r), format)
}

// greet says where the server is, and how to come.
func (o *serveOptions) greet(ctx context.Context, addr net.Addr) error {
	file, err := o.localToken(ctx)
	if err != nil {
		return err
	}
	scheme := "http"
	if o.cert != "" {
		scheme = "https"
	}
	fmt.Fprintf(o.out, "elios serves at %s://%s; %s judges.\n", scheme, addr, report.TheEvaluator(o.judge))
	fmt.Fprintf(o.out, "The token of this machine is in %s; elios connect finds it there.\n", file)
	if pin, err := pinOf(o.cert, o.key); err == nil && pin != "" {
		fmt.Fprintf(o.out, "The key of the certificate, for elios connect --pin: %s\n", pin)
	}
	fmt.Fprintln(o.out, "To let somebody else in: elios invite --bank "+firstBank+", or elios token create.")
	return nil
}

// listen opens the address, with TLS where there is a certificate.
func (o *serveOptions) listen() (net.Listener, error) {
	l, err := net.Listen("tcp", o.addr)
	if err != nil {
		var op *net.OpError
		if errors.As(err, &op) {
			err = op.Err
		}
		return nil, fmt.Errorf("listen at %s: %w; choose another address with --addr", o.addr, err)
	}
	if o.cert == "" {
		return l, nil
	}
	secure, err := withTLS(l, o.cert, o.key)
	if err != nil {
		return nil, errors.Join(usagef("%w", err), l.Close())
	}
	return secure, nil
}
