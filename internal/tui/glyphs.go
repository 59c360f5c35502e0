package tui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
)

// glyphs are the signs a terminal may be too plain for.
type glyphs struct {
	verdict                       func(rubric.Status) string
	here, point, thread, dot      string
	line, sep, times, dash, arrow string
	ellipsis, full, empty         string
	openQuote, closeQuote         string
	said                          string // around evidence, where underlining cannot be counted on
	left, right, bullet, gutter   string
	upDown, leftRight             string
	checked, unchecked            string
	spark, spin                   []string
	on, off                       string
	border                        lipgloss.Border
}

var unicodeGlyphs = glyphs{
	verdict: report.Mark,
	here:    "●", point: "▸", thread: "↳", dot: "·",
	line: "─", sep: " · ", times: "×", dash: "–", arrow: "→",
	ellipsis: "…", full: "▌", empty: "░",
	openQuote: "“", closeQuote: "”",
	left: "‹", right: "›", bullet: "•", gutter: "│",
	upDown: "↑↓", leftRight: "←→",
	checked: "[✓]", unchecked: "[ ]",
	spark: strings.Split("▁▂▃▄▅▆▇█", ""),
	spin:  strings.Split("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏", ""),
	on:    "●", off: "○",
	border: lipgloss.RoundedBorder(),
}

var asciiGlyphs = glyphs{
	verdict: report.MarkASCII,
	here:    "*", point: ">", thread: "->", dot: "-",
	line: "-", sep: " - ", times: "x", dash: "-", arrow: "->",
	ellipsis: "...", full: "#", empty: ".",
	openQuote: `"`, closeQuote: `"`, said: "_",
	left: "<", right: ">", bullet: "*", gutter: "|",
	upDown: "up/down", leftRight: "left/right",
	checked: "[x]", unchecked: "[ ]",
	spin: []string{"|", "/", "-", `\`},
	on:   "*", off: "o",
	border: lipgloss.ASCIIBorder(),
}

// ASCIILocale tells whether the terminal is not to be sent UTF-8: the first of
// the locale's variables that is set decides, as in POSIX.
func ASCIILocale(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		v := strings.ToLower(getenv(name))
		if v == "" {
			continue
		}
		return !strings.Contains(v, "utf-8") && !strings.Contains(v, "utf8")
	}
	return false // nothing said: terminals of today read UTF-8
}
