package conformance_test

import (
	"bytes"
	"regexp"
	"strings"
	"time"

	"github.com/elios/elios/internal/wire"
)

// replays is a connection that came back, and what it is told.
func replays(change func(after int64, m wire.Message) []wire.Message) broken {
	return remembers(func() talk {
		after, back := int64(0), false
		return talk{
			client: func(_ ends, m wire.Message, frame []byte) []byte {
				var h wire.Hello
				if m.Type == wire.TypeHello && m.Into(&h) == nil {
					after, back = h.After, h.Interview != ""
				}
				return frame
			},
			server: func(_ ends, m wire.Message) []wire.Message {
				if !back || m.Seq == 0 {
					return []wire.Message{m}
				}
				return change(after, m)
			},
		}
	})
}

// rewrites changes what goes out as text.
func rewrites(re, by string) broken {
	r := regexp.MustCompile(re)
	return broken{text: func(b []byte) []byte { return r.ReplaceAll(b, []byte(by)) }}
}

// faultsOfEvents are of events, of acks, and of coming back.
var faultsOfEvents = map[string]fault{
	"an event is missing":         {b: broken{message: only("question", drop)}, found: "interview/whole"},
	"an event comes twice":        {b: broken{message: only("state", twice)}, found: "resume/every-seq"},
	"the journal is told":         {b: broken{message: swap("created", `"questions":`, `"plan":["x"],"questions":`)}, found: "interview/whole"},
	"seq is a fraction":           {b: rewrites(`"seq":(\d+),"at"`, `"seq":$1.5,"at"`), found: "interview/start"},
	"seq is a string":             {b: rewrites(`"seq":(\d+),"at"`, `"seq":"$1","at"`), found: "interview/start"},
	"seq begins with 0":           {b: broken{message: func(m wire.Message) []wire.Message { m.Seq = max(0, m.Seq-1); return []wire.Message{m} }}, found: "create/order"},
	"acks have a seq of events":   {b: broken{message: only("ack", func(m wire.Message) []wire.Message { m.Seq = 3; return []wire.Message{m} })}, found: "interview/start"},
	"at is not there":             {b: rewrites(`,"at":"[^"]*"`, ``), found: "interview/start"},
	"at is local time":            {b: rewrites(`"at":"([^"]*)Z"`, `"at":"$1+02:00"`), found: "interview/start"},
	"at has no zone":              {b: rewrites(`"at":"([^"]*)Z"`, `"at":"$1"`), found: "interview/start"},
	"at is a number":              {b: rewrites(`"at":"[^"]*Z"`, `"at":1764000000`), found: "interview/start"},
	"states are in lower case":    {b: rewrites(`"(IDLE|QUESTIONING|EVALUATING)"`, `"questioning"`), found: "interview/start"},
	"states are words of its own": {b: rewrites(`"QUESTIONING"`, `"ASKING"`), found: "interview/start"},
	"state moves from elsewhere":  {b: broken{message: edit("state", set("from", "COMPLETE"))}, found: "interview/whole"},
	"no acks":                     {b: broken{message: only("ack", drop)}, found: "interview/start"},
	"acks name no seq":            {b: broken{message: edit("ack", set("seq", nil))}, found: "interview/start"},
	"acks name the event before":  {b: broken{message: edit("ack", add("seq", -1))}, found: "interview/acks"},
	"acks name seq 1 always":      {b: broken{message: edit("ack", set("seq", 1))}, found: "interview/acks"},
	"acks name no interview":      {b: broken{message: edit("ack", set("interview", ""))}, found: "interview/start"},
	"acks name another interview": {b: broken{message: edit("ack", set("interview", "x"))}, found: "interview/whole"},
	"acks answer another message": {b: broken{message: only("ack", func(m wire.Message) []wire.Message { m.Re = "x"; return []wire.Message{m} })}, found: "interview/start"},
	"acks tell the state before":  {b: broken{message: edit("ack", set("state", "IDLE"))}, found: "interview/acks"},
	"acks tell the turn after":    {b: broken{message: edit("ack", add("turn", 1))}, found: "interview/acks"},
	"an ack says no dup":          {b: broken{message: swap("ack", `,"dup":true`, "")}, found: "once/command"},
	"every ack says dup":          {b: broken{message: edit("ack", set("dup", true))}, found: "once/command"},
	"the ack of a dup is of now": {b: broken{message: edit("ack", func(f map[string]any) {
		if f["dup"] == true {
			add("seq", 1)(f)
		}
	})}, found: "once/command"},
	"after is not looked at":        {b: broken{toServer: replaced(`"after":2`, `"after":0`)}, found: "resume/every-seq"},
	"after is one too many":         {b: broken{toServer: replaced(`"after":3`, `"after":2`)}, found: "resume/every-seq"},
	"after is one too few":          {b: broken{toServer: replaced(`"after":3`, `"after":4`)}, found: "resume/every-seq"},
	"after beyond begins again":     {b: broken{toServer: func(b []byte) []byte { return regexp.MustCompile(`"after":1\d\d\d`).ReplaceAll(b, []byte(`"after":0`)) }}, found: "resume/beyond"},
	"events are counted from after": {b: replays(func(after int64, m wire.Message) []wire.Message { m.Seq -= after; return []wire.Message{m} }), found: "resume/every-seq"},
	"a replay has a hole": {b: replays(func(after int64, m wire.Message) []wire.Message {
		if m.Seq == after+3 {
			return nil
		}
		return []wire.Message{m}
	}), found: "resume/every-seq"},
	"a replay is out of order": {b: remembers(func() talk {
		var kept []wire.Message
		return talk{server: func(_ ends, m wire.Message) []wire.Message {
			if m.Seq == 2 {
				kept = []wire.Message{m}
				return nil
			}
			out := append([]wire.Message{m}, kept...)
			kept = nil
			return out
		}}
	}), found: "resume/every-seq"},
	"a replay has another time": {b: replays(func(_ int64, m wire.Message) []wire.Message { m.At = time.Now().UTC(); return []wire.Message{m} }), found: "resume/every-seq"},
	"a replay has less in it": {b: replays(func(_ int64, m wire.Message) []wire.Message {
		if m.Type == "evaluation" {
			m = edited(m, set("met", nil))
			m = edited(m, set("score", nil))
		}
		return []wire.Message{m}
	}), found: "resume/every-seq"},
	"nothing comes after a replay": {b: remembers(func() talk {
		last, back := int64(0), false
		return talk{
			client: func(_ ends, m wire.Message, frame []byte) []byte {
				back = back || m.Type == wire.TypeHello && bytes.Contains(frame, []byte(`"interview":"0`))
				return frame
			},
			server: func(_ ends, m wire.Message) []wire.Message {
				if m.Type == wire.TypeWelcome {
					_ = edited(m, func(f map[string]any) { last = number(f, "last_seq") })
				}
				if back && m.Seq > last {
					return nil
				}
				return []wire.Message{m}
			},
		}
	}), found: "resume/live"},
	"evaluations end with the connection": {b: replays(func(_ int64, m wire.Message) []wire.Message {
		if m.Type == "evaluation" {
			return nil
		}
		return []wire.Message{m}
	}), found: "resume/in-an-evaluation"},
	"a connection that is left pauses": {b: broken{message: edit("welcome", within("snapshot", set("paused", true)))}, found: "resume/no-pause"},
	"the welcome has no snapshot":      {b: broken{message: edit("welcome", set("snapshot", nil))}, found: "resume/every-seq"},
	"the snapshot is an old one": {b: broken{message: edit("welcome", within("snapshot", func(f map[string]any) {
		f["state"], f["turn"], f["turns"], f["question"] = "IDLE", 0, []any{}, 0
	}))}, found: "resume/snapshot"},
	"the snapshot lacks answers": {b: broken{message: edit("welcome", within("snapshot", func(f map[string]any) {
		for _, turn := range f["turns"].([]any) {
			delete(turn.(map[string]any), "answer")
		}
	}))}, found: "resume/snapshot"},
	"the snapshot lacks the deadline": {b: broken{message: edit("welcome", within("snapshot", set("deadline", nil)))}, found: "resume/snapshot"},
	"the snapshot knows more":         {b: broken{message: edit("welcome", within("snapshot", set("pending", map[string]any{"why": "x", "attempt": 1})))}, found: "resume/snapshot"},
	"last_seq is 0":                   {b: broken{message: edit("welcome", set("last_seq", 0))}, found: "resume/every-seq"},
	"the welcome comes before the ack of create": {b: remembers(func() talk {
		var kept []wire.Message
		first := true
		return talk{server: func(_ ends, m wire.Message) []wire.Message {
			if m.Type == wire.TypeAck && first {
				first, kept = false, []wire.Message{m}
				return nil
			}
			out := append([]wire.Message{m}, kept...)
			kept = nil
			return out
		}}
	}), found: "create/order"},
	"no welcome after create": {b: remembers(func() talk {
		n := 0
		return talk{server: func(_ ends, m wire.Message) []wire.Message {
			if m.Type == wire.TypeWelcome {
				if n++; n > 1 {
					return nil
				}
			}
			return []wire.Message{m}
		}}
	}), found: "create/order"},
	"a message is wrong by a letter": {b: broken{text: func(b []byte) []byte {
		return bytes.Replace(b, []byte(`"type":"answer_accepted"`), []byte(`"type":"answerAccepted"`), 1)
	}}, found: "interview/whole"},
	"an event has its fields in camel case": {b: broken{text: func(b []byte) []byte {
		return []byte(strings.ReplaceAll(string(b), `"max_follow_ups"`, `"maxFollowUps"`))
	}}, found: "interview/whole"},
	"a set of events is one message": {b: broken{message: only("started", func(m wire.Message) []wire.Message { return nil })}, found: "interview/start"},
}
