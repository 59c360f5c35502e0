package main

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// everyCommand calls f with each command of a fresh tree, help included.
func everyCommand(t *testing.T, f func(t *testing.T, c *cobra.Command)) {
	t.Helper()
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		t.Run(strings.ReplaceAll(c.CommandPath(), " ", "-"), func(t *testing.T) { f(t, c) })
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(&app{getenv: os.Getenv}))
}

func helpOf(t *testing.T, c *cobra.Command, width int) string {
	t.Helper()
	var b bytes.Buffer
	if err := writeHelp(&b, c, width); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestHelpReadsWell reads the help of every command there is as it is printed.
func TestHelpReadsWell(t *testing.T) {
	everyCommand(t, func(t *testing.T, c *cobra.Command) {
		help := helpOf(t, c, helpWidth)
		for line := range strings.Lines(help) {
			line = strings.TrimSuffix(line, "\n")
			if n := utf8.RuneCountInString(line); n > helpWidth {
				t.Errorf("%d columns: %q", n, line)
			}
			if strings.TrimRight(line, " \t") != line || strings.ContainsFunc(line, unicode.IsControl) {
				t.Errorf("white space at the end, a tab or a colour: %q", line)
			}
		}
		if strings.Contains(help, "\n\n\n") {
			t.Errorf("two blank lines together:\n%s", help)
		}
	})
}

// TestHelpSaysWhat wants a purpose of every command, a description of every
// flag, and an example wherever something has to be typed after the name.
func TestHelpSaysWhat(t *testing.T) {
	everyCommand(t, func(t *testing.T, c *cobra.Command) {
		if n := utf8.RuneCountInString(c.Short); n == 0 || n > 60 {
			t.Errorf("Short has %d characters: %q", n, c.Short)
		} else if first, _ := utf8.DecodeRuneInString(c.Short); !unicode.IsUpper(first) || strings.HasSuffix(c.Short, ".") {
			t.Errorf("Short begins with a capital and has no full stop: %q", c.Short)
		}
		if strings.Contains(c.Use, " ") && c.Example == "" {
			t.Errorf("no example for %q", c.Use)
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			row := flagRow(f)
			if len(strings.Fields(row.text)) < 2 || strings.HasSuffix(row.text, ".") {
				t.Errorf("--%s is described as %q", f.Name, row.text)
			}
			if value := strings.Fields(row.name[4:])[1:]; len(value) > 0 && value[0] != strings.ToUpper(value[0]) {
				t.Errorf("--%s takes %q; a value is named in capitals", f.Name, value)
			}
		})
	})
}

// TestHelpExamplesParse takes every example as the program would, up to where
// it would run.
func TestHelpExamplesParse(t *testing.T) {
	everyCommand(t, func(t *testing.T, c *cobra.Command) {
		for _, example := range examplesOf(c) {
			root := newRoot(&app{getenv: os.Getenv})
			args := argsOf(t, example)
			found, rest, err := root.Find(args)
			if err != nil {
				t.Errorf("%q: %v", example, err)
				continue
			}
			if err := found.ParseFlags(rest); err != nil {
				t.Errorf("%q: %v", example, err)
			} else if err := found.ValidateArgs(found.Flags().Args()); err != nil {
				t.Errorf("%q: %v", example, err)
			}
			if found.CommandPath() != c.CommandPath() && !strings.HasPrefix(found.CommandPath(), c.CommandPath()+" ") && c.Name() != "help" {
				t.Errorf("%q is about %s, not about %s", example, found.CommandPath(), c.CommandPath())
			}
		}
	})
}

func examplesOf(c *cobra.Command) []string {
	if c.Example == "" {
		return nil
	}
	return strings.Split(c.Example, "\n")
}

// argsOf are the arguments of an example, without variables before it and
// without what the shell makes of it.
func argsOf(t *testing.T, example string) []string {
	t.Helper()
	words := strings.Fields(example)
	for len(words) > 0 && variable.MatchString(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 || words[0] != "elios" {
		t.Fatalf("%q does not run elios", example)
	}
	if i := slices.IndexFunc(words, func(w string) bool { return slices.Contains([]string{">", ">>", "<", "|"}, w) }); i >= 0 {
		words = words[:i]
	}
	return words[1:]
}

var variable = regexp.MustCompile(`^[A-Z_]+=`)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"a bb ccc", []string{"a bb", "ccc"}},
		{"unbreakable a", []string{"unbreakable", "a"}},
		{"éé éé", []string{"éé éé"}},
	} {
		if got := wrap(strings.Fields(c.in), 5); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

// TestHelpNarrow proves that the width is heeded, not only never reached.
func TestHelpNarrow(t *testing.T) {
	c, _, err := newRoot(&app{getenv: os.Getenv}).Find([]string{"practice"})
	if err != nil {
		t.Fatal(err)
	}
	c.Example = ""
	for line := range strings.Lines(helpOf(t, c, 50)) {
		if utf8.RuneCountInString(line) > 51 {
			t.Errorf("%q", line)
		}
	}
}

func TestFlagRow(t *testing.T) {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.IntP("limit", "n", 3, "at most `N` of them")
	flags.String("name", "x", "a name (default: yours)")
	flags.Bool("all", false, "all of them")
	for name, want := range map[string]row{
		"limit": {"-n, --limit N", "at most N of them (default 3)"},
		"name":  {"    --name TEXT", "a name (default: yours)"},
		"all":   {"    --all", "all of them"},
	} {
		if got := flagRow(flags.Lookup(name)); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

func TestUnknownCommands(t *testing.T) {
	for line, want := range map[string]string{
		"practise":        `unknown command "practise"; did you mean elios practice?`,
		"bank ad x":       `unknown command "ad"; did you mean elios bank add?`,
		"xyzzy":           `unknown command "xyzzy"; see elios --help`,
		"bank xyzzy":      `unknown command "xyzzy"; see elios bank --help`,
		"help xyzzy":      `there is no command "xyzzy"; see elios --help`,
		"ask":             "accepts 1 arg(s), received 0; see elios ask --help",
		"ask --mni 3":     "unknown flag: --mni; see elios ask --help",
		"completion tcsh": `there is no completion for "tcsh"; there is for bash, zsh, fish, powershell`,
	} {
		var out, errs bytes.Buffer
		code := run(t.Context(), strings.Fields(line), streams{in: strings.NewReader(""), out: &out, err: &errs}, func(string) string { return "" })
		if code != exitUsage || errs.String() != "elios: "+want+"\n" || out.Len() > 0 {
			t.Errorf("%s: exit %d, out %q, err %q", line, code, &out, &errs)
		}
	}
}
