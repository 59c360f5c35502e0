package conformance

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// creating is making an interview by a message.
var creating = []Check{
	{Name: "create/order", Says: "The answer is an ack with the interview's id, then a welcome, then its events", run: func(p *probe) {
		l := p.enter()
		l.send(wire.TypeCreate, "c-"+uuid.NewString(), wire.Create{Bank: p.t.Bank, Count: few(1)})
		var came []string
		for len(came) < 3 {
			m, gone := l.next(soon)
			if gone != nil {
				fail("after create came %v, and then nothing: %v", came, gone.err)
			}
			came = append(came, m.Type)
			if m.Type == wire.TypeAck {
				p.made = append(p.made, madeInterview{into[wire.Ack](m).Interview, l.token})
			}
		}
		want(fmt.Sprint(came) == "[ack welcome created]", "after create came %v, and ack, welcome and the event created were due", came)
		made := into[session.Created](l.seen[0])
		w := into[wire.Welcome](l.other[len(l.other)-1])
		want(l.seen[0].Seq == 1, "the first event is %d", l.seen[0].Seq)
		want(w.Snapshot != nil && w.Snapshot.State == session.Idle && w.LastSeq >= 1, "the welcome of a new interview is not that of one that is IDLE")
		want(made.ID == w.Snapshot.ID && made.Bank.ID == p.t.Bank, "created names the interview %s with the bank %s", made.ID, made.Bank.ID)
	}},
	{Name: "create/fields", Says: "Make an interview", run: func(p *probe) {
		l, _ := p.makes(wire.Create{Count: few(1), FollowUps: few(1), Mode: session.Exam, Seed: 7, TimeLimitS: 300})
		made := into[session.Created](l.happened(session.EvCreated))
		s := made.Settings
		want(made.Questions == 1 && s.Count == 1, "count 1 makes an interview of %d questions", made.Questions)
		want(s.FollowUps != nil && *s.FollowUps == 1, "follow_ups 1 is not in the settings")
		want(s.Mode == session.Exam && s.Seed == 7 && s.TimeLimit.Seconds() == 300, "the settings say mode %q, seed %d, time limit %s", s.Mode, s.Seed, s.TimeLimit)
		l.acked(string(session.CmdStart), "start", nil)
		q := into[session.QuestionAsked](l.happened(session.EvQuestion))
		want(q.Max == 1 && q.Of == 1, "the question says it is of %d, with at most %d follow-ups", q.Of, q.Max)
	}},
	{Name: "create/nothing-asked-for", Says: "all fields may be left out", run: func(p *probe) {
		for _, data := range []string{"", `,"data":{}`, `,"data":null`} {
			l := p.enter()
			id := "c-" + uuid.NewString()
			l.raw(`{"type":"create","id":"` + id + `"` + data + `}`)
			ack := l.isAcked("create", id)
			p.made = append(p.made, madeInterview{ack.Interview, l.token})
		}
	}},
	{Name: "create/unknown-field", Says: "Unknown fields are ignored", run: func(p *probe) {
		l := p.enter()
		id := "c-" + uuid.NewString()
		l.raw(`{"type":"create","id":"` + id + `","data":{"bank":"` + p.t.Bank + `","count":1,"difficulty":{"high":3}}}`)
		p.made = append(p.made, madeInterview{l.isAcked("create", id).Interview, l.token})
	}},
	{Name: "create/level", Says: `level is 3, "3" or "2..4"`, run: func(p *probe) {
		n := p.level()
		for _, form := range []string{`%d`, `"%d"`, `"%[1]d..%[1]d"`} {
			l := p.enter()
			id := "c-" + uuid.NewString()
			form = fmt.Sprintf(form, n)
			l.raw(`{"type":"create","id":"` + id + `","data":{"bank":"` + p.t.Bank + `","count":1,"level":` + form + `}}`)
			p.made = append(p.made, madeInterview{l.isAcked("create with level "+form, id).Interview, l.token})
			s := into[session.Created](l.happened(session.EvCreated)).Settings
			want(s.MinLevel == n && s.MaxLevel == n, "level %s makes an interview of levels %d to %d", form, s.MinLevel, s.MaxLevel)
		}
	}},
	{Name: "create/what-cannot-be", Says: "A value that cannot be makes no interview (bad_message)", run: func(p *probe) {
		for _, field := range []string{
			`"count":-1`, `"count":"two"`, `"count":1.5`, `"follow_ups":4`, `"follow_ups":-1`, `"mode":"party"`, `"mode":7`, `"time_limit_s":-1`,
			`"topics":"all"`, `"level":0`, `"level":6`, `"level":"4..2"`, `"level":"high"`, `"level":2.5`, `"level":[]`, `"seed":-1`, `"seed":"x"`, `"bank":7`,
		} {
			l := p.enter()
			data := `{"bank":"` + p.t.Bank + `",` + field + `}`
			if field == `"bank":7` {
				data = `{` + field + `}`
			}
			id := "c-" + uuid.NewString()
			l.raw(`{"type":"create","id":"` + id + `","data":` + data + `}`)
			l.isRefused(wire.CodeBadMessage, id)
			l.breaks()
		}
	}},
	{Name: "create/unknown-bank", Says: "or no such bank", run: func(p *probe) {
		l := p.enter()
		l.refused(wire.CodeNotFound, wire.TypeCreate, "c-"+uuid.NewString(), wire.Create{Bank: "no-such-bank"})
		l.refused(wire.CodeNotFound, wire.TypeCreate, "d-"+uuid.NewString(), wire.Create{Bank: "../../../etc/passwd"})
		p.made = append(p.made, madeInterview{l.created("e-"+uuid.NewString(), wire.Create{}), l.token}) // the connection may still make one
	}},
	{Name: "create/one-a-connection", Says: "A connection follows one interview at most", run: func(p *probe) {
		l, id := p.makes(wire.Create{})
		l.refused(wire.CodeInvalidState, wire.TypeCreate, "c-"+uuid.NewString(), wire.Create{Bank: p.t.Bank})
		l, _ = p.follow(id, 0)
		l.refused(wire.CodeInvalidState, wire.TypeCreate, "c-"+uuid.NewString(), wire.Create{Bank: p.t.Bank})
	}},
	{Name: "create/seed", Says: "Make an interview", run: func(p *probe) {
		one, _ := p.begun(wire.Create{Count: few(1), Seed: 11})
		two, _ := p.begun(wire.Create{Count: few(1), Seed: 11})
		a, b := into[session.QuestionAsked](one.happened(session.EvQuestion)), into[session.QuestionAsked](two.happened(session.EvQuestion))
		want(a.ID == b.ID, "the same seed draws the question %s, then %s", a.ID, b.ID)
	}},
	{Name: "create/again", Says: "Make an interview", run: func(p *probe) {
		l, id := p.begun(wire.Create{Count: few(1)})
		l.acked(string(session.CmdSkip), "s", session.Skip{Turn: 1})
		l.happened(session.EvCompleted)
		first := into[session.QuestionAsked](l.happened(session.EvQuestion))
		again, _ := p.begun(wire.Create{Again: &session.Link{Interview: id, Question: 1}})
		q := into[session.QuestionAsked](again.happened(session.EvQuestion))
		want(q.ID == first.ID && q.Of == 1, "question %s again asks %s of %d questions", first.ID, q.ID, q.Of)
		p.enter().refused(wire.CodeNotFound, wire.TypeCreate, "n-"+uuid.NewString(), wire.Create{Again: &session.Link{Interview: nowhere, Question: 1}})
	}},
}

// level is one of which the bank has questions.
func (p *probe) level() int {
	if b := p.bank(); len(b.Levels) > 0 {
		return b.Levels[0]
	}
	return 3 // without an answer it is the middle one
}

// bank is what the server says of the bank, nothing when it does not.
func (p *probe) bank() session.BankInfo {
	var banks wire.Banks
	a := p.request("GET", "/v1/banks", "", nil)
	_ = json.Unmarshal(a.body, &banks) // whether it can be read is another check's
	for _, b := range banks.Banks {
		if b.ID == p.t.Bank {
			return b
		}
	}
	return session.BankInfo{}
}

// enough skips what needs more questions than the bank has.
func (p *probe) enough(c wire.Create, questions int) {
	if c.Count == nil || questions >= *c.Count {
		return
	}
	if has := p.bank().Questions; has > 0 && has < *c.Count {
		skip("it needs a bank of %d questions, and %s has %d: --bank ID", *c.Count, p.t.Bank, has)
	}
}
