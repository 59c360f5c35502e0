package tui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// reportMsg is a message of one visit to a report.
type reportMsg struct {
	visit int
	what  any
}

// What a reportMsg carries.
type (
	reportRead struct {
		report session.Report
		before *session.Attempt
		// calibration is a line for each evaluator: how far it was held against people.
		calibration []string
		err         error
	}
	reportRemarked struct {
		reportRead // as it stands now
		err        error
	}
	attemptsRead struct {
		question string
		attempts []session.Attempt
		err      error
	}
	exported struct {
		path string
		err  error
	}
)

// run makes a command of f that answers this visit. f must not touch the model.
func (m *reportPage) run(f func(ctx context.Context) any) tea.Cmd {
	ctx, visit := m.ctx, m.visit
	return func() tea.Msg { return reportMsg{visit, f(ctx)} }
}

func (m *reportPage) read() tea.Cmd {
	interviews, id, calibration := m.interviews, m.id, m.calibration
	return m.run(func(ctx context.Context) any {
		out := readReport(ctx, interviews, id)
		if calibration != nil && out.err == nil {
			out.calibration = calibration(ctx, out.report)
		}
		return out
	})
}

// readReport also looks up how a question that was asked again went before.
func readReport(ctx context.Context, interviews session.Interviews, id string) reportRead {
	r, err := interviews.Report(ctx, id)
	if err != nil {
		return reportRead{err: err}
	}
	out := reportRead{report: r}
	if link := r.Interview.Settings.Again; link != nil {
		then, err := interviews.Report(ctx, link.Interview)
		if i := link.Question - 1; err == nil && i >= 0 && i < len(then.Questions) {
			out.before = &session.Attempt{Interview: then.Interview, Question: then.Questions[i]}
		}
	}
	return out
}

func (m *reportPage) took(msg reportRead) {
	if msg.err != nil {
		m.note = note{"The report could not be read: " + explain(msg.err) + "; r tries again", true}
		return
	}
	m.report, m.before, m.loaded = msg.report, msg.before, true
	if msg.calibration != nil {
		m.calibrated = msg.calibration
	}
}

// remark sends a mark or dispute: the interview is entered for it and left.
func (m *reportPage) remark(e session.Envelope) tea.Cmd {
	interviews, id := m.interviews, m.id
	return m.run(func(ctx context.Context) any {
		if err := remarkOnce(ctx, interviews, id, e); err != nil {
			return reportRemarked{err: err}
		}
		return reportRemarked{reportRead: readReport(ctx, interviews, id)}
	})
}

func remarkOnce(ctx context.Context, interviews session.Interviews, id string, e session.Envelope) error {
	room, err := interviews.Open(ctx, id)
	if err != nil {
		return err
	}
	_, err = room.Do(ctx, e)
	return errors.Join(err, room.Close())
}

func (m *reportPage) remarked(msg reportRemarked) tea.Cmd {
	cmd, next := m.out.answered(msg.err)
	if cmd == nil {
		return nil
	}
	if msg.err == nil {
		m.took(msg.reportRead)
	} else {
		m.note = note{"elios could not " + commandWords[cmd.Type()] + ": " + explain(msg.err) + "; try again", true}
		m.leaving = nil
	}
	m.review.answered(cmd, msg.err)
	if m.leaving != nil && len(m.out.queue) == 0 {
		return send(m.leaving)
	}
	if _, ok := cmd.(session.Mark); ok && msg.err == nil && m.report.SelfMarked != nil {
		m.note = note{text: fmt.Sprintf("With your own marks the interview scores %.0f.", *m.report.SelfMarked)}
	}
	return next
}

// leave goes on to the screen that to names once every mark is on disk. A
// second wish to leave does not wait.
func (m *reportPage) leave(to tea.Msg) tea.Cmd {
	if m.leaving != nil || len(m.out.queue) == 0 {
		return send(to)
	}
	m.leaving = to
	m.note = note{text: "Saving " + m.ellipsis}
	return nil
}

// askAgain opens an interview of the question under the cursor alone.
func (m *reportPage) askAgain() tea.Cmd {
	if m.busy || m.cursor.at >= len(m.report.Questions) {
		return nil
	}
	q := m.report.Questions[m.cursor.at]
	if !q.Result.Over {
		m.note = note{text: "This question is not over yet: it can be asked again when it is."}
		return nil
	}
	m.busy = true
	ctx, interviews, visit, id := m.ctx, m.interviews, m.visit, m.id
	return func() tea.Msg {
		room, err := interviews.Again(ctx, id, q.Number)
		return entered{visit, room, err}
	}
}
