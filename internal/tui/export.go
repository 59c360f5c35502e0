package tui

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/report"
)

// export is the choice of a format.
type export struct {
	formats []string
	cursor  cursor
	writing bool
}

// formatWords say what a format is for.
var formatWords = map[string]string{
	"html": "a page for the browser", "md": "Markdown", "txt": "plain text", "csv": "a table of the points", "json": "all of the data",
}

func (m *reportPage) openExport() {
	if m.writeReport == nil {
		m.note = note{text: "Reports cannot be exported from here."}
		return
	}
	m.export = &export{formats: report.Formats()}
}

var keyWrite = bind("enter", "write", "enter")

func (m *reportPage) keyExport(msg tea.KeyPressMsg) tea.Cmd {
	x := m.export
	switch {
	case key.Matches(msg, keyBack):
		m.export = nil
	case x.writing:
	case key.Matches(msg, keyWrite):
		x.writing = true
		write, id, format := m.writeReport, m.report.Interview.ID, x.formats[x.cursor.at]
		return m.run(func(ctx context.Context) any {
			path, err := write(ctx, id, format)
			return exported{path, err}
		})
	default:
		x.cursor.move(msg, len(x.formats), len(x.formats))
	}
	return nil
}

func (m *reportPage) exported(msg exported) {
	m.export = nil
	if msg.err != nil {
		m.note = note{"The report could not be written: " + explain(msg.err), true}
		return
	}
	m.note = note{text: "Written: " + msg.path}
}

// exportBox lists the formats.
func (m *reportPage) exportBox(w int) string {
	x := m.export
	inner := min(w-8, 40)
	lines := []string{""}
	for i, f := range x.formats {
		lines = append(lines, m.pointer(i == x.cursor.at)+m.pad(f, 6)+m.mutedStyle.Render(formatWords[f]))
	}
	lines = append(lines, "")
	if x.writing {
		lines = append(lines, "Writing "+m.ellipsis)
	} else {
		lines = append(lines, m.legend(inner+1, keyWrite, m.movement(), keyLeave)[1:])
	}
	return m.dialogBox("Export", lines, inner)
}
