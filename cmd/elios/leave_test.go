//go:build unix

package main

import (
	"regexp"
	"strings"
	"testing"
)

// TestCtrlCSaysHowToGoOn leaves an interview on the screens and one in lines: both say
// last how one comes back, and nothing of how the program ended.
func TestCtrlCSaysHowToGoOn(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		last *regexp.Regexp
	}{
		"lines":   {[]string{"--plain"}, regexp.MustCompile(`\nPaused\. To go on: elios resume [0-9a-f-]{36}\n$`)},
		"screens": {nil, regexp.MustCompile(`To go on: elios resume [0-9a-f-]{36}\n$`)},
	} {
		x := openTerminal(t, atHome(t.TempDir()), append([]string{"practice", "go", "--count", "1", "--seed", "2"}, c.args...)...)
		x.waitFor(t, "the question", func(shown string, _ bool) bool { return strings.Contains(shown, "select") })
		if _, err := x.tty.WriteString("\x03"); err != nil {
			t.Fatal(err)
		}
		if shown, _ := x.end(t); !c.last.MatchString(shown) {
			t.Errorf("%s: the last that is shown is %q", name, shown[max(0, len(shown)-200):])
		}
	}
}
