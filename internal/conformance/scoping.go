package conformance

import (
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// scopes are what tokens are good for.
var scopes = []Check{
	{Name: "tokens/expired", Says: "the token has expired", run: func(p *probe) {
		p.connect().hello(wire.Hello{Token: p.expired()}).closes(wire.CloseExpired, soon)
		a := p.request(http.MethodGet, "/v1/whoami", "", nil, by(p.expired())...).problemOf(http.StatusUnauthorized)
		want(a.header.Get("WWW-Authenticate") != "", "401 comes without WWW-Authenticate")
	}},
	{Name: "tokens/revoked", Says: "no token, or one that is unknown or revoked", run: func(p *probe) {
		p.connect().hello(wire.Hello{Token: p.revoked()}).closes(wire.CloseUnauthorised, soon)
		p.request(http.MethodGet, "/v1/whoami", "", nil, by(p.revoked())...).problem(http.StatusUnauthorized, "")
	}},
	{Name: "tokens/somebody-elses", Says: "others are not there for it (not_found, 4404)", run: func(p *probe) {
		other := by(p.candidate())
		l, id := p.begun(wire.Create{})
		for _, ref := range []string{id, id[:len(id)-1]} {
			p.connect().hello(wire.Hello{Token: p.candidate(), Interview: ref}).closes(wire.CloseNotFound, soon)
		}
		at := "/v1/interviews/" + id
		for _, path := range []string{"", "/events", "/report", "/turns/1/audio"} {
			p.request(http.MethodGet, at+path, "", nil, other...).problem(http.StatusNotFound, wire.CodeNotFound)
		}
		p.request(http.MethodPost, at+"/commands", "e", wire.Message{Type: "end"}, other...).problem(http.StatusNotFound, wire.CodeNotFound)
		p.request(http.MethodPut, at+"/draft", "", wire.Draft{Turn: 1, Text: "x"}, other...).problem(http.StatusNotFound, wire.CodeNotFound)
		p.request(http.MethodDelete, at, "", nil, other...).problem(http.StatusNotFound, wire.CodeNotFound)
		p.request(http.MethodPost, "/v1/interviews", "x-"+uuid.NewString(), wire.Create{Again: &session.Link{Interview: id, Question: 1}}, other...).problem(http.StatusNotFound, wire.CodeNotFound)
		want(!p.lists(id, "", other...), "the list has an interview of somebody else")
		l.alive()
		want(l.count(session.EvCompleted) == 0, "somebody else ended the interview")
	}},
	{Name: "tokens/create-ids", Says: "those of create within a token", run: func(p *probe) {
		l, request := p.enter(), "c-"+uuid.NewString()
		id := l.created(request, wire.Create{Count: few(1)})
		other, _ := p.as(p.candidate(), wire.Hello{})
		want(other.created(request, wire.Create{Count: few(1)}) != id, "the same id of another token finds the interview")
	}},
	{Name: "tokens/candidate", Says: "nobody else may (403)", run: func(p *probe) {
		for _, path := range []string{"/v1/invitations", "/metrics"} {
			p.request(http.MethodGet, path, "", nil, by(p.candidate())...).problem(http.StatusForbidden, wire.CodeForbidden)
		}
		var list wire.Interviews
		p.request(http.MethodGet, "/v1/interviews", "", nil, by(p.candidate())...).is(http.StatusOK, "Interviews").in(&list)
		want(list.Names == nil, "a candidate is told whose interviews there are")
		_, w := p.as(p.candidate(), wire.Hello{})
		want(w.Token.Scope == session.CandidateScope, "the welcome of a candidate says scope %s", w.Token.Scope)
	}},
	{Name: "tokens/observer", Says: "An observer's watches any interview and changes none (forbidden), and reads no report", run: func(p *probe) {
		token := p.observer()
		l, id := p.begun(wire.Create{Count: few(1), FollowUps: few(0)})
		o, w := p.as(token, wire.Hello{Interview: id})
		want(w.Token.Scope == session.ObserverScope, "the welcome of an observer says scope %s", w.Token.Scope)
		for _, kind := range []session.CommandType{session.CmdHint, session.CmdPause, session.CmdEnd} {
			o.refused(wire.CodeForbidden, string(kind), "o-"+string(kind), nil)
		}
		o.refused(wire.CodeForbidden, string(session.CmdAnswer), "o-a", session.Answer{Turn: 1, Text: said})
		o.refused(wire.CodeForbidden, wire.TypeDraft, "o-d", wire.Draft{Turn: 1, Text: "not mine"})
		free, _ := p.as(token, wire.Hello{})
		free.refused(wire.CodeForbidden, wire.TypeCreate, "c-"+uuid.NewString(), wire.Create{Bank: p.t.Bank})
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		o.judged(session.EvCompleted)
		l.judged(session.EvCompleted)
		same("to an observer", l.seen, o.seen)
		at := "/v1/interviews/" + id
		p.request(http.MethodGet, at, "", nil, by(token)...).is(http.StatusOK, "Snapshot")
		p.request(http.MethodGet, at+"/report", "", nil, by(token)...).problem(http.StatusForbidden, wire.CodeForbidden)
		p.request(http.MethodDelete, at, "", nil, by(token)...).problem(http.StatusForbidden, wire.CodeForbidden)
		p.request(http.MethodPost, at+"/commands", "e", wire.Message{Type: "end"}, by(token)...).problem(http.StatusForbidden, wire.CodeForbidden)
		p.request(http.MethodPost, "/v1/interviews", "x-"+uuid.NewString(), wire.Create{Bank: p.t.Bank}, by(token)...).problem(http.StatusForbidden, wire.CodeForbidden)
		p.request(http.MethodGet, "/v1/invitations", "", nil, by(token)...).problem(http.StatusForbidden, wire.CodeForbidden)
	}},
	{Name: "tokens/host", Says: "A host's watches any, reads every report, and acts in its own", run: func(p *probe) {
		host, other := p.host(), p.candidate()
		l, w := p.as(other, wire.Hello{})
		id := l.created("c-"+uuid.NewString(), wire.Create{Count: few(1)})
		h, _ := p.as(host, wire.Hello{Interview: id})
		h.happened(session.EvCreated)
		h.refused(wire.CodeForbidden, string(session.CmdStart), "s", nil)
		p.request(http.MethodGet, "/v1/interviews/"+id+"/report", "", nil, by(host)...).is(http.StatusOK, "Report")
		p.request(http.MethodPost, "/v1/interviews/"+id+"/commands", "e", wire.Message{Type: "end"}, by(host)...).problem(http.StatusForbidden, wire.CodeForbidden)
		var list wire.Interviews
		p.request(http.MethodGet, "/v1/interviews", "", nil, by(host)...).is(http.StatusOK, "Interviews").in(&list)
		want(slices.ContainsFunc(list.Interviews, func(s session.Summary) bool { return s.ID == id }), "the host's list lacks a candidate's interview")
		want(w.Token.Name == "" || list.Names[w.Token.ID] == w.Token.Name, "the host is told that the candidate %q is %q", w.Token.Name, list.Names[w.Token.ID])
	}},
	{Name: "tokens/metrics", Says: "metrics need a host's token", run: func(p *probe) {
		a := p.request(http.MethodGet, "/metrics", "", nil, by(p.host())...).is(http.StatusOK, "")
		want(strings.HasPrefix(a.header.Get("Content-Type"), "text/plain"), "the media type of metrics is %q", a.header.Get("Content-Type"))
	}},
	{Name: "tokens/invitations", Says: "for a host: each and what became of it", run: func(p *probe) {
		var list wire.Invitations
		p.request(http.MethodGet, "/v1/invitations", "", nil, by(p.host())...).is(http.StatusOK, "Invitations").in(&list)
		if p.t.Others.Invitation.Empty() {
			return
		}
		_, w := p.as(p.invitation(), wire.Hello{})
		want(slices.ContainsFunc(list.Invitations, func(i session.Invited) bool { return i.ID == w.Token.ID }), "the list lacks the invitation %s", w.Token.ID)
	}},
	{Name: "tokens/invitation", Says: "An invitation's makes one interview as the host has set it, the same however often it asks", run: func(p *probe) {
		token := p.invitation()
		l, w := p.as(token, wire.Hello{})
		want(w.Token.Invitation != nil && w.Token.Invitation.Bank != "", "token.invitation does not say what interview it is good for")
		set := *w.Token.Invitation
		l.refused(wire.CodeForbidden, wire.TypeCreate, "x-"+uuid.NewString(), wire.Create{Bank: set.Bank, Count: few(set.Count + 7)})
		p.request(http.MethodPost, "/v1/interviews", "x-"+uuid.NewString(), wire.Create{Seed: 99}, by(token)...).problem(http.StatusForbidden, wire.CodeForbidden)
		p.request(http.MethodGet, "/v1/banks/"+set.Bank+"/questions", "", nil, by(token)...).problem(http.StatusForbidden, wire.CodeForbidden)
		first := l.acked(wire.TypeCreate, "i-"+uuid.NewString(), struct{}{})
		second, w := p.as(token, wire.Hello{})
		want(w.Token.Interview == first.Interview, "token.interview is %q, and the invitation made %s", w.Token.Interview, first.Interview)
		again := second.acked(wire.TypeCreate, "j-"+uuid.NewString(), struct{}{})
		want(again.Interview == first.Interview && again.Dup, "the invitation made interview %s, then %s; dup %t", first.Interview, again.Interview, again.Dup)
		made := into[session.Created](l.happened(session.EvCreated))
		want(made.Settings.Bank == set.Bank && made.Settings.Count == set.Count && made.Settings.Mode == set.Mode, "the invitation was for %d questions of %s, and made one for %d of %s", set.Count, set.Bank, made.Settings.Count, made.Settings.Bank)
		p.request(http.MethodDelete, "/v1/interviews/"+first.Interview, "", nil, by(token)...).problem(http.StatusForbidden, wire.CodeForbidden)
	}},
}
