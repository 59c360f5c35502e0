package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// topics are those of the bank at hand.
func (m *setup) topics() []session.TopicInfo {
	if m.bank < 0 || m.bank >= len(m.banks) {
		return nil
	}
	return m.banks[m.bank].Topics
}

func (m *setup) turnTopic(by int) { m.topic = turn(m.topic, by, len(m.topics())) }

func (m *setup) toggleTopic() {
	topics := m.topics()
	if len(topics) == 0 {
		return
	}
	id := topics[m.topic].ID
	if i := slices.Index(m.settings.Topics, id); i >= 0 {
		m.settings.Topics = slices.Delete(m.settings.Topics, i, i+1)
		return
	}
	m.settings.Topics = append(m.settings.Topics, id)
}

// chosen are the titles of the topics chosen.
func (m *setup) chosen() []string {
	var out []string
	for _, t := range m.topics() {
		if slices.Contains(m.settings.Topics, t.ID) {
			out = append(out, t.Title)
		}
	}
	return out
}

func (m *setup) topicValue() (value, about string) {
	switch n := len(m.topics()); {
	case len(m.settings.Topics) == 0 && n == 0:
		return "all", ""
	case len(m.settings.Topics) == 0:
		return fmt.Sprintf("all %d", n), ""
	}
	names := m.chosen()
	if len(names) == 0 {
		names = m.settings.Topics
	}
	return report.Line(strings.Join(names, ", ")), ""
}

// fitting is how many questions of the bank fit the topics and levels chosen;
// it is not known before the questions are read.
func (m *setup) fitting() (n int, known bool) {
	questions, known := m.questions[m.settings.Bank]
	low, high := m.settings.MinLevel, m.settings.MaxLevel
	if high == 0 {
		high = 5
	}
	titles := m.chosen()
	for _, q := range questions {
		if q.Level >= low && q.Level <= high && (len(m.settings.Topics) == 0 || slices.Contains(titles, q.Topic)) {
			n++
		}
	}
	return n, known
}

// chips are the topics to choose from, the one at hand, on line at, in the
// accent.
func (m *setup) chips(w int) (lines []string, at int) {
	var spans []span
	w = max(w-20, 10)
	for i, t := range m.topics() {
		box := m.unchecked
		if slices.Contains(m.settings.Topics, t.ID) {
			box = m.checked
		}
		word, style := box+" "+report.Line(t.Title), &m.mutedStyle
		if i == m.topic {
			word, style = m.glyphs.left+word+m.glyphs.right, &m.title
		} else {
			word = " " + word + " "
		}
		spans = append(spans, span{unbroken(word), style})
		if i == m.topic {
			at = len(wrap(w, spans...)) - 1
		}
		spans = append(spans, span{" ", nil})
	}
	return indent(strings.Repeat(" ", 19), wrap(w, spans...)), at
}
