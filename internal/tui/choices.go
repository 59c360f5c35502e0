package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/elios/elios/internal/session"
)

// topics are those of the bank at hand.
func (m *setup) topics() []session.TopicInfo {
	if m.bank < 0 || m.bank >= len(m.banks) {
		return nil
	}
	return m.banks[m.bank].Topics
}

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

// levels are the choices: any, each one alone, and the range the settings came
// with.
func (m *setup) levels() [][2]int {
	out := [][2]int{{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}}
	if given := [2]int{m.settings.MinLevel, m.settings.MaxLevel}; !slices.Contains(out, given) {
		out = append(out, given)
	}
	return out
}

func (m *setup) levelWords() string {
	from, to := m.settings.MinLevel, m.settings.MaxLevel
	switch {
	case from == 0 && to == 0:
		return "any"
	case from == to:
		return strconv.Itoa(from)
	case to == 0:
		return fmt.Sprintf("%d and up", from)
	}
	return fmt.Sprintf("%d%s%d", max(from, 1), m.dash, to)
}

func (m *setup) topicWords() string {
	topics := m.topics()
	if len(m.settings.Topics) == 0 {
		if len(topics) == 0 {
			return "all"
		}
		return fmt.Sprintf("all %d", len(topics))
	}
	var names []string
	for _, t := range topics {
		if slices.Contains(m.settings.Topics, t.ID) {
			names = append(names, oneLine(t.Title))
		}
	}
	if len(names) == 0 {
		names = []string{oneLine(strings.Join(m.settings.Topics, ", "))}
	}
	return strings.Join(names, ", ")
}
