package conformance_test

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// faultsOfMessages are of what a message is, and of errors.
var faultsOfMessages = map[string]fault{
	"no pong":                      {b: broken{message: only("pong", drop)}, found: "messages/ping"},
	"pongs answer nothing":         {b: broken{message: only("pong", func(m wire.Message) []wire.Message { m.Re = ""; return []wire.Message{m} })}, found: "messages/ping"},
	"errors answer nothing":        {b: broken{message: only("error", func(m wire.Message) []wire.Message { m.Re = ""; return []wire.Message{m} })}, found: "messages/many-refused"},
	"errors name another code":     {b: broken{message: swap("error", `"unknown_type"`, `"bad_json"`)}, found: "messages/unknown-type"},
	"errors say nothing":           {b: broken{message: edit(wire.TypeError, set("message", ""))}, found: "messages/bad-json"},
	"errors have no code":          {b: broken{message: edit(wire.TypeError, set("code", nil))}, found: "messages/bad-json"},
	"errors have a code of theirs": {b: broken{message: edit(wire.TypeError, set("code", "oops"))}, found: "messages/bad-json"},
	"every error is recoverable":   {b: broken{message: edit(wire.TypeError, set("recoverable", true))}, found: "interview/stale-turn"},
	"no error is recoverable":      {b: broken{message: edit(wire.TypeError, set("recoverable", false))}, found: "interview/pause"},
	"unknown types are ignored":    {b: broken{message: withoutErrors(wire.CodeUnknownType)}, found: "messages/unknown-type"},
	"bad JSON is ignored":          {b: broken{message: withoutErrors(wire.CodeBadJSON)}, found: "messages/bad-json"},
	"bad JSON is a bad message":    {b: broken{message: swap("error", `"bad_json"`, `"bad_message"`)}, found: "messages/bad-json"},
	"unknown types close": {b: remembers(func() talk {
		return talk{server: func(e ends, m wire.Message) []wire.Message {
			if strings.Contains(string(m.Data), `"unknown_type"`) {
				e.bye(wire.CloseBadHello)
				return nil
			}
			return []wire.Message{m}
		}}
	}), found: "messages/unknown-type"},
	"case does not matter": {b: hears(func(_ ends, m wire.Message, frame []byte) []byte {
		return bytes.Replace(frame, []byte(`"PING"`), []byte(`"ping"`), 1)
	}), found: "messages/unknown-type"},
	"unknown fields are refused": {b: hears(func(e ends, m wire.Message, frame []byte) []byte {
		if bytes.Contains(frame, []byte(`"unheard"`)) {
			e.refuse(m.ID, wire.CodeBadMessage)
			return nil
		}
		return frame
	}), found: "messages/unknown-fields"},
	"duplicate keys are taken":  {b: broken{toServer: replaced(`"type":"ping","type":"end"`, `"type":"ping"`)}, found: "messages/duplicate-keys"},
	"duplicate keys inside too": {b: broken{toServer: replaced(`{"of":1,"of":2}`, `{"of":2}`)}, found: "messages/duplicate-keys"},
	"any depth is taken":        {b: depth(17, 1<<20, true), found: "messages/depth"},
	"17 levels are taken":       {b: depth(17, 17, true), found: "messages/depth"},
	"16 levels are refused":     {b: depth(16, 16, false), found: "messages/depth"},
	"ids of any length":         {b: longIDs(), found: "messages/long-id"},
	"ids are counted in bytes": {b: hears(func(e ends, m wire.Message, frame []byte) []byte {
		if len(m.ID) > wire.MaxID {
			e.refuse("", wire.CodeBadMessage)
			return nil
		}
		return frame
	}), found: "messages/long-id"},
	"ids are numbers too": {b: broken{toServer: replaced(`"id":5`, `"id":"5"`)}, found: "messages/bad-message"},
	"turns are rounded":   {b: broken{toServer: replaced(`"turn":1.5`, `"turn":1`)}, found: "messages/bad-message"},
	"no id is needed": {b: hears(func(_ ends, m wire.Message, frame []byte) []byte {
		if m.ID == "" && m.Type == "pause" {
			return []byte(`{"type":"pause","id":"made up"}`)
		}
		return frame
	}), found: "messages/needs-id"},
	"bad messages are counted from eleven": {b: hears(func(e ends, m wire.Message, frame []byte) []byte {
		if string(frame) == `[]` { // not counted
			e.refuse("", wire.CodeBadMessage)
			return nil
		}
		return frame
	}), found: "messages/ten-bad"},
	"refusals are counted as bad": {b: remembers(func() talk {
		n := 0
		return talk{server: func(e ends, m wire.Message) []wire.Message {
			if m.Type == wire.TypeError {
				if n++; n == wire.MaxBad {
					e.bye(wire.CloseBadHello)
				}
			}
			return []wire.Message{m}
		}}
	}), found: "messages/many-refused"},
	"control characters pass": {b: remembers(func() talk {
		said := ""
		return talk{
			client: func(_ ends, m wire.Message, frame []byte) []byte {
				if m.Type == "answer" {
					var a session.Answer
					_ = m.Into(&a)
					said = a.Text
				}
				return frame
			},
			server: func(_ ends, m wire.Message) []wire.Message {
				return edit("answer_accepted", set("text", said))(m)
			},
		}
	}), found: "messages/clean-text"},
	"control characters take words with them": {b: broken{message: edit("answer_accepted", set("text", "It depends"))}, found: "messages/clean-text"},
	"a limit closes": {b: remembers(func() talk {
		return talk{server: func(e ends, m wire.Message) []wire.Message {
			if strings.Contains(string(m.Data), `"rate_limited"`) {
				e.bye(1008)
				return nil
			}
			return []wire.Message{m}
		}}
	}), found: "limits/messages"},
	"nothing is limited": {b: hears(func(e ends, m wire.Message, frame []byte) []byte {
		if m.Type == wire.TypePing {
			e.back(wire.TypePong, m.ID, fields{})
			return nil
		}
		return frame
	}), found: "limits/messages"},
	"rate limits name no time": {b: broken{message: swap("error", `"retry_after_ms":`, `"later":`)}, found: "limits/messages"},
	"overload is internal":     {b: broken{message: swap("error", `"overloaded"`, `"internal"`)}, found: "limits/waiting"},
	"a message in another envelope": {b: broken{text: func(b []byte) []byte {
		return append(append([]byte(`{"message":`), b...), '}')
	}}, found: "messages/ping"},
	"an array of messages": {b: broken{text: func(b []byte) []byte { return append(append([]byte(`[`), b...), ']') }}, found: "messages/ping"},
}

// withoutErrors keeps errors of a code back.
func withoutErrors(code wire.Code) func(wire.Message) []wire.Message {
	return only(wire.TypeError, func(m wire.Message) []wire.Message {
		if strings.Contains(string(m.Data), `"`+string(code)+`"`) {
			return nil
		}
		return []wire.Message{m}
	})
}

// depth answers what nests from so many to so many levels in its own way.
func depth(from, to int, taken bool) broken {
	return hears(func(e ends, m wire.Message, frame []byte) []byte {
		levels := bytes.Count(frame, []byte("[")) + 1
		if m.Type == "" { // our own reader gives up on many
			var head struct{ Type, ID string }
			_ = json.Unmarshal(append(bytes.SplitN(frame, []byte(`,"unheard"`), 2)[0], '}'), &head)
			m.Type, m.ID = head.Type, head.ID
		}
		if m.Type != wire.TypePing || levels < from || levels > to {
			return frame
		}
		if taken {
			e.back(wire.TypePong, m.ID, fields{})
		} else {
			e.refuse(m.ID, wire.CodeBadMessage)
		}
		return nil
	})
}

// longIDs takes ids that are too long.
func longIDs() broken {
	return hears(func(e ends, m wire.Message, frame []byte) []byte {
		if m.Type == wire.TypePing && len([]rune(m.ID)) > wire.MaxID {
			e.back(wire.TypePong, m.ID, fields{})
			return nil
		}
		return frame
	})
}
