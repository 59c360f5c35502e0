package conformance

import (
	"time"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// timing is what happens by the clock.
var timing = []Check{
	{Name: "time/timer", Says: "What is left of a turn's time, where it is limited", run: func(p *probe) {
		l, id := p.begun(wire.Create{TimeLimitS: 300})
		q := into[session.QuestionAsked](l.happened(session.EvQuestion))
		want(!q.Deadline.IsZero(), "the question of a limited turn has no deadline")
		t := l.timer(0, anyTimer)
		want(t.Turn == 1 && t.LimitMs == 300_000 && t.RemainingMs > 200_000 && t.RemainingMs <= 300_000, "the timer says turn %d, %d of %d ms, and 300 s were asked for", t.Turn, t.RemainingMs, t.LimitMs)
		want(t.Deadline.Equal(q.Deadline), "the timer's deadline is %s, and the question's %s", t.Deadline, q.Deadline)
		again, _ := p.follow(id, l.last())
		t = again.timer(0, anyTimer)
		want(t.Turn == 1 && t.RemainingMs > 200_000, "the timer after a welcome says turn %d, %d ms", t.Turn, t.RemainingMs)
	}},
	{Name: "time/pause", Says: "after every event that changes it", run: func(p *probe) {
		l, _ := p.begun(wire.Create{TimeLimitS: 300})
		l.timer(0, anyTimer)
		n := len(l.other)
		l.acked(string(session.CmdPause), "p", nil)
		paused := into[session.PausedEvent](l.happened(session.EvPaused))
		want(paused.Remaining > 200*time.Second, "paused says that %s are left", paused.Remaining)
		t := l.timer(n, func(t wire.Timer) bool { return t.Paused })
		want(t.Deadline.IsZero() && t.RemainingMs > 200_000, "the timer of a paused turn says %d ms, until %s", t.RemainingMs, t.Deadline)
		n = len(l.other)
		l.acked(string(session.CmdResume), "r", nil)
		resumed := into[session.Resumed](l.happened(session.EvResumed))
		want(!resumed.Deadline.IsZero(), "resumed names no deadline")
		l.timer(n, func(t wire.Timer) bool { return !t.Paused && t.Deadline.Equal(resumed.Deadline) })
	}},
	{Name: "time/none", Says: "What is left of a turn's time, where it is limited", run: func(p *probe) {
		l, id := p.begun(wire.Create{Mode: session.Practice, Count: few(1)})
		q := into[session.QuestionAsked](l.happened(session.EvQuestion))
		if !q.Deadline.IsZero() {
			skip("the server limits the time also where nobody asks for it")
		}
		again, _ := p.follow(id, 0)
		again.reaches(l.last())
		again.alive()
		for _, m := range append(l.other, again.other...) {
			want(m.Type != wire.TypeTimer, "a timer came, and the turn has no limit")
		}
	}},
	{Name: "time/draft", Says: "When the time runs out it is handed in", Slow: true, run: func(p *probe) {
		l, limit := p.inTime(wire.TypeDraft, wire.Draft{Turn: 1, Text: said})
		m, _ := l.event(4, limit+soon, session.EvAnswerAccepted, session.EvSkipped)
		want(m.Type == string(session.EvAnswerAccepted), "the time of a turn with a draft ran out, and it was %s", m.Type)
		a := into[session.AnswerAccepted](m)
		want(a.Text == said && a.TimedOut, "the answer is %q, timed_out %t, and the draft was due", a.Text, a.TimedOut)
		q := into[session.QuestionAsked](l.happened(session.EvQuestion))
		want(!m.At.Before(q.Deadline.Add(-100*time.Millisecond)), "it was handed in at %s, before the deadline %s", m.At, q.Deadline)
	}},
	{Name: "time/nothing", Says: "where there is none the turn is skipped", Slow: true, run: func(p *probe) {
		l, _ := p.begun(wire.Create{TimeLimitS: 1, Count: few(1), FollowUps: few(0)})
		m, _ := l.event(4, time.Second+soon, session.EvAnswerAccepted, session.EvSkipped)
		want(m.Type == string(session.EvSkipped) && into[session.TurnSkipped](m).TimedOut, "the time of an empty turn ran out, and it was %s: %s", m.Type, m.Data)
	}},
	{Name: "time/stands-still", Says: "While the interview is paused no time runs out", Slow: true, run: func(p *probe) {
		l, limit := p.inTime(string(session.CmdPause), nil)
		p.wait(limit + time.Second)
		l.alive()
		want(l.count(session.EvSkipped)+l.count(session.EvAnswerAccepted) == 0, "the time ran out during a pause")
		l.acked(string(session.CmdResume), "r", nil)
	}},
}

// inTime begins a turn of little time and sends a message in it. Where that takes
// longer than the turn, as on a busy machine, it begins another that has more.
func (p *probe) inTime(kind string, data any) (*line, time.Duration) {
	for seconds := 2; ; seconds *= 2 {
		begun, limit := time.Now(), time.Duration(seconds)*time.Second
		l, _ := p.begun(wire.Create{TimeLimitS: seconds, Count: few(1), FollowUps: few(0)})
		l.send(kind, "in time", data)
		m := l.answer("in time")
		if took := time.Since(begun); took < limit || limit > soon/2 {
			want(m.Type == wire.TypeAck, "%s was answered with %s, %s into a turn of %s", kind, m.Type, took.Round(time.Millisecond), limit)
			return l, limit
		}
		l.breaks()
	}
}

func anyTimer(wire.Timer) bool { return true }

// timer waits for a timer among the messages from a place on.
func (l *line) timer(from int, is func(wire.Timer) bool) wire.Timer {
	fits := func(m wire.Message) bool { return m.Type == wire.TypeTimer && is(into[wire.Timer](m)) }
	for _, m := range l.other[from:] {
		if fits(m) {
			return into[wire.Timer](m)
		}
	}
	return into[wire.Timer](l.until("a timer after what changed it", soon, fits))
}
