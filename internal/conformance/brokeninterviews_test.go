package conformance_test

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/wire"
)

// leaks is a server that tells of a question what it has told before, when it was over.
func leaks(how func(points []any, f fields)) broken {
	var mu sync.Mutex
	var points []any
	return broken{message: func(m wire.Message) []wire.Message {
		mu.Lock()
		defer mu.Unlock()
		if m.Type == "question_over" {
			_ = edited(m, within("reveal", func(f fields) { points, _ = f["points"].([]any) }))
		}
		return edit("evaluation", func(f fields) { how(points, f) })(m)
	}}
}

// faultsOfInterviews are of an interview's rules, of time, and of what is told when.
var faultsOfInterviews = map[string]fault{
	"the open points are told": {b: leaks(func(points []any, f fields) { f["missed"] = points }), found: "tell/open-points"},
	"the ids of open points are told": {b: leaks(func(points []any, f fields) {
		var ids []any
		for _, p := range points {
			ids = append(ids, p.(fields)["id"])
		}
		f["gaps"] = ids
	}), found: "tell/open-points"},
	"the feedback tells a point": {b: leaks(func(points []any, f fields) {
		if len(points) > 0 {
			f["feedback"] = "You could have said: " + strings.ToUpper(points[0].(fields)["text"].(string))
		}
	}), found: "tell/open-points"},
	"the whole evaluation is told":    {b: broken{message: edit("evaluation", set("full", fields{"turn": 1}))}, found: "interview/whole"},
	"the end of a question is silent": {b: broken{message: edit("question_over", set("reveal", nil))}, found: "tell/question-over"},
	"evidence in characters": {b: broken{message: edit("evaluation", func(f fields) {
		met, _ := f["met"].([]any)
		for _, p := range met {
			for _, e := range p.(fields)["evidence"].([]any) {
				if start := number(e.(fields), "start"); start > 10 {
					e.(fields)["start"] = start - 5
				}
				e.(fields)["end"] = number(e.(fields), "end") - 5
			}
		}
	})}, found: "tell/evidence"},
	"points are met without evidence": {b: broken{message: edit("evaluation", func(f fields) {
		met, _ := f["met"].([]any)
		for _, p := range met {
			p.(fields)["evidence"] = []any{}
		}
	})}, found: "tell/evidence"},
	"missed points stand among those met": {b: broken{message: edit("evaluation", func(f fields) {
		met, _ := f["met"].([]any)
		for _, p := range met {
			p.(fields)["status"] = "missed"
		}
	})}, found: "tell/evidence"},
	"evaluations have no score":           {b: broken{message: edit("evaluation", set("score", nil))}, found: "tell/evidence"},
	"nobody says who judged":              {b: broken{message: edit("evaluation", set("by", fields{"name": ""}))}, found: "tell/evidence"},
	"evaluations are of the next turn":    {b: broken{message: edit("evaluation", add("turn", 1))}, found: "tell/evidence"},
	"progress of another turn":            {b: broken{message: edit("evaluating", add("turn", 1))}, found: "tell/progress"},
	"progress in phases of its own":       {b: broken{message: edit("evaluating", set("phase", "thinking"))}, found: "tell/progress"},
	"a score beyond 100":                  {b: broken{message: edit("completed", set("score", 4711))}, found: "interview/whole"},
	"a skipped question has a score":      {b: broken{message: edit("completed", set("score", 50))}, found: "interview/skip"},
	"an interview that was ended is over": {b: broken{message: swap("completed", `"ended"`, `"finished"`)}, found: "interview/end"},
	"an exam tells the score":             {b: broken{message: swap("evaluation", `"open":`, `"feedback":"Good.","open":`)}, found: "exam/silent"},
	"an exam tells of a question": {b: broken{message: edit("question_over", func(f fields) {
		if f["reveal"] == nil {
			f["reveal"] = fields{"id": "x", "points": []any{}}
		}
	})}, found: "exam/silent"},
	"an exam tells nothing at the end": {b: broken{message: edit("completed", set("over", nil))}, found: "exam/silent"},
	"an exam offers hints":             {b: broken{message: edit("question", set("hints", 2))}, found: "exam/hint"},
	"an exam gives hints":              {b: accepts(wire.CodeInvalidState, "hint"), found: "exam/hint"},
	"hints have no end":                {b: accepts(wire.CodeInvalidState, "hint"), found: "interview/hint"},
	"hints begin with 0":               {b: broken{message: edit("hint", add("number", -1))}, found: "interview/hint"},
	"no hint comes":                    {b: broken{message: only("hint", drop)}, found: "interview/hint"},
	"stale turns are taken":            {b: broken{toServer: replaced(`"turn":7`, `"turn":1`)}, found: "interview/stale-turn"},
	"stale turns are acknowledged":     {b: accepts(wire.CodeStaleTurn), found: "interview/stale-turn"},
	"stale turns name no turn":         {b: broken{message: swap("error", `"turn":1`, `"turn":3`)}, found: "interview/stale-turn"},
	"stale turns are another code":     {b: broken{message: swap("error", `"stale_turn"`, `"invalid_state"`)}, found: "interview/stale-turn"},
	"nothing says what is allowed":     {b: broken{message: swap("error", `"allowed":`, `"permitted":`)}, found: "interview/states"},
	"what is refused is allowed": {b: broken{message: edit("error", func(f fields) {
		if f["command"] != nil {
			f["allowed"] = []any{f["command"], "end"}
		}
	})}, found: "interview/states"},
	"errors name another state": {b: broken{message: edit("error", func(f fields) {
		if f["state"] != nil {
			f["state"] = "EVALUATING"
		}
	})}, found: "interview/states"},
	"errors name no command":            {b: broken{message: edit("error", set("command", nil))}, found: "interview/states"},
	"a pause is not a reason":           {b: broken{message: swap("error", `"code":"paused"`, `"code":"invalid_state"`)}, found: "interview/pause"},
	"answers are taken in a pause":      {b: accepts(wire.CodePaused), found: "interview/pause"},
	"a pause is not in the snapshot":    {b: broken{message: edit("welcome", within("snapshot", set("paused", nil)))}, found: "interview/pause"},
	"the end is not the end":            {b: accepts(wire.CodeComplete), found: "interview/complete"},
	"the end is another code":           {b: broken{message: swap("error", `"code":"complete"`, `"code":"invalid_state"`)}, found: "interview/complete"},
	"nothing fails, and is tried again": {b: accepts(wire.CodeInvalidState, "retry"), found: "interview/retry"},
	"empty answers are taken":           {b: broken{toServer: replaced(`"text":""`, `"text":"nothing"`)}, found: "interview/empty-answer"},
	"long answers are cut":              {b: hears(cutAnswers), found: "interview/too-long"},
	"answers are counted in bytes": {b: hears(func(e ends, m wire.Message, frame []byte) []byte {
		if m.Type == "answer" && len(frame) > session.MaxAnswer {
			e.refuse(m.ID, wire.CodeTooLong)
			return nil
		}
		return frame
	}), found: "interview/too-long"},
	"a long answer is a bad message": {b: broken{message: swap("error", `"too_long"`, `"bad_message"`)}, found: "interview/too-long"},
	"drafts are cut":                 {b: broken{toServer: replaced(`half a sentence`, `half`)}, found: "draft/kept"},
	"drafts do not come back":        {b: broken{message: edit("welcome", within("snapshot", set("draft", nil)))}, found: "draft/kept"},
	"drafts stay with the next turn": {b: broken{message: edit("welcome", within("snapshot", func(f fields) {
		if f["draft"] == nil && number(f, "turn") == 2 {
			f["draft"] = "half"
		}
	}))}, found: "draft/after-its-answer"},
	"drafts go to the current turn": {b: broken{toServer: replaced(`"turn":1,"text":"another one"`, `"turn":2,"text":"another one"`)}, found: "draft/stale-turn"},
	"drafts are not acknowledged": {b: hears(func(_ ends, m wire.Message, frame []byte) []byte {
		if m.Type == "draft" {
			return []byte(`{"type":"draft","data":` + string(m.Data) + `}`)
		}
		return frame
	}), found: "draft/kept"},
	"marks are not kept":           {b: broken{message: edit("welcome", within("snapshot", set("marks", nil)))}, found: "tell/dispute"},
	"marks change the score":       {b: broken{message: edit("welcome", within("snapshot", within("completed", set("score", 100))))}, found: "tell/dispute"},
	"any status is a mark":         {b: broken{toServer: replaced(`"contradicted"`, `"met"`)}, found: "tell/mark"},
	"unknown points are marked":    {b: broken{toServer: replaced(`no such point`, `alpha`)}, found: "tell/mark"},
	"an objection needs no reason": {b: broken{toServer: replaced(`"reason":" "`, `"reason":"x"`)}, found: "tell/dispute"},
	"no timers":                    {b: broken{message: only("timer", drop)}, found: "time/timer"},
	"timers in seconds":            {b: broken{message: edit("timer", func(f fields) { f["remaining_ms"] = number(f, "remaining_ms") / 1000 })}, found: "time/timer"},
	"timers of another deadline":   {b: broken{message: edit("timer", set("deadline", "2026-01-01T00:00:00Z"))}, found: "time/timer"},
	"timers run on in a pause":     {b: broken{message: edit("timer", set("paused", nil))}, found: "time/pause"},
	"timers where nothing is limited": {b: broken{message: only("pong", func(m wire.Message) []wire.Message {
		t, _ := wire.New(wire.TypeTimer, wire.Timer{Turn: 1, RemainingMs: 1000, LimitMs: 1000})
		return []wire.Message{t, m}
	})}, found: "time/none"},
	"questions have no deadline":   {b: broken{message: edit("question", set("deadline", nil))}, found: "time/timer"},
	"limits are not looked at":     {b: broken{toServer: replaced(`"time_limit_s":2`, `"time_limit_s":200`)}, found: "time/draft"},
	"nobody says that time was up": {b: broken{message: edit("answer_accepted", set("timed_out", nil))}, found: "time/draft"},
	"a draft is not handed in": {b: broken{toServer: func(b []byte) []byte { return replaced(`{"type":"draft"`, `{"type":"ping"`)(b) }, message: only("pong", func(m wire.Message) []wire.Message {
		m.Type = "ack"
		m.Data = []byte(`{"interview":"x","seq":4,"state":"QUESTIONING","turn":1}`)
		return []wire.Message{m}
	})}, found: "time/draft"},
	"time runs on in a pause": {b: broken{message: only("paused", func(m wire.Message) []wire.Message {
		s := m
		s.Type, s.Data, s.Seq = "skipped", []byte(`{"turn":1,"timed_out":true}`), m.Seq+1
		return []wire.Message{m, s}
	})}, found: "time/stands-still"},
	"count is not looked at":       {b: broken{toServer: replaced(`"count":1`, `"count":2`)}, found: "create/fields"},
	"the mode is not looked at":    {b: broken{toServer: replaced(`"mode":"exam"`, `"mode":"practice"`)}, found: "create/fields"},
	"follow-ups are not looked at": {b: broken{toServer: replaced(`"follow_ups":1`, `"follow_ups":3`)}, found: "create/fields"},
	"the seed is not looked at":    {b: broken{toServer: replaced(`"seed":7`, `"seed":8`)}, found: "create/fields"},
	"a bank has to be named": {b: hears(func(e ends, m wire.Message, frame []byte) []byte {
		if m.Type == "create" && len(m.Data) < 5 {
			e.refuse(m.ID, wire.CodeBadMessage)
			return nil
		}
		return frame
	}), found: "create/nothing-asked-for"},
	"levels are numbers only": {b: hears(func(e ends, m wire.Message, frame []byte) []byte {
		if strings.Contains(string(m.Data), `"level":"`) {
			e.refuse(m.ID, wire.CodeBadMessage)
			return nil
		}
		return frame
	}), found: "create/level"},
	"a negative count is none":         {b: broken{toServer: replaced(`"count":-1`, `"count":0`)}, found: "create/what-cannot-be"},
	"an unknown mode is practice":      {b: broken{toServer: replaced(`"mode":"party"`, `"mode":"practice"`)}, found: "create/what-cannot-be"},
	"levels run backwards":             {b: broken{toServer: replaced(`"4..2"`, `"2..4"`)}, found: "create/what-cannot-be"},
	"an unknown bank is the first":     {b: broken{toServer: replaced(`"no-such-bank"`, `"go"`)}, found: "create/unknown-bank"},
	"an unknown bank is forbidden":     {b: broken{message: swap("error", `"not_found"`, `"forbidden"`)}, found: "create/unknown-bank"},
	"again asks anything":              {b: broken{message: edit("question", func(f fields) { f["of"] = 2 })}, found: "create/again"},
	"commands go nowhere, in peace":    {b: accepts(wire.CodeInvalidState), found: "interview/nowhere"},
	"a failed evaluation says nothing": {b: broken{message: edit("welcome", within("snapshot", set("pending", nil)))}, found: "interview/failed-evaluation"},
	"retrying is not told":             {b: broken{message: only("retried", drop)}, found: "interview/failed-evaluation"},
	"an answer without evaluation":     {b: broken{message: only("evaluation", drop)}, found: "interview/whole"},
	"questions are of other turns":     {b: broken{message: edit("question", add("turn", 1))}, found: "interview/start"},
}

// cutAnswers takes what fits of an answer.
func cutAnswers(_ ends, m wire.Message, frame []byte) []byte {
	var a session.Answer
	if m.Type != "answer" || m.Into(&a) != nil || utf8.RuneCountInString(a.Text) <= session.MaxAnswer {
		return frame
	}
	a.Text = string([]rune(a.Text)[:session.MaxAnswer])
	short, _ := wire.New(m.Type, a)
	short.ID = m.ID
	b, _ := wire.Encode(short)
	return b
}
