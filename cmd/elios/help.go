package main

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is the widest a line of help may be: a terminal's usual width.
const helpWidth = 80

// commandGroups puts the commands in the order in which one needs them. A
// command that is not named stands under the last heading.
var commandGroups = []struct {
	title string
	names []string
}{
	{"Interviews", []string{"practice", "resume", "again", "history", "report"}},
	{"Banks and answers", []string{"bank", "ask", "grade"}},
	{"Remote interviews", []string{"connect", "interviews", "serve", "invite", "invites", "token", "protocol", "bench"}},
	{"Data and settings", []string{"data", "db", "config"}},
	{"More", nil},
}

// setHelp makes the whole tree print help as writeHelp has it.
func setHelp(root *cobra.Command) {
	root.SetHelpFunc(func(c *cobra.Command, _ []string) {
		_ = writeHelp(c.OutOrStdout(), c, helpWidth) // there is nobody left to tell
	})
	root.SetHelpCommand(newHelp(root))
	root.CompletionOptions.DisableDefaultCmd = true // newCompletion is ours
	root.AddCommand(newCompletion(root))
	root.InitDefaultHelpCmd()
	root.InitDefaultVersionFlag()
	root.Flags().Lookup("version").Usage = "print the version"
	describeHelpFlags(root)
}

func describeHelpFlags(c *cobra.Command) {
	c.InitDefaultHelpFlag()
	c.Flags().Lookup("help").Usage = "show this help"
	for _, sub := range c.Commands() {
		describeHelpFlags(sub)
	}
}

// newHelp is `elios help`.
func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Show the help of a command",
		Example: "elios help practice\nelios help exit-codes",
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return usagef("there is no command %q; see elios --help", strings.Join(args, " "))
			}
			return c.Help()
		},
	}
}

// writeHelp prints the help of a command, no line wider than width except for
// an example or a word that cannot be broken. It has neither colours nor
// boxes, so that it reads the same on a screen, in a pipe and aloud.
func writeHelp(w io.Writer, c *cobra.Command, width int) error {
	h := &helpText{width: width}
	h.prose(cmp.Or(c.Long, c.Short+"."))
	h.usage(c)
	if c.Example != "" {
		h.title("Examples")
		for line := range strings.SplitSeq(c.Example, "\n") {
			h.line("  " + strings.TrimSpace(line))
		}
	}
	h.commands(c)
	h.flags("Flags", c.LocalFlags())
	h.flags("Flags of every command", c.InheritedFlags())
	if c.HasAvailableSubCommands() {
		h.line("")
		h.line("More on a command: " + c.CommandPath() + " COMMAND --help")
	}
	_, err := io.WriteString(w, h.b.String())
	return err
}

func (h *helpText) usage(c *cobra.Command) {
	if c.IsAdditionalHelpTopicCommand() {
		return // there is nothing to run
	}
	h.title("Usage")
	if c.Runnable() && !isGroup(c) {
		h.line("  " + c.UseLine())
	}
	if c.HasAvailableSubCommands() {
		h.line("  " + c.CommandPath() + " COMMAND")
	}
}

func (h *helpText) commands(c *cobra.Command) {
	if !c.HasAvailableSubCommands() {
		return
	}
	column := columnOf(rowsOf(c.Commands()))
	if c.HasParent() {
		h.table("Commands", rowsOf(c.Commands()), column)
		return
	}
	left := c.Commands()
	for _, g := range commandGroups {
		var list []*cobra.Command
		for _, name := range g.names {
			if i := slices.IndexFunc(left, func(c *cobra.Command) bool { return c.Name() == name }); i >= 0 {
				list = append(list, left[i])
				left = slices.Delete(slices.Clone(left), i, i+1)
			}
		}
		if g.names == nil {
			list = left
		}
		h.table(g.title, rowsOf(list), column)
	}
}

func rowsOf(list []*cobra.Command) []row {
	var out []row
	for _, c := range list {
		if c.IsAvailableCommand() || c.IsAdditionalHelpTopicCommand() {
			out = append(out, row{c.Use, c.Short})
		}
	}
	return out
}

func (h *helpText) flags(title string, flags *pflag.FlagSet) {
	var rows []row
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			rows = append(rows, flagRow(f))
		}
	})
	h.table(title, rows, columnOf(rows))
}

// valueNames stand for the values of flags whose description names none.
var valueNames = map[string]string{
	"string": "TEXT", "strings": "LIST", "int": "N", "uint": "N", "float": "N", "duration": "TIME",
}

// flagRow names a flag and its value: the word between backquotes in its
// description, as everywhere with cobra.
func flagRow(f *pflag.Flag) row {
	value, text := pflag.UnquoteUsage(f)
	value = cmp.Or(valueNames[value], value)
	name := "    --" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", --" + f.Name
	}
	if value != "" {
		name += " " + value
	}
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "[]" && !strings.Contains(text, "default") {
		text += " (default " + f.DefValue + ")"
	}
	return row{name, text}
}
