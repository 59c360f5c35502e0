package bank

import (
	"fmt"
	"strings"

	"github.com/agext/levenshtein"
)

// Limits that keep suggestions cheap for hostile banks.
const (
	suggestLength = 64  // longer words get no suggestion
	suggestAmong  = 500 // only so many candidates are looked at
)

// closest is the candidate nearest to word, "" when none is near.
func closest(word string, among []string) string {
	if word == "" || len(word) > suggestLength {
		return ""
	}
	best, most := "", edits(word)
	for i, c := range among {
		if i == suggestAmong {
			break
		}
		if len(c) > suggestLength {
			continue
		}
		d := levenshtein.Distance(strings.ToLower(word), strings.ToLower(c), levenshtein.NewParams().MaxCost(most))
		if d <= most {
			best, most = c, d-1
		}
		if most < 0 {
			break
		}
	}
	return best
}

// edits is how far a suggestion may be from the word: two letters that changed
// places are two edits.
func edits(word string) int {
	switch {
	case len(word) < 4:
		return 1
	case len(word) < 9:
		return 2
	}
	return 3
}

// didYouMean is the end of a message about an unknown word: the nearest one
// there is, or else what there is when that is little, or nothing.
func didYouMean(word string, among []string) string {
	if c := closest(word, among); c != "" {
		return fmt.Sprintf("; did you mean %q?", c)
	}
	if len(among) == 0 || len(among) > 12 {
		return ""
	}
	return "; there is " + strings.Join(among, ", ")
}
