package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/text"
)

// telling finds probes, hints and follow-ups that hold the words of the points
// they aim at. A hint aims at all of them. The points of a follow-up's own are
// left out: its text is their question, whose words an answer takes up.
func (q *question) telling() {
	parts := few(q.parts())
	for _, p := range parts {
		q.tells("the probe of "+p.ID, p.Probe, p.node.Key("probe"), p)
	}
	for i, h := range q.Hints {
		for _, p := range parts {
			if q.tells(fmt.Sprintf("hint %d", i+1), h, q.node.Key("hints").Index(i), p) {
				break
			}
		}
	}
	for i, f := range q.FollowUps {
		targets := f.Targets()
		aims := slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return !slices.Contains(targets, p.ID) })
		for _, p := range aims {
			if q.tells("the follow-up "+f.ID, f.Ask, q.node.Key("follow_ups").Index(i).Key("ask"), p) {
				break
			}
		}
	}
}

// toldWords is how many of a point's words a text must hold to tell it.
const toldWords = 2

// tells reports a text that holds more than half of a point's words that do
// not stand in the question, or of its say sentence's: the measure by which an
// interview refuses a model's follow-up. A dimension is told by its say alone:
// its anchors are not what anybody says.
func (q *question) tells(what, s string, at bank.Node, p part) bool {
	words := setOf(stems(s))
	for _, own := range []string{p.Text, p.Say} {
		if p.Leveled && own == p.Text {
			continue
		}
		told, of := q.told(words, own)
		if len(told) >= toldWords && 2*len(told) > of {
			q.fail(tellsAnswer, at, "%s tells the %s %q: %s", what, p.kind(), p.ID, strings.Join(told, ", "))
			return true
		}
	}
	return false
}

// told lists the words of a point that stand in a text but not in the question,
// and how many the point has.
func (q *question) told(in map[string]bool, point string) (told []string, of int) {
	seen := map[string]bool{}
	for _, w := range text.Tokens(point) {
		s := text.Stem(w)
		if text.IsStop(w) || q.asked[s] || seen[s] {
			continue
		}
		seen[s] = true
		of++
		if in[s] {
			told = append(told, w)
		}
	}
	return told, of
}
