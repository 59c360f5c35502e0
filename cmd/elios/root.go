package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

// newRoot builds the command tree. Constructors only parse: nothing is opened
// before a command runs.
func newRoot(a *app) *cobra.Command {
	home := &homeOptions{app: a}
	root := &cobra.Command{
		Use:   "elios",
		Short: "Practise technical interviews in your terminal",
		Long: "elios asks you interview questions, judges your answers key point by key point,\n" +
			"asks follow-ups about what is still missing, and ends with a report.\n" +
			"It needs no account, no network and no model.",
		Example: "elios\nelios practice go --count 3\nelios resume last\nelios report last --format md",
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return home.run(cmd.Context()) },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	p := root.PersistentFlags()
	p.StringVar(&a.flags.db, "db", "", "database FILE (default in your data folder; also ELIOS_DB)")
	p.StringVar(&a.flags.config, "config", "", "configuration FILE")
	root.Flags().BoolVar(&home.plain, "plain", false, "one line per change: for screen readers and pipes")
	root.AddCommand(
		newPractice(a), newResume(a), newAgain(a), newHistory(a), newReport(a),
		newBank(a), newAsk(a), newGrade(a),
		newData(a), newDB(a), newConfig(a),
		exitCodesHelp(),
	)
	markUsage(root)
	return root
}

// markUsage makes an unknown sub-command a usage error, and a group without
// one show its help.
func markUsage(root *cobra.Command) {
	for _, c := range root.Commands() {
		if c.HasSubCommands() && c.RunE == nil {
			c.Args = usageArgs(cobra.ArbitraryArgs)
			c.RunE = func(cmd *cobra.Command, args []string) error {
				if len(args) > 0 {
					return usagef("unknown command %q for %q; see %s --help", args[0], cmd.CommandPath(), cmd.CommandPath())
				}
				return cmd.Help()
			}
		}
	}
}

func exitCodesHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "exit-codes",
		Short: "What the exit codes mean",
		Long: "Exit codes of elios\n\n" +
			"  0    done\n" +
			"  1    failed; a score below --min; a case failed\n" +
			"  2    wrong usage, or an invalid bank\n" +
			"  3    the evaluator asked for cannot be reached\n" +
			"  4    a regression against a baseline\n" +
			"  130  interrupted",
	}
}

// version is the module's version, or the commit of a build from a checkout.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel " + s.Value[:12]
		}
	}
	return "devel"
}
