package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// shells are the ones cobra can write completion for, each with how.
var shells = map[string]func(root *cobra.Command, w io.Writer) error{
	"bash":       func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
	"zsh":        (*cobra.Command).GenZshCompletion,
	"fish":       func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
	"powershell": (*cobra.Command).GenPowerShellCompletionWithDesc,
}

// shellNames lists them in the order in which people know them.
var shellNames = []string{"bash", "zsh", "fish", "powershell"}

// newCompletion is `elios completion`.
func newCompletion(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the completion script of a shell",
		Long: "Print the script that completes elios in a shell: commands, flags, banks.\n" +
			"SHELL is bash, zsh, fish or powershell.",
		Example: "elios completion bash > ~/.local/share/bash-completion/completions/elios\n" +
			"elios completion zsh > \"${fpath[1]}/_elios\"\n" +
			"elios completion fish > ~/.config/fish/completions/elios.fish\n" +
			"elios completion powershell >> $PROFILE",
		Args:      usageArgs(cobra.ExactArgs(1)),
		ValidArgs: shellNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(shellNames, args[0]) {
				return usagef("there is no completion for %q; there is for %s", args[0], strings.Join(shellNames, ", "))
			}
			return shells[args[0]](root, cmd.OutOrStdout())
		},
	}
}
