package report

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every pair of colours that text is written in can be read: WCAG AA, 4.5.
func TestContrast(t *testing.T) {
	css := string(styleSheet)
	themes := map[string]string{
		"light": css[:strings.Index(css, "prefers-color-scheme: dark")],
		"dark":  css[strings.Index(css, "prefers-color-scheme: dark"):strings.Index(css, "* {")],
		"print": css[strings.Index(css, "@media print"):],
	}
	for name, part := range themes {
		colours := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z]+): (#[0-9a-f]{3,6});`).FindAllStringSubmatch(part, -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		for _, pair := range []string{
			"ink paper", "ink card", "ink soft", "ink tint", "muted paper", "muted card", "muted tint",
			"accent paper", "accent card", "accent soft", "accent tint", "card accent",
		} {
			fore, back, _ := strings.Cut(pair, " ")
			a, b := colours[fore], colours[back]
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
				t.Errorf("%s: %s on %s is only %.2f", name, fore, back, ratio)
			}
		}
	}
}

// luminance is WCAG's relative luminance of a colour.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	hex = hex[1:]
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
