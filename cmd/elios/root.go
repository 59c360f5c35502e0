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
		Version: version(),
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return home.run(cmd.Context()) },

		SilenceErrors: true, // run prints them, once
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef("%w; see %s --help", err, c.CommandPath())
	})
	p := root.PersistentFlags()
	p.StringVar(&a.flags.db, "db", "", "keep interviews in the database `FILE` (default in your data folder)")
	p.StringVar(&a.flags.config, "config", "", "read settings from `FILE` (default in your config folder)")
	root.Flags().BoolVar(&home.plain, "plain", false, "one line per change: for screen readers and pipes")
	a.addSpeakFlag(root)
	root.AddCommand(
		newServe(a), newConnect(a), newInterviews(a), newProtocol(a), newBench(a),
		newPractice(a), newResume(a), newAgain(a), newHistory(a), newReport(a),
		newBank(a), newAsk(a), newGrade(a),
		newInvite(a), newInvites(a), newToken(a),
		newModel(a), newDoctor(a), newEvaluator(a), newRegrade(a),
		newData(a), newDB(a), newConfig(a),
		exitCodesHelp(),
	)
	markGroups(root)
	setHelp(root)
	return root
}

// group annotates a command that does nothing without one below it.
const group = "group"

func isGroup(c *cobra.Command) bool { return c.Annotations[group] != "" }

// markGroups makes an unknown sub-command a usage error, and a group without
// one show its help.
func markGroups(root *cobra.Command) {
	for _, c := range root.Commands() {
		if c.HasSubCommands() && c.RunE == nil {
			c.Annotations = map[string]string{group: "true"}
			c.Args = usageArgs(cobra.NoArgs)
			c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
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
