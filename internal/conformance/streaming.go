package conformance

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// streams are events over plain HTTP.
var streams = []Check{
	{Name: "events/json", Says: "the same JSON as elios practice --json", run: func(p *probe) {
		l, id := p.begun(wire.Create{Count: few(1), FollowUps: few(0)})
		l.acked(string(session.CmdAnswer), "a", session.Answer{Turn: 1, Text: said})
		l.judged(session.EvCompleted)
		for after := int64(0); after <= l.last()+1; after++ {
			var got struct {
				Events []wire.Message `json:"events"`
			}
			p.request(http.MethodGet, "/v1/interviews/"+id+"/events?after="+itoa(after), "", nil).is(http.StatusOK, "Events").in(&got)
			due := l.seen[min(after, l.last()):]
			want(len(got.Events) == len(due), "after %d there are %d events, and %d were due", after, len(got.Events), len(due))
			same("over plain HTTP", due, got.Events)
		}
	}},
	{Name: "events/stream", Says: "server-sent events with id = seq, which go on", run: func(p *probe) {
		l, id := p.begun(wire.Create{Count: few(1), FollowUps: few(0)})
		s := p.stream(id, "?after=0")
		s.reads(l.last())
		l.acked(string(session.CmdPause), "p", nil)
		l.happened(session.EvPaused)
		s.reads(l.last()) // what happens now comes too
		l.acked(string(session.CmdEnd), "e", nil)
		l.happened(session.EvCompleted)
		s.reads(l.last())
		same("over server-sent events", l.seen, s.events)
	}},
	{Name: "events/last-event-id", Says: "Last-Event-ID stands in for after", run: func(p *probe) {
		l, id := p.begun(wire.Create{Count: few(1)})
		for _, s := range []*sse{p.stream(id, "?after=2"), p.stream(id, "", "Last-Event-ID", "2"), p.stream(id, "?after=0", "Last-Event-ID", "2")} {
			s.reads(l.last())
			want(s.events[0].Seq == 3, "after event 2 comes event %d", s.events[0].Seq)
			same("after event 2", l.seen[2:], s.events)
		}
		p.request(http.MethodGet, "/v1/interviews/"+id+"/events", "", nil, "Accept", "text/event-stream", "Last-Event-ID", "x").problem(http.StatusBadRequest, wire.CodeBadMessage)
	}},
}

// sse is a stream of server-sent events (HTML standard, 9.2).
type sse struct {
	p      *probe
	lines  *bufio.Scanner
	events []wire.Message
}

// stream begins to read the events of an interview.
func (p *probe) stream(id, query string, headers ...string) *sse {
	ctx, cancel := context.WithTimeout(p.ctx, 3*soon)
	p.leave = append(p.leave, cancel)
	res := p.ask(ctx, http.MethodGet, "/v1/interviews/"+id+"/events"+query, "", nil, append(headers, "Accept", "text/event-stream")...)
	media := res.Header.Get("Content-Type")
	want(res.StatusCode == http.StatusOK && strings.HasPrefix(media, "text/event-stream"), "a stream of events was asked for, and %d of %s came", res.StatusCode, media)
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, wire.MaxServerFrame+1024)
	return &sse{p: p, lines: lines}
}

// reads reads on to the event with a seq.
func (s *sse) reads(seq int64) {
	var id, kind, data string
	for s.lines.Scan() {
		field, value, _ := strings.Cut(s.lines.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "id":
			id = value
		case "event":
			kind = value
		case "data":
			data += value
		}
		if s.lines.Text() != "" || data == "" {
			continue
		}
		m := s.event(id, kind, data)
		if id, kind, data = "", "", ""; m.Seq >= seq {
			return
		}
	}
	fail("the stream ended before event %d came: %v", seq, s.lines.Err())
}

// event takes one apart.
func (s *sse) event(id, kind, data string) wire.Message {
	s.p.note(&s.p.came, []byte(data))
	var m wire.Message
	if err := json.Unmarshal([]byte(data), &m); err != nil {
		fail("a server-sent event is no event: %v", err)
	}
	s.p.fits(m.Type, true, []byte(data))
	want(id == itoa(m.Seq), "the id of event %d is %q", m.Seq, id)
	want(kind == "" || kind == m.Type, "a server-sent event %s holds the event %s", kind, m.Type)
	if n := len(s.events); n > 0 {
		want(m.Seq == s.events[n-1].Seq+1, "event %d came after event %d", m.Seq, s.events[n-1].Seq)
	}
	s.events = append(s.events, m)
	return m
}
