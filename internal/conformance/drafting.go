package conformance

import (
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// drafts are half-typed text.
var drafts = []Check{
	{Name: "draft/kept", Says: "Half-typed text of the current turn, which replaces the one before", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		before := l.last()
		for i, text := range []string{"half", "half a sentence", "hal", "half a sentence"} {
			ack := l.acked(wire.TypeDraft, "d"+itoa(int64(i)), wire.Draft{Turn: 1, Text: text})
			want(ack.Interview == id && ack.Turn == 1 && ack.State == session.Questioning, "the ack of a draft says %s, turn %d", ack.State, ack.Turn)
			_, w := p.follow(id, before)
			want(w.Snapshot.Draft == text, "the draft is %q, and %q was kept last", w.Snapshot.Draft, text)
			want(w.LastSeq == before, "a draft makes event %d", w.LastSeq)
		}
		l.acked(wire.TypeDraft, "e", wire.Draft{Turn: 1, Text: ""})
		_, w := p.follow(id, before)
		want(w.Snapshot.Draft == "", "the draft is %q, and it was deleted", w.Snapshot.Draft)
	}},
	{Name: "draft/after-its-answer", Says: "Half-typed text of the current turn", run: func(p *probe) {
		l, id := p.begun(wire.Create{Count: few(2)})
		l.acked(wire.TypeDraft, "d", wire.Draft{Turn: 1, Text: "half"})
		l.acked(string(session.CmdSkip), "s", session.Skip{Turn: 1})
		l.event(4, soon, session.EvQuestion)
		_, w := p.follow(id, l.last())
		want(w.Snapshot.Turn == 2 && w.Snapshot.Draft == "", "turn %d begins with the draft %q", w.Snapshot.Turn, w.Snapshot.Draft)
	}},
	{Name: "draft/stale-turn", Says: "one of another turn changes nothing", run: func(p *probe) {
		l, id := p.begun(wire.Create{Count: few(2)})
		l.acked(string(session.CmdSkip), "s", session.Skip{Turn: 1})
		l.event(4, soon, session.EvQuestion)
		l.acked(wire.TypeDraft, "d", wire.Draft{Turn: 2, Text: "the current one"})
		for id, turn := range map[string]int{"o1": 1, "o9": 9} {
			l.send(wire.TypeDraft, id, wire.Draft{Turn: turn, Text: "another one"})
			m := l.answer(id)
			want(m.Type == wire.TypeAck || m.Type == wire.TypeError, "a draft was answered with %s", m.Type)
		}
		_, w := p.follow(id, l.last())
		want(w.Snapshot.Draft == "the current one", "the draft is %q, after one of another turn", w.Snapshot.Draft)
	}},
	{Name: "draft/bad", Says: "JSON that does not fit", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.raw(`{"type":"draft","id":"b","data":{"turn":"one","text":"x"}}`)
		l.isRefused(wire.CodeBadMessage, "b")
		l.raw(`{"type":"draft","id":"c","data":{"turn":1,"text":7}}`)
		l.isRefused(wire.CodeBadMessage, "c")
	}},
}
