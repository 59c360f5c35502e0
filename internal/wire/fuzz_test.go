package wire_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"unicode/utf8"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// seeds are messages as they come, and as they should not.
var seeds = []string{
	`{"type":"ping"}`, `{"type":"hello","data":{"token":"elios_x","interview":"last","after":3,"client":{"name":"c"}}}`,
	`{"type":"create","id":"c","data":{"bank":"go","level":"2..4","count":3,"topics":["a"],"seed":7,"again":{"interview":"x","question":1}}}`,
	`{"type":"answer","id":"a","data":{"turn":1,"text":"It blocks."}}`, `{"type":"skip","id":"s","data":{"turn":1}}`,
	`{"type":"mark","id":"m","data":{"question":1,"point":"p","status":"met"}}`, `{"type":"dispute","id":"d","data":{"question":1,"point":"p","reason":"r"}}`,
	`{"type":"draft","id":"d","data":{"turn":1,"text":"It"}}`, `{"type":"pause","id":"p","data":{"reason":"idle"}}`,
	`{"type":"question","seq":4,"at":"2026-11-23T09:00:00Z","data":{"turn":1,"kind":"question","question":1,"of":1,"max_follow_ups":2,"id":"x","question_type":"open","topic":"T","level":2,"ask":"?","hints":0}}`,
	`{"a":1,"A":2}`, `[[[[[[[[[[[[[[[[[[[[`, `{"type":"x","data":{"type":{}}}`, `{} {}`, "\xff", `{"type":"\ud800"}`, `null`, `"x"`, `1e999`,
}

func addSeeds(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
}

// FuzzDecode: what is taken can be written and taken again, and is the same.
func FuzzDecode(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := wire.Decode(b)
		if err != nil {
			if e := wire.ErrorOf(err, "ref"); e.Code != wire.CodeBadJSON && e.Code != wire.CodeBadMessage {
				t.Fatalf("%q: %+v", b, e)
			}
			return
		}
		if m.Type == "" || utf8.RuneCountInString(m.ID) > wire.MaxID {
			t.Fatalf("%q was taken as %+v", b, m)
		}
		again, err := wire.Encode(m)
		if err != nil {
			t.Fatalf("%q cannot be written: %v", b, err)
		}
		back, err := wire.Decode(again)
		if err != nil || back.Type != m.Type || back.ID != m.ID || back.Seq != m.Seq {
			t.Fatalf("%q comes back as %+v, %v", b, back, err)
		}
	})
}

// FuzzClientMessages reads the data of every message of a client.
func FuzzClientMessages(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := wire.Decode(b)
		if err != nil {
			return
		}
		if c, err := wire.CommandOf(m); err == nil {
			out, err := wire.Command(session.Envelope{ID: m.ID, Command: c})
			if err != nil {
				t.Fatal(err)
			}
			if again, err := wire.CommandOf(out); err != nil || again != c {
				t.Fatalf("%+v comes back as %+v, %v", c, again, err)
			}
		}
		var h wire.Hello
		if m.Into(&h) == nil {
			if _, err := wire.HelloMessage(h); err != nil {
				t.Fatal(err)
			}
		}
		var d wire.Draft
		_ = m.Into(&d)
		var c wire.Create
		if m.Into(&c) != nil {
			return
		}
		s, err := c.Settings(session.Settings{Bank: "go", Mode: session.Practice})
		if err != nil {
			return
		}
		if s.Count < 0 || s.MaxLevel > 5 || s.TimeLimit < 0 || s.FollowUps != nil && *s.FollowUps > session.MaxFollowUps {
			t.Fatalf("%+v makes %+v", c, s)
		}
		c.Fits(s)
		if same, err := wire.CreateOf(s).Settings(session.Settings{}); err != nil || !reflect.DeepEqual(same, s) {
			t.Fatalf("%+v is asked for as %+v, %v", s, same, err)
		}
	})
}

// FuzzEventOf reads what a server might send.
func FuzzEventOf(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		var m wire.Message
		if json.Unmarshal(b, &m) != nil {
			return
		}
		e, ok, err := wire.EventOf(m)
		if err != nil || !ok {
			return
		}
		out, err := wire.Event(e)
		if err != nil || out.Seq != m.Seq {
			t.Fatalf("%+v comes back as %+v, %v", m, out, err)
		}
		session.View([]session.Event{e})
		wire.Fit(out, e)
	})
}

// FuzzDecodeBody reads bodies of plain HTTP.
func FuzzDecodeBody(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, v := range []any{&wire.Message{}, &wire.Create{}, &wire.Draft{}} {
			err := wire.DecodeBody(b, v)
			if err == nil && (!utf8.Valid(b) || !json.Valid(b)) {
				t.Fatalf("%q was taken", b)
			}
		}
		if err := wire.DecodeBody(append(bytes.Clone(b), b...), &wire.Draft{}); err == nil && len(bytes.TrimSpace(b)) > 0 && !json.Valid(append(bytes.Clone(b), b...)) {
			t.Fatalf("%q twice was taken", b)
		}
	})
}
