package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// overlay is what lies over the interview and has the keys.
type overlay int

const (
	noOverlay overlay = iota
	helpOverlay
	skipOverlay
	endOverlay
	builtinOverlay
)

// interview is the screen of one running interview. What it knows is the
// snapshot of the start with every event applied since.
type interview struct {
	*env
	visit  int // of the room; messages of an earlier visit are dropped
	room   session.Room
	roomC  context.Context
	cancel context.CancelFunc
	keys   interviewKeys

	snap       session.Snapshot
	loaded     bool
	live       session.Live
	connection *session.Connection    // nil: the interview is in this process
	since      time.Time              // when the answer was handed in
	over       []session.QuestionOver // questions that are over and not yet looked at
	overlay    overlay
	note       note
	noted      time.Time
	rev        *review
	out        *outbox
	reading    bool // the interview is paused, or about to be, while the first of over is read
	warned     int  // the turn whose time was said to run out
	scroll     int  // of the question
	spin       int
	spins      bool

	ed     *editor
	edTurn int    // the turn the editor's text belongs to
	gen    int    // of the text
	saved  int    // the last generation on disk
	stash  string // words that missed their turn
	drafts *drafts

	sent    *sent               // an answer or skip under way
	failed  *sent               // the last one that did not go through
	busy    session.CommandType // another command under way
	queued  session.Command     // to be sent when that one is answered
	leaving tea.Msg             // where to, once the draft is saved
	left    bool
	forced  bool // leaving failed once: the next wish to leave does not wait
	waiting bool // for events
	cur     *tea.Cursor
	drawn   struct {
		id    string
		lines []string
	}
	handed struct {
		id    string
		lines []string
	}
}

// sent is a turn that was handed in and is not confirmed yet. Its command keeps
// its id, so that trying again after an error cannot answer twice.
type sent struct {
	turn int
	id   string
	text string
	skip bool
}

func newInterview(e *env, room session.Room, visit int) *interview {
	m := &interview{env: e, visit: visit, room: room, ed: newEditor(e.look), drafts: &drafts{room: room}, keys: newInterviewKeys()}
	m.roomC, m.cancel = context.WithCancel(e.ctx)
	m.out = &outbox{newID: e.newID, do: m.remark}
	m.rev = newReview(e, m.out)
	m.rev.known = true
	return m
}

// Init asks for the snapshot and starts the clock.
func (m *interview) Init() tea.Cmd {
	return tea.Batch(m.loadSnapshot(), m.tick(), m.listen(), m.listenConnection())
}

// Update keeps what the room says and hands keys to who has them.
func (m *interview) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		if m.interluding() {
			return m.rev.typed(msg)
		}
		return m.typed(msg)
	case tea.BackgroundColorMsg:
		m.ed.restyle()
		m.rev.restyle()
	case roomMsg:
		if msg.visit == m.visit {
			return m.heard(msg.what)
		}
	default:
		if m.interluding() {
			return m.rev.typed(msg)
		}
		if m.typing() { // the textarea's own messages
			_, cmd := m.ed.Update(msg)
			return cmd
		}
	}
	return nil
}

// heard takes what a command of this visit brought back.
func (m *interview) heard(what any) tea.Cmd {
	switch msg := what.(type) {
	case snapshotMsg:
		return m.entered(msg)
	case eventsMsg:
		return m.events(msg)
	case liveMsg:
		if msg.Turn == m.snap.Turn {
			m.live = msg.Live
		}
		return m.listenOn(msg.from)
	case connectionMsg:
		return m.connected(msg)
	case ackMsg:
		return m.acked(msg)
	case remarked:
		return m.remarkAnswered(msg.err)
	case draftRested:
		if msg.gen == m.gen {
			return m.saveDraft()
		}
	case draftSaved:
		return m.draftSaved(msg)
	case ticked:
		return m.ticked()
	case spun:
		return m.spun()
	case editorReady, editorClosed, editorRead:
		return m.external(what)
	case waitAgain:
		return m.wait()
	case leftMsg:
		return m.gone(msg)
	}
	return nil
}

// typing tells whether the editor has the keys.
func (m *interview) typing() bool {
	return m.answering() && m.overlay == noOverlay && m.sent == nil && m.leaving == nil && !m.stopping()
}

// stopping tells whether a pause or an end is under way: what is typed now is
// meant for the box that will come up.
func (m *interview) stopping() bool {
	return stops(m.busy) || m.queued != nil && stops(m.queued.Type())
}

func stops(c session.CommandType) bool { return c == session.CmdPause || c == session.CmdEnd }

// answering tells whether the editor is on the screen.
func (m *interview) answering() bool {
	return m.loaded && len(m.over) == 0 && m.snap.State.Answering() && !m.paused()
}

// say sets the line above the keys.
func (m *interview) say(text string) { m.note, m.noted = note{text: text}, m.now() }

// fail says what went wrong and what to do about it.
func (m *interview) fail(what string, err error, then string) {
	s := what + ": " + explain(err)
	if then != "" {
		s += "; " + then
	}
	m.note, m.noted = note{s, true}, m.now()
}

// noteStays is how long a note outlives the next key.
const noteStays = 4 * time.Second
