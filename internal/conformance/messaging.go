package conformance

import (
	"strings"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// messages are what a server makes of them, whatever the interview.
var messages = []Check{
	{Name: "messages/ping", Says: "each ping is answered with pong", run: func(p *probe) {
		l := p.enter()
		for _, id := range []string{"p1", "another one", "ä"} {
			l.send(wire.TypePing, id, nil)
			m := l.until("a pong", soon, func(m wire.Message) bool { return m.Type == wire.TypePong })
			want(m.Re == id, "pong answers %q, and the ping was %q", m.Re, id)
		}
		l.raw(`{"type":"ping"}`)
		m := l.of(wire.TypePong)
		want(m.Re == "", "pong answers %q, and the ping had no id", m.Re)
	}},
	{Name: "messages/unknown-fields", Says: "Unknown fields are ignored", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.raw(`{"type":"ping","id":"u","unheard":{"of":[1,null,true]},"data":{"neither":"x"}}`)
		want(l.answer("u").Type == wire.TypePong, "a ping with unknown fields has no pong")
		l.raw(`{"type":"pause","id":"v","unheard":1,"data":{"mood":"tired"}}`)
		l.isAcked("pause with unknown fields", "v")
	}},
	{Name: "messages/unknown-type", Says: "An unknown type gets an error", run: func(p *probe) {
		l := p.enter()
		l.refused(wire.CodeUnknownType, "party", "x", nil)
		l.refused(wire.CodeUnknownType, "PING", "y", nil)
		l, _ = p.begun(wire.Create{})
		for _, kind := range []string{"evaluated", "regrade", "deadline", "evaluation", "welcome", "ack"} { // an evaluator's, the clock's, the server's
			l.refused(wire.CodeUnknownType, kind, "k-"+kind, map[string]any{"turn": 1})
		}
	}},
	{Name: "messages/bad-json", Says: "not JSON", run: func(p *probe) {
		l := p.enter()
		for _, frame := range []string{`{`, `ping`, ``, `{"type":"ping"} {}`, `{"type":"ping",}`, `{'type':'ping'}`, `{"type":"ping","id":NaN}`} {
			l.raw(frame)
			l.isRefused(wire.CodeBadJSON, "")
		}
	}},
	{Name: "messages/bad-message", Says: "JSON that does not fit", run: func(p *probe) {
		for _, frame := range []string{`[]`, `null`, `"ping"`, `7`, `{}`, `{"type":7}`, `{"type":""}`, `{"type":"ping","id":5}`} {
			l := p.enter()
			l.raw(frame)
			l.isRefused(wire.CodeBadMessage, "")
		}
		l, _ := p.begun(wire.Create{})
		for id, data := range map[string]string{"a": `{"turn":"one","text":"x"}`, "b": `{"turn":1.5,"text":"x"}`, "c": `{"turn":1,"text":["x"]}`, "d": `[]`, "e": `"x"`} {
			l.raw(`{"type":"answer","id":"` + id + `","data":` + data + `}`)
			l.isRefused(wire.CodeBadMessage, id)
		}
		want(l.view().State == session.Questioning, "a message that does not fit was taken as an answer")
	}},
	{Name: "messages/needs-id", Says: "What has to have an id and has none is refused", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		for _, frame := range []string{`{"type":"skip","data":{"turn":1}}`, `{"type":"pause"}`, `{"type":"answer","id":"","data":{"turn":1,"text":"x"}}`} {
			l.raw(frame)
			l.isRefused(wire.CodeBadMessage, "")
		}
		l = p.enter()
		l.raw(`{"type":"create","data":{"bank":"` + p.t.Bank + `"}}`)
		l.isRefused(wire.CodeBadMessage, "")
	}},
	{Name: "messages/duplicate-keys", Says: "A key that stands twice in an object", run: func(p *probe) {
		l, _ := p.begun(wire.Create{})
		l.raw(`{"type":"ping","type":"end"}`)
		l.isRefused(wire.CodeBadMessage, "")
		l.raw(`{"type":"ping","unheard":[{"of":1,"of":2}]}`)
		l.isRefused(wire.CodeBadMessage, "")
		l.raw(`{"type":"skip","data":{"turn":2,"turn":1},"id":"s"}`)
		l.until("an error", soon, func(m wire.Message) bool {
			return m.Type == wire.TypeError && into[wire.Error](m).Code == wire.CodeBadMessage
		})
		l.alive()
		want(l.count(session.EvSkipped) == 0, "a message with a key twice was taken")
	}},
	{Name: "messages/depth", Says: "nesting beyond 16 levels", run: func(p *probe) {
		nested := func(levels int) string { // the message itself is one
			return `{"type":"ping","id":"n","unheard":` + strings.Repeat("[", levels-1) + strings.Repeat("]", levels-1) + `}`
		}
		l := p.enter()
		l.raw(nested(wire.MaxDepth))
		l.of(wire.TypePong)
		for _, levels := range []int{wire.MaxDepth + 1, 5000} {
			l.raw(nested(levels))
			m := l.until("an error", soon, func(m wire.Message) bool { return m.Type == wire.TypeError || m.Type == wire.TypePong })
			want(m.Type == wire.TypeError && into[wire.Error](m).Code == wire.CodeBadMessage, "JSON of %d levels was answered with %s", levels, m.Type)
		}
		l.alive()
	}},
	{Name: "messages/long-id", Says: "made by the client, at most 64 characters", run: func(p *probe) {
		l := p.enter()
		longest := strings.Repeat("ä", wire.MaxID)
		l.send(wire.TypePing, longest, nil)
		want(l.answer(longest).Type == wire.TypePong, "a ping with an id of 64 characters has no pong")
		l.send(wire.TypePing, longest+"x", nil)
		l.isRefused(wire.CodeBadMessage, "")
		l.send(wire.TypeCreate, uuid.NewString()+strings.Repeat("x", wire.MaxID), wire.Create{Bank: p.t.Bank})
		l.isRefused(wire.CodeBadMessage, "")
	}},
	{Name: "messages/ten-bad", Says: "Ten messages a minute with one of the first three close the connection (4400)", run: func(p *probe) {
		l := p.enter()
		for range 3 {
			l.raw(`{`)
			l.isRefused(wire.CodeBadJSON, "")
			l.raw(`[]`)
			l.isRefused(wire.CodeBadMessage, "")
			l.refused(wire.CodeUnknownType, "party", "x", nil)
		}
		l.raw(`{`) // the tenth
		l.closes(wire.CloseBadHello, soon)
	}},
	{Name: "messages/many-refused", Says: "Ten messages a minute with one of the first three close the connection (4400)", run: func(p *probe) {
		l := p.enter()
		for range wire.MaxBad + 2 { // refused for another reason
			l.refused(wire.CodeInvalidState, string(session.CmdStart), "s", nil)
		}
	}},
	{Name: "messages/clean-text", Says: "Text of people comes back without control and format characters", run: func(p *probe) {
		const dirty = "It depends\u0007 on the\u001b[31m scheduler\u0000,\u202e and\u0085 on\u200b the\u009b0m queue.\tTab\nand line."
		l, id := p.begun(wire.Create{FollowUps: few(0)})
		l.acked(wire.TypeDraft, "d", wire.Draft{Turn: 1, Text: dirty})
		_, w := p.follow(id, 0)
		cleanText("a draft", w.Snapshot.Draft)
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: dirty})
		cleanText("an answer", into[session.AnswerAccepted](l.happened(session.EvAnswerAccepted)).Text)
		_, w = p.follow(id, l.last())
		cleanText("an answer in the snapshot", w.Snapshot.Turns[0].Answer)
	}},
}

// cleanText wants a text that was sent with control characters to be without.
func cleanText(what, s string) {
	for _, r := range s {
		control := r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r == 0x200b
		want(!control, "%s came back with the character U+%04X", what, r)
	}
	for _, word := range []string{"It depends", "scheduler", "queue.\tTab\nand line."} {
		want(strings.Contains(s, word), "%s came back without %q: %s", what, word, s)
	}
}
