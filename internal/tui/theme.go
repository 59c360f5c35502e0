package tui

import (
	"image/color"

	"charm.land/lipgloss/v2"

	"github.com/elios/elios/internal/rubric"
)

// tokens are all the colours there are: one accent, one each for good, weak
// and bad, and a grey. Everything else keeps the terminal's own foreground.
type tokens struct{ accent, good, weak, bad, muted color.Color }

func newTokens(dark bool) tokens {
	pick := lipgloss.LightDark(dark)
	return tokens{
		accent: pick(lipgloss.Color("#5A3FC0"), lipgloss.Color("#B8A6FF")),
		good:   pick(lipgloss.Color("#1E7B34"), lipgloss.Color("#7FD88F")),
		weak:   pick(lipgloss.Color("#8A6100"), lipgloss.Color("#E8C468")),
		bad:    pick(lipgloss.Color("#B3261E"), lipgloss.Color("#FF8A80")),
		muted:  pick(lipgloss.Color("#6B6B76"), lipgloss.Color("#8D8D99")),
	}
}

// look is how everything is drawn. There is one, shared by all screens, so
// that a change of the background reaches them at once.
type look struct {
	tokens
	glyphs
	dark bool

	title, strong, accentStyle, goodStyle, weakStyle, badStyle, mutedStyle, evidence lipgloss.Style
}

func newLook(dark, ascii bool) *look {
	k := &look{glyphs: unicodeGlyphs}
	if ascii {
		k.glyphs = asciiGlyphs
	}
	k.restyle(dark)
	return k
}

func (k *look) restyle(dark bool) {
	k.dark, k.tokens = dark, newTokens(dark)
	fg := func(c color.Color) lipgloss.Style { return lipgloss.NewStyle().Foreground(c) }
	k.accentStyle, k.goodStyle, k.weakStyle = fg(k.accent), fg(k.good), fg(k.weak)
	k.badStyle, k.mutedStyle = fg(k.bad), fg(k.muted)
	k.title = fg(k.accent).Bold(true)
	k.strong = lipgloss.NewStyle().Bold(true)
	k.evidence = fg(k.good).Underline(true)
}

// mark is a verdict as a sign that also speaks without colour.
func (k *look) mark(v rubric.Verdict) string {
	style := k.badStyle
	switch v.Status {
	case rubric.Met:
		style = k.goodStyle
	case rubric.Partial:
		style = k.weakStyle
	case rubric.CannotAssess:
		style = k.mutedStyle
	}
	return style.Render(k.verdict(v.Status))
}

func (k *look) bandStyle(b rubric.Band) lipgloss.Style {
	switch b {
	case rubric.Good, rubric.Excellent:
		return k.goodStyle
	case rubric.Mixed:
		return k.weakStyle
	case rubric.Poor:
		return k.badStyle
	}
	return k.mutedStyle
}
