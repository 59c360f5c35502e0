package conformance

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// plainHTTP is the same interviews without a WebSocket.
var plainHTTP = []Check{
	{Name: "http/unauthorised", Says: "no token, or one that is not good any more, with WWW-Authenticate", run: func(p *probe) {
		id := p.posted(wire.Create{})
		for _, path := range []string{"/v1/interviews", "/v1/banks", "/v1/whoami", "/v1/invitations", "/metrics", "/v1/interviews/" + id, "/v1/interviews/" + id + "/events", "/v1/interviews/" + id + "/report"} {
			for _, token := range []string{"", "Bearer " + wire.NewSecret().Reveal(), "Basic " + p.t.Token.Reveal()} {
				a := p.request(http.MethodGet, path, "", nil, "Authorization", token)
				a.problem(http.StatusUnauthorized, "")
				want(strings.Contains(a.header.Get("WWW-Authenticate"), "Bearer"), "%s: WWW-Authenticate is %q", path, a.header.Get("WWW-Authenticate"))
			}
		}
		p.request(http.MethodDelete, "/v1/interviews/"+id, "", nil, "Authorization", "").problem(http.StatusUnauthorized, "")
	}},
	{Name: "http/token-in-url", Says: "It never goes into a URL", run: func(p *probe) {
		query := "?token=" + p.t.Token.Reveal() + "&access_token=" + p.t.Token.Reveal()
		p.request(http.MethodGet, "/v1/whoami"+query, "", nil, "Authorization", "").problem(http.StatusUnauthorized, "")
	}},
	{Name: "http/foreign-page", Says: "A page of another origin than the server's gets HTTP 403", run: func(p *probe) {
		a := p.request(http.MethodGet, "/v1/interviews", "", nil, "Origin", "https://elsewhere.invalid").problemOf(http.StatusForbidden)
		allowed := a.header.Get("Access-Control-Allow-Origin")
		want(allowed == "", "Access-Control-Allow-Origin is %q", allowed)
		a = p.request(http.MethodOptions, "/v1/interviews", "", nil, "Origin", "https://elsewhere.invalid", "Access-Control-Request-Method", "POST", "Authorization", "")
		want(a.header.Get("Access-Control-Allow-Origin") == "", "a page elsewhere is told that it may: Access-Control-Allow-Origin is %q", a.header.Get("Access-Control-Allow-Origin"))
	}},
	{Name: "http/interview", Says: "The same interviews without a WebSocket", run: httpInterview},
	{Name: "http/commands", Says: "any command", run: httpCommands},
	{Name: "http/create", Says: "answers 201 and the snapshot, 200 when it was made before", run: func(p *probe) {
		key := "k-" + uuid.NewString()
		create := wire.Create{Bank: p.t.Bank, Count: few(1)}
		a := p.request(http.MethodPost, "/v1/interviews", key, create).is(http.StatusCreated, "Snapshot")
		p.made = append(p.made, madeInterview{a.id(), p.t.Token})
		want(strings.HasSuffix(a.header.Get("Location"), "/v1/interviews/"+a.id()), "Location is %q, and the interview is %s", a.header.Get("Location"), a.id())
		b := p.request(http.MethodPost, "/v1/interviews", key, create).is(http.StatusOK, "Snapshot")
		want(a.id() == b.id(), "the same request made interviews %s and %s", a.id(), b.id())
		p.request(http.MethodPost, "/v1/interviews", key, wire.Create{Bank: p.t.Bank, Count: few(2)}).problem(http.StatusConflict, wire.CodeIDReused)
		inBody := p.request(http.MethodPost, "/v1/interviews", "", json.RawMessage(`{"id":"`+key+`","bank":"`+p.t.Bank+`","count":1}`)).is(http.StatusOK, "Snapshot")
		want(inBody.id() == a.id(), "the id in the body made another interview than the Idempotency-Key")
		ack := p.enter().acked(wire.TypeCreate, key, create) // the same over WebSocket
		want(ack.Dup && ack.Interview == a.id(), "the same create over WebSocket made interview %s; dup %t", ack.Interview, ack.Dup)
	}},
	{Name: "http/needs-id", Says: "Idempotency-Key or id in the body, the same where there are both", run: func(p *probe) {
		p.request(http.MethodPost, "/v1/interviews", "", wire.Create{Bank: p.t.Bank}).problem(http.StatusBadRequest, wire.CodeBadMessage)
		p.request(http.MethodPost, "/v1/interviews", uuid.NewString()+strings.Repeat("x", wire.MaxID), wire.Create{Bank: p.t.Bank}).problem(http.StatusBadRequest, wire.CodeBadMessage)
		at := "/v1/interviews/" + p.posted(wire.Create{}) + "/commands"
		p.request(http.MethodPost, at, "", wire.Message{Type: "start"}).problem(http.StatusBadRequest, wire.CodeBadMessage)
		p.request(http.MethodPost, at, "one", wire.Message{Type: "start", ID: "other"}).problem(http.StatusBadRequest, wire.CodeBadMessage)
		p.request(http.MethodPost, at, "", wire.Message{Type: "start", ID: "s"}).is(http.StatusOK, "Ack")
		var ack wire.Ack
		p.request(http.MethodPost, at, "s", wire.Message{Type: "start", ID: "s"}).is(http.StatusOK, "Ack").in(&ack)
		want(ack.Dup, "a command under the same Idempotency-Key is not dup")
	}},
	{Name: "http/once", Says: "over WebSocket and plain HTTP alike", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		first := l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		var second wire.Ack
		p.command(id, "a", session.CmdAnswer, session.Answer{Turn: 1, Text: said}).is(http.StatusOK, "Ack").in(&second)
		want(second.Dup && second.Seq == first.Seq, "an answer of the WebSocket was sent again by HTTP: dup %t, seq %d and %d", second.Dup, first.Seq, second.Seq)
		p.command(id, "a", session.CmdAnswer, session.Answer{Turn: 1, Text: "Something else."}).problem(http.StatusConflict, wire.CodeIDReused)
	}},
	{Name: "http/bad-requests", Says: "bad_json, bad_message, unknown_type", run: func(p *probe) {
		at := "/v1/interviews/" + p.posted(wire.Create{})
		post := func(path, body string) reply {
			return p.request(http.MethodPost, path, "x-"+uuid.NewString(), json.RawMessage(body))
		}
		for _, body := range []string{`{`, `{} {}`, "{\"bank\":\"\xff\"}"} {
			post("/v1/interviews", body).problem(http.StatusBadRequest, wire.CodeBadJSON)
		}
		for _, body := range []string{`[]`, `"x"`, `{"bank":"x","bank":"y"}`, `{"bank":7}`, `{"bank":"` + p.t.Bank + `","count":-1}`, `{"bank":"` + p.t.Bank + `","level":9}`, `{"unheard":` + strings.Repeat("[", wire.MaxDepth) + strings.Repeat("]", wire.MaxDepth) + `}`} {
			post("/v1/interviews", body).problem(http.StatusBadRequest, wire.CodeBadMessage)
		}
		post(at+"/commands", `{"type":"party"}`).problem(http.StatusBadRequest, wire.CodeUnknownType)
		post(at+"/commands", `{"type":"answer","data":{"turn":"one"}}`).problem(http.StatusBadRequest, wire.CodeBadMessage)
		p.request(http.MethodPut, at+"/draft", "", json.RawMessage(`{"turn":"one","text":"x"}`)).problem(http.StatusBadRequest, wire.CodeBadMessage)
		for _, query := range []string{"/v1/interviews?limit=x", "/v1/interviews?since=yesterday", "/v1/interviews?until=x", at[3:] + "/events?after=x", at[3:] + "/events?after=-1"} {
			p.request(http.MethodGet, "/v1"+strings.TrimPrefix(query, "/v1"), "", nil).problem(http.StatusBadRequest, wire.CodeBadMessage)
		}
	}},
	{Name: "http/not-found", Says: "404 or 405 for what there is no such path or method", run: func(p *probe) {
		for _, path := range []string{"", "/events", "/report"} {
			p.request(http.MethodGet, "/v1/interviews/"+nowhere+path, "", nil).problem(http.StatusNotFound, wire.CodeNotFound)
		}
		p.request(http.MethodDelete, "/v1/interviews/"+nowhere, "", nil).problem(http.StatusNotFound, wire.CodeNotFound)
		p.request(http.MethodPut, "/v1/interviews/"+nowhere+"/draft", "", wire.Draft{Turn: 1}).problem(http.StatusNotFound, wire.CodeNotFound)
		p.command(nowhere, "e", session.CmdEnd, nil).problem(http.StatusNotFound, wire.CodeNotFound)
		p.request(http.MethodPost, "/v1/interviews", "x"+uuid.NewString(), wire.Create{Bank: "no-such-bank"}).problem(http.StatusNotFound, wire.CodeNotFound)
		p.request(http.MethodGet, "/v1/banks/no-such-bank/questions", "", nil).problem(http.StatusNotFound, wire.CodeNotFound)
		for _, r := range [][2]string{{http.MethodGet, "/v1/nothing"}, {http.MethodPatch, "/v1/interviews"}, {http.MethodDelete, "/v1/banks"}, {http.MethodPost, "/v1/whoami"}} {
			a := p.request(r[0], r[1], "", nil)
			want(a.status == http.StatusNotFound || a.status == http.StatusMethodNotAllowed, "%s: status %d, and 404 or 405 was due", a.what, a.status)
		}
	}},
	{Name: "http/conflicts", Says: "stale_turn, id_reused, invalid_state, paused, complete", run: func(p *probe) {
		id := p.posted(wire.Create{Count: few(1)})
		p.command(id, "r", session.CmdResume, nil).problem(http.StatusConflict, wire.CodeInvalidState)
		p.command(id, "s", session.CmdStart, nil).is(http.StatusOK, "Ack")
		e := p.command(id, "a", session.CmdAnswer, session.Answer{Turn: 7, Text: said}).problem(http.StatusConflict, wire.CodeStaleTurn)
		want(e.Turn == 1, "stale_turn names turn %d", e.Turn)
		p.command(id, "s", session.CmdPause, nil).problem(http.StatusConflict, wire.CodeIDReused)
		p.command(id, "p", session.CmdPause, nil).is(http.StatusOK, "Ack")
		p.command(id, "h", session.CmdHint, nil).problem(http.StatusConflict, wire.CodePaused)
		p.command(id, "e", session.CmdEnd, nil).is(http.StatusOK, "Ack")
		p.command(id, "h", session.CmdHint, nil).problem(http.StatusConflict, wire.CodeComplete)
	}},
	{Name: "http/too-long", Says: "or a body over 256 KiB", run: func(p *probe) {
		padded := func(n int) json.RawMessage {
			const head, tail = `{"turn":1,"text":"half","unheard":"`, `"}`
			return json.RawMessage(head + strings.Repeat("x", n-len(head)-len(tail)) + tail)
		}
		id := p.posted(wire.Create{Count: few(1)})
		p.command(id, "s", session.CmdStart, nil).is(http.StatusOK, "Ack")
		p.request(http.MethodPut, "/v1/interviews/"+id+"/draft", "", padded(wire.MaxClientFrame)).is(http.StatusNoContent, "")
		p.request(http.MethodPut, "/v1/interviews/"+id+"/draft", "", padded(wire.MaxClientFrame+1)).problem(http.StatusRequestEntityTooLarge, wire.CodeTooLong)
		p.command(id, "a", session.CmdAnswer, session.Answer{Turn: 1, Text: strings.Repeat("ä", session.MaxAnswer+1)}).problem(http.StatusRequestEntityTooLarge, wire.CodeTooLong)
	}},
	{Name: "http/draft", Says: "half-typed text; answers 204", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		a := p.request(http.MethodPut, "/v1/interviews/"+id+"/draft", "", wire.Draft{Turn: 1, Text: "half"}).is(http.StatusNoContent, "")
		want(len(a.body) == 0, "204 has a body")
		_, w := p.follow(id, l.last())
		want(w.Snapshot.Draft == "half", "the draft is %q over WebSocket", w.Snapshot.Draft)
	}},
	{Name: "http/list", Says: "those the token may see", run: listing},
	{Name: "http/banks", Says: "what there is to be asked", run: func(p *probe) {
		var banks wire.Banks
		p.request(http.MethodGet, "/v1/banks", "", nil).is(http.StatusOK, "Banks").in(&banks)
		want(slices.ContainsFunc(banks.Banks, func(b session.BankInfo) bool { return b.ID == p.t.Bank }), "the bank %s is not in the list", p.t.Bank)
		a := p.request(http.MethodGet, "/v1/banks/"+p.t.Bank+"/questions", "", nil).is(http.StatusOK, "Questions")
		var list wire.Questions
		a.in(&list)
		want(len(list.Questions) > 0 && list.Questions[0].ID != "", "the bank %s has no questions", p.t.Bank)
	}},
	{Name: "http/attempts", Says: "answers to a question that is over", run: func(p *probe) {
		l, id := p.begun(wire.Create{Count: few(1), FollowUps: few(0)})
		q := into[session.QuestionAsked](l.happened(session.EvQuestion))
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.judged(session.EvCompleted)
		var list wire.Attempts
		p.request(http.MethodGet, "/v1/banks/"+p.t.Bank+"/questions/"+q.ID+"/attempts", "", nil).is(http.StatusOK, "Attempts").in(&list)
		want(slices.ContainsFunc(list.Attempts, func(a session.Attempt) bool { return a.Interview.ID == id }), "an answer to %s is not among its attempts", q.ID)
	}},
	{Name: "http/whoami", Says: "what the server knows of the token", run: func(p *probe) {
		var who wire.WhoAmI
		p.request(http.MethodGet, "/v1/whoami", "", nil).is(http.StatusOK, "WhoAmI").in(&who)
		_, w := p.as(p.t.Token, wire.Hello{})
		want(who.Store == w.Store && who.Version == w.Version && who.Token.ID == w.Token.ID && who.Token.Scope == w.Token.Scope, "whoami says %s of store %s, and the welcome %s of %s", who.Token.ID, who.Store, w.Token.ID, w.Store)
	}},
	{Name: "http/report", Says: "json, md, html, csv …", run: reports},
	{Name: "http/audio", Says: "a turn read aloud; 404 where nothing is", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		q := into[session.QuestionAsked](l.happened(session.EvQuestion))
		at := "/v1/interviews/" + id + "/turns/"
		if q.Audio != nil {
			want(q.Audio.Path == at+"1/audio", "the audio of turn 1 is at %s", q.Audio.Path)
			a := p.request(http.MethodGet, q.Audio.Path, "", nil).is(http.StatusOK, "")
			want(a.header.Get("Content-Type") == q.Audio.Format && len(a.body) > 0, "the audio is %d bytes of %s, and %s was named", len(a.body), a.header.Get("Content-Type"), q.Audio.Format)
		} else {
			p.request(http.MethodGet, at+"1/audio", "", nil).problem(http.StatusNotFound, wire.CodeNotFound)
		}
		p.request(http.MethodGet, at+"99/audio", "", nil).problem(http.StatusNotFound, wire.CodeNotFound)
	}},
	{Name: "http/delete", Says: "delete it for good; answers 204, and whoever follows it is closed with 4404", run: func(p *probe) {
		l, id := p.begun(wire.Create{})
		p.request(http.MethodDelete, "/v1/interviews/"+id, "", nil).is(http.StatusNoContent, "")
		l.closes(wire.CloseNotFound, soon)
		p.request(http.MethodGet, "/v1/interviews/"+id, "", nil).problem(http.StatusNotFound, wire.CodeNotFound)
		p.request(http.MethodGet, "/v1/interviews/"+id+"/events", "", nil).problem(http.StatusNotFound, wire.CodeNotFound)
		p.request(http.MethodDelete, "/v1/interviews/"+id, "", nil).problem(http.StatusNotFound, wire.CodeNotFound)
		p.connect().hello(wire.Hello{Interview: id}).closes(wire.CloseNotFound, soon)
		want(!p.lists(id, "?limit=100"), "an interview that was deleted is in the list")
	}},
	{Name: "http/no-store", Says: "Answers are not to be kept by anything in between (Cache-Control: no-store)", run: func(p *probe) {
		id := p.posted(wire.Create{})
		for _, path := range []string{"/v1/whoami", "/v1/interviews", "/v1/interviews/" + id, "/v1/interviews/" + id + "/events", "/v1/interviews/" + id + "/report"} {
			a := p.request(http.MethodGet, path, "", nil).is(http.StatusOK, "")
			want(strings.Contains(a.header.Get("Cache-Control"), "no-store"), "%s: Cache-Control is %q", path, a.header.Get("Cache-Control"))
		}
	}},
	{Name: "http/documents", Says: "a server has the first two at /v1/asyncapi.json and /v1/openapi.json", run: func(p *probe) {
		for _, path := range []string{"/v1/openapi.json", "/v1/asyncapi.json"} {
			a := p.request(http.MethodGet, path, "", nil, "Authorization", "").is(http.StatusOK, "")
			var doc map[string]any
			want(json.Unmarshal(a.body, &doc) == nil && (doc["openapi"] != nil || doc["asyncapi"] != nil), "%s is no such document", path)
		}
	}},
	{Name: "http/health", Says: "GET /healthz, /readyz, /metrics", run: func(p *probe) {
		for _, path := range []string{"/healthz", "/readyz"} {
			p.request(http.MethodGet, path, "", nil, "Authorization", "").is(http.StatusOK, "")
		}
	}},
}

// problemOf wants problem details of a status.
func (r reply) problemOf(status int) reply {
	r.problem(status, "")
	return r
}

// httpInterview has an interview by requests alone.
func httpInterview(p *probe) {
	id := p.posted(wire.Create{Count: few(2), FollowUps: few(0)})
	at := "/v1/interviews/" + id
	var snap session.Snapshot
	p.request(http.MethodGet, at, "", nil).is(http.StatusOK, "Snapshot").in(&snap)
	want(snap.State == session.Idle && snap.Questions == 2, "a new interview is %s, of %d questions", snap.State, snap.Questions)
	var ack wire.Ack
	p.command(id, "start", session.CmdStart, nil).is(http.StatusOK, "Ack").in(&ack)
	want(ack.Interview == id && ack.State == session.Questioning && ack.Turn == 1, "the ack of start says %s, turn %d of %s", ack.State, ack.Turn, ack.Interview)
	p.command(id, "skip", session.CmdSkip, session.Skip{Turn: 1}).is(http.StatusOK, "Ack")
	p.command(id, "end", session.CmdEnd, nil).is(http.StatusOK, "Ack").in(&ack)
	want(ack.State == session.Complete, "the ack of end says %s", ack.State)
	p.request(http.MethodGet, at, "", nil).is(http.StatusOK, "Snapshot").in(&snap)
	want(snap.State == session.Complete && snap.LastSeq == ack.Seq, "the snapshot says %s, event %d", snap.State, snap.LastSeq)
	short := id[:len(id)-1]
	want(p.request(http.MethodGet, "/v1/interviews/"+short, "", nil).is(http.StatusOK, "Snapshot").id() == id, "a prefix of the id finds another interview")
}

// httpCommands sends each command by a request.
func httpCommands(p *probe) {
	id := p.posted(wire.Create{Count: few(2), FollowUps: few(0)})
	for _, c := range []struct {
		kind session.CommandType
		data any
	}{
		{session.CmdStart, nil},
		{session.CmdPause, nil},
		{session.CmdResume, nil},
		{session.CmdSkip, session.Skip{Turn: 1}},
		{session.CmdAnswer, session.Answer{Turn: 2, Text: said}},
	} {
		p.command(id, "k-"+string(c.kind), c.kind, c.data).is(http.StatusOK, "Ack")
	}
	l, _ := p.follow(id, 0)
	over := into[session.QuestionOver](l.happened(session.EvQuestionOver))
	want(over.Reveal != nil && len(over.Reveal.Points) > 0, "question_over shows no points")
	p.command(id, "m", session.CmdMark, session.Mark{Question: 1, Point: over.Reveal.Points[0].ID, Status: "met"}).is(http.StatusOK, "Ack")
	p.command(id, "d", session.CmdDispute, session.Dispute{Question: 1, Point: over.Reveal.Points[0].ID, Reason: "I said so."}).is(http.StatusOK, "Ack")
	l.judged(session.EvCompleted)
	for _, kind := range []session.CommandType{session.CmdRetry, session.CmdUseBuiltin, session.CmdHint} {
		p.command(id, "k-"+string(kind), kind, nil).problem(http.StatusConflict, wire.CodeComplete)
	}
}

// lists tells whether an interview is in the list.
func (p *probe) lists(id, query string, headers ...string) bool {
	var list wire.Interviews
	p.request(http.MethodGet, "/v1/interviews"+query, "", nil, headers...).is(http.StatusOK, "Interviews").in(&list)
	return slices.ContainsFunc(list.Interviews, func(s session.Summary) bool { return s.ID == id })
}

// listing looks at the list and at its filters.
func listing(p *probe) {
	l, id := p.begun(wire.Create{Count: few(1)})
	q := into[session.QuestionAsked](l.happened(session.EvQuestion))
	for query, due := range map[string]bool{
		"": true, "?open=true": true, "?bank=" + p.t.Bank: true, "?bank=no-such-bank": false, "?asked=" + q.ID: true, "?asked=no-such-question": false,
		"?disputed=true": false, "?since=2001-01-01T00:00:00Z": true, "?until=2001-01-01T00:00:00Z": false, "?topic=no-such-topic": false,
	} {
		want(p.lists(id, query) == due, "that the list%s has the interview is %t, and %t was due", query, !due, due)
	}
	l.acked(string(session.CmdEnd), "e", nil)
	l.happened(session.EvCompleted)
	want(!p.lists(id, "?open=true"), "the list?open=true has an interview that is complete")
	var list wire.Interviews
	p.request(http.MethodGet, "/v1/interviews?limit=1", "", nil).is(http.StatusOK, "Interviews").in(&list)
	want(len(list.Interviews) == 1, "limit=1 lists %d", len(list.Interviews))
}

// reports fetches a report in each format.
func reports(p *probe) {
	l, id := p.begun(wire.Create{Count: few(1), FollowUps: few(0)})
	const mine = "A sentence that only this report can hold, <b>as it is</b>."
	l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: mine})
	l.judged(session.EvCompleted)
	at := "/v1/interviews/" + id + "/report"
	for _, query := range []string{"", "?format=json"} {
		var r session.Report
		p.request(http.MethodGet, at+query, "", nil).is(http.StatusOK, "Report").in(&r)
		want(r.Interview.ID == id, "it is the report of interview %s", r.Interview.ID)
		want(len(r.Questions) == 1 && len(r.Questions[0].Turns) == 1 && r.Questions[0].Turns[0].Answer == mine, "the report does not have the answer as it was given")
	}
	for format, media := range map[string]string{"md": "text/markdown", "html": "text/html", "csv": "text/csv"} {
		a := p.request(http.MethodGet, at+"?format="+format, "", nil).is(http.StatusOK, "")
		want(strings.HasPrefix(a.header.Get("Content-Type"), media), "the media type of %s is %q", format, a.header.Get("Content-Type"))
		want(len(a.body) > 0, "the report in %s is empty", format)
		if format == "html" {
			want(!strings.Contains(string(a.body), "<b>as it is</b>"), "the report in HTML takes an answer for HTML")
			policy := a.header.Get("Content-Security-Policy")
			want(strings.Contains(policy, "sandbox") || strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script-src 'none'"), "Content-Security-Policy of a report is %q", policy)
		}
	}
	p.request(http.MethodGet, at+"?format=nothing", "", nil).problem(http.StatusBadRequest, wire.CodeBadMessage)
}
