package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// field is a row of the setup page.
type field struct {
	name   string
	value  func() (value, about string)
	change func(by int) // to the next choice, and round again
	choose func()       // what space does, nil: the next choice
	nudge  func(by int) // a small step, nil: there are none
	number func(n int)  // a number typed, nil: none can be
}

// rowTopics is the place of the topics among the fields.
const rowTopics = 1

func (m *setup) fields() []field {
	return []field{
		{name: "Bank", value: m.bankValue, change: m.turnBank},
		{name: "Topics", value: m.topicValue, change: m.turnTopic, choose: m.toggleTopic},
		{name: "Level", value: m.levelValue, change: m.turnLevel},
		{name: "Questions", value: m.countValue, change: m.changeCount, nudge: m.changeCount, number: m.setCount},
		{name: "Follow-ups", value: m.followUpsValue, change: m.turnFollowUps},
		{name: "Time limit", value: m.limitValue, change: m.turnLimit, nudge: m.nudgeLimit, number: m.setLimit},
		{name: "Mode", value: m.modeValue, change: m.turnMode},
		{name: "Evaluator", value: m.judgeValue, change: m.turnJudge},
	}
}

// turn moves round a ring of n.
func turn(i, by, n int) int {
	if n == 0 {
		return 0
	}
	return ((i+by)%n + n) % n
}

func (m *setup) bankValue() (value, about string) {
	switch {
	case !m.loaded && m.settings.Bank == "":
		return m.ellipsis, ""
	case len(m.banks) == 0 && m.settings.Bank == "":
		return "none found", ""
	case m.bank >= len(m.banks):
		return report.Line(m.settings.Bank), ""
	}
	b := m.banks[m.bank]
	if b.Questions == 0 {
		return report.Line(b.Title), ""
	}
	return report.Line(b.Title), report.Count(b.Questions, "question") + ", " + levelsOf(b, "-")
}

func (m *setup) turnBank(by int) {
	if len(m.banks) == 0 {
		return
	}
	m.bank = turn(m.bank, by, len(m.banks))
	m.settings.Bank = m.banks[m.bank].ID
	m.settings.Topics, m.topic = nil, 0 // those of another bank
}

// levels are the choices: any, each one alone or with the next, and what the
// settings came with.
func (m *setup) levels() [][2]int {
	out := [][2]int{{0, 0}, {1, 1}, {1, 2}, {2, 2}, {2, 3}, {3, 3}, {3, 4}, {4, 4}, {4, 5}, {5, 5}}
	if given := [2]int{m.settings.MinLevel, m.settings.MaxLevel}; !slices.Contains(out, given) {
		out = append(out, given)
	}
	return out
}

func (m *setup) turnLevel(by int) {
	s := &m.settings
	levels := m.levels()
	l := levels[turn(slices.Index(levels, [2]int{s.MinLevel, s.MaxLevel}), by, len(levels))]
	s.MinLevel, s.MaxLevel = l[0], l[1]
}

func (m *setup) levelValue() (value, about string) {
	from, to := m.settings.MinLevel, m.settings.MaxLevel
	about = "1 entry to 5 expert"
	switch {
	case from == 0 && to == 0:
		return "any", about
	case from == to:
		return fmt.Sprint(from), about
	case to == 0:
		return fmt.Sprintf("%d and up", from), about
	}
	return fmt.Sprintf("%d%s%d", max(from, 1), m.dash, to), about
}

// countValue says how many questions are asked, and how many there are to
// choose from.
func (m *setup) countValue() (value, about string) {
	value = fmt.Sprint(m.settings.Count)
	if m.settings.Count == 0 {
		value = "all"
	}
	n, known := m.fitting()
	switch {
	case !known:
		return value, ""
	case n == 0:
		return value, "none fits"
	case n < m.settings.Count:
		return value, fmt.Sprintf("only %d fit", n)
	case n == 1:
		return value, "1 fits"
	}
	return value, fmt.Sprintf("%d fit", n)
}

func (m *setup) changeCount(by int) { m.setCount(m.settings.Count + by) }

func (m *setup) setCount(n int) { m.settings.Count = max(0, min(maxCount, n)) }

func (m *setup) followUpsValue() (value, about string) {
	if m.settings.FollowUps == nil {
		return "as the bank says", ""
	}
	return fmt.Sprint(*m.settings.FollowUps), "at most, on each question"
}

func (m *setup) turnFollowUps(by int) {
	i := 0 // the bank's
	if now := m.settings.FollowUps; now != nil {
		i = *now + 1
	}
	i = turn(i, by, session.MaxFollowUps+2) - 1
	if i < 0 {
		m.settings.FollowUps = nil
		return
	}
	m.settings.FollowUps = &i
}

func (m *setup) modeValue() (value, about string) {
	if m.settings.Mode == session.Exam {
		return "exam", "verdicts at the end, no hints"
	}
	return "practice", "verdicts and hints as you go"
}

func (m *setup) turnMode(int) {
	if m.settings.Mode == session.Practice {
		m.settings.Mode = session.Exam
	} else {
		m.settings.Mode = session.Practice
	}
}

// evaluators are those to choose from, and the one the settings came with.
func (m *setup) evaluators() []string {
	if slices.Contains(m.judges, m.judge()) {
		return m.judges
	}
	return append(slices.Clone(m.judges), m.judge())
}

// judge is the evaluator asked for.
func (m *setup) judge() string {
	if m.settings.Evaluator == "" {
		return "auto"
	}
	return m.settings.Evaluator
}

func (m *setup) turnJudge(by int) {
	all := m.evaluators()
	m.settings.Evaluator = all[turn(slices.Index(all, m.judge()), by, len(all))]
}

func (m *setup) judgeValue() (value, about string) {
	switch name := m.judge(); name {
	case "auto":
		return name, strings.TrimSpace("now the " + strings.TrimPrefix(report.Line(m.evaluator), "the "))
	case session.Builtin:
		return "built-in", "needs no model"
	default:
		return report.Line(name), ""
	}
}
