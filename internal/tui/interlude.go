package tui

import (
	"context"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// remarked answers for the mark or dispute under way.
type remarked struct{ err error }

// remark sends a mark or a dispute.
func (m *interview) remark(e session.Envelope) tea.Cmd {
	room := m.room
	return m.run(func(ctx context.Context) any {
		_, err := room.Do(ctx, e)
		return remarked{err}
	})
}

func (m *interview) remarkAnswered(err error) tea.Cmd {
	cmd, next := m.out.answered(err)
	if cmd == nil {
		return nil
	}
	m.rev.answered(cmd, err)
	if err != nil {
		m.fail("elios could not "+commandWords[cmd.Type()], err, "try again")
	}
	return next
}

// interluding tells whether a question that is over is being looked at.
func (m *interview) interluding() bool { return m.loaded && len(m.over) > 0 }

// review is the question being looked at, as it stands by now.
func (m *interview) review() *review {
	o := m.over[0]
	q := session.QuestionReport{Number: o.Question, Reveal: o.Reveal, Marks: m.snap.Marks}
	if o.Result != nil {
		q.Result = *o.Result
	}
	for _, t := range m.snap.Turns {
		if t.Asked.Question == o.Question {
			q.Turns = append(q.Turns, session.TurnReport{TurnView: t})
		}
	}
	if len(q.Turns) > 0 {
		q.Ask = q.Turns[0].Asked.Ask
	}
	for _, d := range m.snap.Disputes {
		if d.Question == o.Question {
			q.Disputes = append(q.Disputes, d)
		}
	}
	m.rev.show(q)
	return m.rev
}

// viewInterlude shows a question that is over, while the machine already waits
// with the next one.
func (m *interview) viewInterlude(w, h int) string {
	o, r := m.over[0], m.review()
	left := m.title.Render(fmt.Sprintf("Question %d of %d is over", o.Question, m.snap.Questions))
	right := m.scoreBand(r.q.Result.Final)
	if r.q.Result.Skipped {
		right = m.mutedStyle.Render("skipped  ") + right
	}
	body := r.body(w, max(1, h-4))
	if m.cur = r.cursor(); m.cur != nil {
		m.cur.Y += 2
	}
	foot := m.foot(w, m.interludeKeys()...)
	if foot[0] == "" {
		foot[0] = r.below()
	}
	return page(h, []string{m.header(left, right, w), m.rule(w)}, body, foot)
}

func (m *interview) interludeKeys() []key.Binding {
	keys := m.rev.legendKeys()
	if m.rev.why != nil {
		return keys
	}
	next, pause := m.keys.Next, m.keys.Pause
	switch {
	case m.snap.Completed != nil:
		next.SetHelp("enter", "report")
		pause.SetEnabled(false)
	case m.rev.at >= 0: // make room for the keys of the point
		next.SetHelp("enter", "go on")
	}
	return append(append([]key.Binding{next}, keys...), pause, m.keys.Help)
}

// keyInterlude takes nothing but what it shows: a word typed here must not end
// up in the next answer.
func (m *interview) keyInterlude(msg tea.KeyPressMsg) tea.Cmd {
	if cmd, taken := m.review().key(msg); taken {
		return cmd
	}
	switch {
	case key.Matches(msg, m.keys.Next):
		return m.nextQuestion()
	case key.Matches(msg, keyHelp):
		m.overlay = helpOverlay
		return nil
	}
	return m.keyAnywhere(msg)
}

func (m *interview) nextQuestion() tea.Cmd {
	m.over, m.scroll = m.over[1:], 0
	switch {
	case len(m.over) > 0:
		return nil
	case m.snap.Completed != nil:
		return m.leave(goReport{m.snap.ID})
	case m.reading:
		return m.do(session.Resume{})
	}
	return nil
}

// reasonReading is why an interview pauses while a question that is over is
// read: the next one's time must not run before it has been seen.
const reasonReading = "reading"

// standStill stops the next question's clock for an interlude. It is a pause
// like any other to the machine, and no dialog to the candidate.
func (m *interview) standStill() tea.Cmd {
	if len(m.over) == 0 || m.snap.Deadline.IsZero() || m.reading || m.leaving != nil || m.stopping() {
		return nil
	}
	m.reading = true
	return m.do(session.Pause{Reason: reasonReading})
}

// paused tells whether the candidate has stopped the interview.
func (m *interview) paused() bool { return m.snap.Paused && !m.reading }
