package tui

import "github.com/elios/elios/internal/session"

// keysHere are the keys of the interview as it stands.
func (m *interview) keysHere() []keyRow {
	var rows []keyRow
	switch {
	case m.interluding() && m.snap.Completed != nil:
		return append(append([]keyRow{{"enter", "report"}}, reviewRows(m.look)...), keyRow{"ctrl+c", "quit"})
	case m.interluding():
		rows = append([]keyRow{{"enter", "next question"}}, reviewRows(m.look)...)
	case m.snap.State == session.Evaluating:
		if m.snap.Pending != nil {
			rows = append(rows, keyRow{"r", "try the evaluation again"}, keyRow{"e", "end the interview"})
		}
		if m.snap.Evaluator.Name != session.Builtin {
			rows = append(rows, keyRow{"b", "built-in evaluator"})
		}
		rows = append(rows, keyRow{"pgup, pgdn", "scroll"})
	default:
		rows = m.answeringRows()
	}
	return append(rows,
		keyRow{"ctrl+p", "pause"},
		keyRow{"ctrl+x", "end the interview"},
		keyRow{"ctrl+c", "save, pause and quit"},
	)
}

// keysHere are the keys of the report as it stands.
func (m *reportPage) keysHere() []keyRow {
	switch {
	case m.earlier != nil:
		return []keyRow{{m.upDown + ", pgup, pgdn", "scroll"}, {"esc, h", "back to the question"}}
	case m.opened:
		return append(reviewRows(m.look),
			keyRow{"h", "every answer to this question"},
			keyRow{"a", "ask this question once more"},
			keyRow{m.leftRight, "other question"},
			keyRow{"esc", "back to the report"},
			keyRow{"ctrl+c", "quit"})
	}
	return []keyRow{
		{m.upDown, "choose a question, scroll"},
		{"enter", "open the question"},
		{"a", "ask this question once more"},
		{"n", "a new interview like this one"},
		{"e", "export the report to a file"},
		{"q, esc", "back"},
		{"ctrl+c", "quit"},
	}
}

func (m *interview) answeringRows() []keyRow {
	rows := []keyRow{{"ctrl+s, alt+enter", "submit the answer"}}
	if m.snap.Settings.Mode != session.Exam {
		rows = append(rows, keyRow{"ctrl+t", "hint"})
	}
	return append(rows,
		keyRow{"ctrl+r", "skip"},
		keyRow{"ctrl+o", "write in $EDITOR"},
		keyRow{"pgup, pgdn", "scroll the question"},
		keyRow{"ctrl+y", "bring back lost words"},
	)
}

// reviewRows are the keys of a question that is over.
func reviewRows(k *look) []keyRow {
	return []keyRow{
		{"tab, shift+tab", "choose a point"},
		{"m", "mark it met, partial, missed"},
		{"d", "dispute its verdict"},
		{k.upDown + ", pgup, pgdn", "scroll"},
	}
}
