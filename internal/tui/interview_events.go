package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// newsAgain is how long to wait after the events could not be had.
const newsAgain = 2 * time.Second

// entered begins with where the interview stands.
func (m *interview) entered(msg snapshotMsg) tea.Cmd {
	if msg.err != nil {
		m.fail("The interview could not be opened", msg.err, "r tries again, esc goes back")
		return nil
	}
	again := m.loaded
	m.snap, m.loaded = msg.snap, true
	if m.snap.State == session.Complete {
		return m.leave(goReport{m.snap.ID})
	}
	if !again {
		m.edTurn = m.snap.Turn
		m.ed.set(m.snap.Draft)
	} else if m.edTurn != m.snap.Turn {
		m.nextTurn(m.snap.Turn)
	}
	cmds := []tea.Cmd{m.wait(), m.evaluating()}
	switch {
	case m.snap.State == session.Idle:
		cmds = append(cmds, m.do(session.Start{}))
	case m.snap.Paused: // who comes back wants to go on
		cmds = append(cmds, m.do(session.Resume{}))
	}
	return tea.Batch(cmds...)
}

// events applies what happened and waits for more.
func (m *interview) events(msg eventsMsg) tea.Cmd {
	m.waiting = false
	if msg.err != nil {
		if m.roomC.Err() != nil {
			return nil
		}
		m.fail("No news of the interview", msg.err, "elios keeps trying; your words stay")
		return m.after(newsAgain, waitAgain{})
	}
	was := m.snap.State
	for _, e := range msg.events {
		if e.Seq > m.snap.LastSeq {
			m.happened(e)
		}
	}
	cmds := []tea.Cmd{m.wait(), m.standStill()}
	if was != m.snap.State || m.snap.Pending == nil {
		cmds = append(cmds, m.evaluating())
	}
	if m.snap.Completed != nil && m.leaving == nil && !m.interlude() {
		return m.leave(goReport{m.snap.ID})
	}
	return tea.Batch(cmds...)
}

// interlude tells whether there is a finished question to look at. An
// interview that was ended early goes to its report at once.
func (m *interview) interlude() bool {
	if c := m.snap.Completed; c != nil && c.Outcome != session.Finished {
		m.over = nil
	}
	return len(m.over) > 0
}

func (m *interview) happened(e session.Event) {
	m.snap = m.snap.Apply(e)
	switch data := e.Data.(type) {
	case session.AnswerAccepted:
		m.handedIn(data.Turn, data.Text, data.TimedOut)
		m.since, m.live = m.now(), session.Live{}
	case session.TurnSkipped:
		m.handedIn(data.Turn, "", data.TimedOut)
	case session.QuestionAsked:
		m.nextTurn(data.Turn)
	case session.QuestionOver:
		if data.Reveal != nil {
			m.over = append(m.over, data)
		}
	case session.Resumed:
		m.reading = false
	case session.PausedEvent:
		if data.Reason == session.ReasonIdle {
			m.say("Paused, since nothing was typed for a while.")
		}
	case session.EvaluatorChanged:
		m.since = m.now()
		m.say("From here on the " + data.To.String() + " judges.")
	case session.Retried:
		m.since = m.now()
	}
}

// handedIn empties the editor once the answer is on disk. Words that are not
// part of it (time was up, or another window answered) are kept aside.
func (m *interview) handedIn(turn int, text string, timedOut bool) {
	mine := m.sent != nil && m.sent.turn == turn
	skipped := mine && m.sent.skip
	m.sent = nil
	if turn != m.edTurn {
		return
	}
	if (!mine || skipped) && m.ed.value != text && m.ed.value != "" {
		m.stash = m.ed.value
	}
	switch {
	case timedOut && m.stash != "":
		m.say("Time was up: what was saved went in. ctrl+y brings your words back.")
	case timedOut:
		m.say("Time was up: what you had written went in.")
	case m.stash != "" && !mine:
		m.say("This turn was answered elsewhere. ctrl+y brings your words back.")
	}
	m.emptyEditor()
}

// nextTurn gives the editor to another turn.
func (m *interview) nextTurn(turn int) {
	if turn != m.edTurn && m.ed.value != "" {
		m.stash = m.ed.value
		m.say("The turn went on. ctrl+y brings your words back.")
	}
	m.edTurn, m.sent, m.scroll = turn, nil, 0
	m.live = session.Live{}
	m.emptyEditor()
}

func (m *interview) emptyEditor() {
	m.ed.set("")
	m.gen++
	m.saved = m.gen // there is nothing to save
}

// acked answers for a command. What it changed arrives as events.
func (m *interview) acked(msg ackMsg) tea.Cmd {
	var next tea.Cmd
	if msg.cmd == m.busy {
		m.busy = ""
		if cmd := m.queued; cmd != nil {
			m.queued = nil
			next = m.do(cmd)
		}
	}
	if msg.err == nil {
		return next
	}
	return tea.Batch(next, m.refused(msg))
}

// refused says why a command was not taken.
func (m *interview) refused(msg ackMsg) tea.Cmd {
	if m.sent != nil && m.sent.turn == msg.turn {
		return m.notSent(msg)
	}
	if stops(msg.cmd) || msg.cmd == session.CmdResume {
		m.reading = false
	}
	switch session.KindOf(msg.err) {
	case session.IsPaused, session.IsComplete, session.StaleTurn:
		return nil // the events tell the same
	}
	m.fail("elios could not "+commandWords[msg.cmd], msg.err, "")
	return nil
}

// commandWords name commands as a person would.
var commandWords = map[session.CommandType]string{
	session.CmdStart: "start", session.CmdHint: "give a hint", session.CmdPause: "pause", session.CmdResume: "go on",
	session.CmdRetry: "try again", session.CmdUseBuiltin: "change the evaluator", session.CmdEnd: "end the interview",
	session.CmdMark: "keep your mark", session.CmdDispute: "keep your dispute",
}

// notSent gives the editor back with every word in it.
func (m *interview) notSent(msg ackMsg) tea.Cmd {
	again := "ctrl+s tries again"
	if m.sent.skip {
		again = "ctrl+r tries again"
	}
	m.failed, m.sent = m.sent, nil
	m.fail("Not sent", msg.err, "your words are kept, "+again)
	if session.KindOf(msg.err) == session.StaleTurn {
		return m.loadSnapshot() // the events may be late; look where the interview stands
	}
	return nil
}
