package conformance_test

import (
	"bytes"
	"strings"
	"sync"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/wire"
)

// renames gives ids of a kind of message another name on this connection, and
// gives the client its own back.
func renames(is func(wire.Message) bool, name func(id string) string) broken {
	return remembers(func() talk {
		var mu sync.Mutex
		own := map[string]string{}
		return talk{
			client: func(_ ends, m wire.Message, frame []byte) []byte {
				if m.ID == "" || !is(m) {
					return frame
				}
				mu.Lock()
				defer mu.Unlock()
				other := name(m.ID)
				own[other] = m.ID
				return bytes.Replace(frame, []byte(`"id":"`+m.ID+`"`), []byte(`"id":"`+other+`"`), 1)
			},
			server: func(_ ends, m wire.Message) []wire.Message {
				mu.Lock()
				defer mu.Unlock()
				if id := own[m.Re]; id != "" {
					m.Re = id
				}
				return []wire.Message{m}
			},
		}
	})
}

func isCreate(m wire.Message) bool  { return m.Type == wire.TypeCreate }
func isAnswer(m wire.Message) bool  { return m.Type == "answer" }
func isCommand(m wire.Message) bool { return m.Type != wire.TypeCreate && m.Type != wire.TypePing }

// faultsOfMemory are of doing things once.
var faultsOfMemory = map[string]fault{
	"ids are not kept":             {b: broken{toServer: replaced(`"id":"a"`, `"id":"a`+strings.Repeat("x", 3)+`"`)}, found: "once/other-content"},
	"ids of commands mean nothing": {b: renames(isCommand, func(string) string { return uuid.NewString() }), found: "once/command"},
	"ids of answers mean nothing":  {b: renames(isAnswer, func(string) string { return uuid.NewString() }), found: "once/race"},
	"ids of creates mean nothing":  {b: renames(isCreate, func(string) string { return uuid.NewString() }), found: "once/create"},
	"ids are kept by connection": {b: func() broken {
		// Each connection has a name of its own for an id.
		return remembers(func() talk {
			here := uuid.NewString()[:8]
			t := renames(isCommand, func(id string) string { return here + id }).talk()
			return t
		})
	}(), found: "once/command"},
	"ids are of the whole server": {b: func() broken {
		var mu sync.Mutex
		used := map[string]bool{}
		return hears(func(e ends, m wire.Message, frame []byte) []byte {
			mu.Lock()
			defer mu.Unlock()
			if !strings.HasPrefix(m.ID, "the same id") {
				return frame
			}
			if used[m.ID] {
				e.refuse(m.ID, wire.CodeIDReused)
				return nil
			}
			used[m.ID] = true
			return frame
		})
	}(), found: "once/within-an-interview"},
	"what was refused uses up the id": {b: remembers(func() talk {
		var mu sync.Mutex
		refused := map[string]bool{}
		return talk{
			client: func(e ends, m wire.Message, frame []byte) []byte {
				mu.Lock()
				defer mu.Unlock()
				if m.ID != "" && refused[m.ID] {
					e.refuse(m.ID, wire.CodeIDReused)
					return nil
				}
				return frame
			},
			server: func(_ ends, m wire.Message) []wire.Message {
				mu.Lock()
				defer mu.Unlock()
				if m.Type == wire.TypeError {
					refused[m.Re] = true
				}
				return []wire.Message{m}
			},
		}
	}), found: "once/refused"},
	"other content is the same":    {b: accepts(wire.CodeIDReused), found: "once/other-content"},
	"other content is bad":         {b: broken{message: swap("error", `"id_reused"`, `"bad_message"`)}, found: "once/other-content"},
	"two answers to a turn":        {b: accepts(wire.CodeInvalidState, "answer"), found: "once/one-answer-a-turn"},
	"a create of another is taken": {b: accepts(wire.CodeIDReused), found: "once/create"},
	"a second interview on a connection": {b: remembers(func() talk {
		return talk{server: func(_ ends, m wire.Message) []wire.Message {
			if m.Type == wire.TypeError && strings.HasPrefix(m.Re, "c-") && strings.Contains(string(m.Data), `"invalid_state"`) {
				a, _ := wire.New(wire.TypeAck, wire.Ack{Interview: "y", Seq: 1, State: "IDLE"})
				a.Re = m.Re
				return []wire.Message{a}
			}
			return []wire.Message{m}
		}}
	}), found: "create/one-a-connection"},
	"commands are done again": {b: remembers(func() talk {
		skipped := false
		return talk{server: func(_ ends, m wire.Message) []wire.Message {
			if m.Type == wire.TypeAck && strings.Contains(string(m.Data), `"dup":true`) && !skipped {
				skipped = true
				return []wire.Message{m, {Type: "paused", Seq: 99, Data: []byte("{}")}}
			}
			return []wire.Message{m}
		}}
	}), found: "once/every-kind"},
}
