package conformance_test

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"github.com/elios/elios/internal/wire"
)

// answers gives an answer of its own to requests.
func answers(is func(*http.Request) bool, status int, body string) broken {
	return broken{answer: func(w http.ResponseWriter, r *http.Request) bool {
		if !is(r) {
			return false
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
		return true
	}}
}

// asks is a request by its method and the end of its path.
func asks(method, end string) func(*http.Request) bool {
	return func(r *http.Request) bool { return r.Method == method && strings.HasSuffix(r.URL.Path, end) }
}

// forbidsNothing takes every page for a program.
func forbidsNothing(r *http.Request) { r.Header.Del("Origin") }

// faultsOfHTTP are of the interviews without a WebSocket.
var faultsOfHTTP = map[string]fault{
	"401 is 403":               {b: broken{status: statusOf(401, 403)}, found: "http/unauthorised"},
	"401 says not how":         {b: broken{header: without("WWW-Authenticate")}, found: "http/unauthorised"},
	"any scheme over HTTP":     {b: broken{request: anyScheme}, found: "http/unauthorised"},
	"tokens in URLs over HTTP": {b: broken{request: tokenOfURL}, found: "http/token-in-url"},
	"any page may ask":         {b: broken{request: forbidsNothing}, found: "http/foreign-page"},
	"any page may read":        {b: broken{header: func(_ *http.Request, h http.Header) { h.Set("Access-Control-Allow-Origin", "*") }}, found: "http/foreign-page"},
	"preflights are answered": {b: broken{answer: func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodOptions {
			return false
		}
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		return true
	}}, found: "http/foreign-page"},
	"created is 200": {b: broken{status: statusOf(201, 200)}, found: "http/create"},
	"created before is 201": {b: broken{status: func(r *http.Request, s int) int {
		if r.Method == http.MethodPost && s == 200 {
			return 201
		}
		return s
	}}, found: "http/create"},
	"no Location": {b: broken{header: without("Location")}, found: "http/create"},
	"Location is of the list": {b: broken{header: func(_ *http.Request, h http.Header) {
		if h.Get("Location") != "" {
			h.Set("Location", "/v1/interviews")
		}
	}}, found: "http/create"},
	"Idempotency-Key means nothing": {b: broken{request: func(r *http.Request) {
		if r.Header.Get("Idempotency-Key") != "" && strings.HasSuffix(r.URL.Path, "/interviews") {
			r.Header.Set("Idempotency-Key", uuid.NewString())
		}
	}}, found: "http/create"},
	"Idempotency-Key is made up": {b: broken{request: func(r *http.Request) {
		if r.Header.Get("Idempotency-Key") == "" && r.Method == http.MethodPost && r.URL.Path == "/v1/interviews" {
			r.Header.Set("Idempotency-Key", uuid.NewString())
		}
	}}, found: "http/needs-id"},
	"commands are done again": {b: broken{request: func(r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/commands") && r.Header.Get("Idempotency-Key") != "" {
			r.Header.Set("Idempotency-Key", uuid.NewString())
		}
	}}, found: "http/once"},
	"problems have no title": {b: broken{body: renamed(`"title":`, `"name":`)}, found: "http/not-found"},
	"problems have no code":  {b: broken{body: renamed(`"code":`, `"error":`)}, found: "http/not-found"},
	"problems are plain JSON": {b: broken{header: func(_ *http.Request, h http.Header) {
		if strings.Contains(h.Get("Content-Type"), "problem") {
			h.Set("Content-Type", "application/json")
		}
	}}, found: "http/not-found"},
	"problems are HTML": {b: broken{status: nil, body: func(_ *http.Request, b []byte) []byte {
		if bytes.Contains(b, []byte(`"urn:elios`)) {
			return []byte("<h1>Not found</h1>")
		}
		return b
	}}, found: "http/not-found"},
	"409 is 400":        {b: broken{status: statusOf(409, 400)}, found: "http/conflicts"},
	"413 is 400":        {b: broken{status: statusOf(413, 400)}, found: "http/too-long"},
	"400 is 422":        {b: broken{status: statusOf(400, 422)}, found: "http/bad-requests"},
	"400 is 500":        {b: broken{status: statusOf(400, 500)}, found: "http/bad-requests"},
	"404 is 200":        {b: broken{status: statusOf(404, 200)}, found: "http/not-found"},
	"429 says not when": {b: broken{header: without("Retry-After")}, found: "limits/requests"},
	"429 is 503":        {b: broken{status: statusOf(429, 503)}, found: "limits/requests"},
	"many requests are too much": {b: broken{answer: func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/v1/whoami" {
			panic(http.ErrAbortHandler)
		}
		return false
	}}, found: "limits/requests"},
	"unknown paths are the page": {b: answers(func(r *http.Request) bool { return r.URL.Path == "/v1/nothing" }, 200, "{}"), found: "http/not-found"},
	"unknown methods are gets": {b: broken{request: func(r *http.Request) {
		if r.Method == http.MethodPatch {
			r.Method = http.MethodGet
		}
	}}, found: "http/not-found"},
	"bodies of any size": {b: broken{answer: func(w http.ResponseWriter, r *http.Request) bool {
		if r.ContentLength > wire.MaxClientFrame {
			w.WriteHeader(204)
			return true
		}
		return false
	}}, found: "http/too-long"},
	"drafts are answered with 200": {b: broken{status: statusOf(204, 200)}, found: "http/draft"},
	"drafts are not kept":          {b: answers(asks(http.MethodPut, "/draft"), 204, ""), found: "http/draft"},
	"deleting does nothing": {b: answers(func(r *http.Request) bool {
		return r.Method == http.MethodDelete && len(r.URL.Path) > 30 && !strings.Contains(r.URL.Path, "00000000")
	}, 204, ""), found: "http/delete"},
	"deleting leaves followers": {b: broken{message: only(wire.TypeBye, drop), close: becomes(4404, 0)}, found: "http/delete"},
	"deleting what is not there": {b: broken{status: func(r *http.Request, s int) int {
		if r.Method == http.MethodDelete && s == 404 {
			return 204
		}
		return s
	}}, found: "http/delete"},
	"the list has no filters": {b: broken{request: func(r *http.Request) {
		if r.URL.Path == "/v1/interviews" {
			r.URL.RawQuery = ""
		}
	}}, found: "http/list"},
	"the list is bare": {b: broken{body: func(r *http.Request, b []byte) []byte {
		return bytes.Replace(b, []byte(`{"interviews":`), []byte(`{"items":`), 1)
	}}, found: "http/list"},
	"bad filters are ignored": {b: broken{request: func(r *http.Request) {
		if strings.Contains(r.URL.RawQuery, "limit=x") {
			r.URL.RawQuery = ""
		}
	}}, found: "http/bad-requests"},
	"after is ignored over HTTP": {b: broken{request: func(r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/events") && r.Header.Get("Accept") == "" {
			r.URL.RawQuery = ""
		}
	}}, found: "events/json"},
	"events over HTTP differ":     {b: broken{body: renamed(`"ask":"What`, `"ask":"Who`)}, found: "events/json"},
	"events are not in order":     {b: broken{body: renamed(`{"seq":1,`, `{"seq":9,`)}, found: "events/json"},
	"Last-Event-ID means nothing": {b: broken{request: func(r *http.Request) { r.Header.Del("Last-Event-ID") }}, found: "events/last-event-id"},
	"streams have no ids": {b: broken{stream: func(s string) string {
		if strings.HasPrefix(s, "id:") {
			return ""
		}
		return s
	}}, found: "events/stream"},
	"streams have ids of their own": {b: broken{stream: func(s string) string {
		if strings.HasPrefix(s, "id:") {
			return "id: x\n"
		}
		return s
	}}, found: "events/stream"},
	"streams name other events": {b: broken{stream: func(s string) string {
		if strings.HasPrefix(s, "event:") {
			return "event: message\n"
		}
		return s
	}}, found: "events/stream"},
	"streams lack an event": {b: broken{stream: func(s string) string {
		if strings.Contains(s, `"type":"started"`) || s == "event: started\n" {
			return ""
		}
		return s
	}}, found: "events/stream"},
	"streams are JSON": {b: broken{header: func(_ *http.Request, h http.Header) {
		if strings.Contains(h.Get("Content-Type"), "event-stream") {
			h.Set("Content-Type", "application/json")
		}
	}}, found: "events/stream"},
	"streams are not streams": {b: broken{request: func(r *http.Request) { r.Header.Del("Accept") }}, found: "events/stream"},
	"no documents":            {b: broken{body: renamed(`{"asyncapi"`, `"asyncapi"`)}, found: "http/documents"},
	"health needs a token":    {b: answers(func(r *http.Request) bool { return r.URL.Path == "/readyz" && r.Header.Get("Authorization") == "" }, 401, "{}"), found: "http/health"},
	"somebody else's report": {b: broken{body: func(r *http.Request, b []byte) []byte {
		if strings.HasSuffix(r.URL.Path, "/report") {
			return bytes.Replace(b, []byte(`"id":"0`), []byte(`"id":"f`), 1)
		}
		return b
	}}, found: "http/report"},
	"reports lack the answers": {b: broken{body: renamed(`A sentence that only`, `A`)}, found: "http/report"},
	"reports are JSON always":  {b: broken{request: func(r *http.Request) { r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, "format=md", "format=json") }}, found: "http/report"},
	"any format is JSON": {b: broken{request: func(r *http.Request) {
		r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, "format=nothing", "format=json")
	}}, found: "http/report"},
	"reports may run": {b: broken{header: without("Content-Security-Policy")}, found: "http/report"},
	"exams have reports": {b: broken{status: func(r *http.Request, s int) int {
		if strings.HasSuffix(r.URL.Path, "/report") {
			return 200
		}
		return s
	}}, found: "exam/report"},
	"anything is kept in between": {b: broken{header: without("Cache-Control")}, found: "http/no-store"},
	"attempts are not found": {b: broken{body: func(r *http.Request, b []byte) []byte {
		if strings.HasSuffix(r.URL.Path, "/attempts") {
			return []byte(`{"attempts":[]}`)
		}
		return b
	}}, found: "http/attempts"},
	"whoami is somebody else": {b: broken{body: func(r *http.Request, b []byte) []byte {
		if strings.HasSuffix(r.URL.Path, "/whoami") {
			return bytes.Replace(b, []byte(`"store":"`), []byte(`"store":"x`), 1)
		}
		return b
	}}, found: "http/whoami"},
	"banks have no questions": {b: broken{body: func(r *http.Request, b []byte) []byte {
		if strings.HasSuffix(r.URL.Path, "/questions") && bytes.HasPrefix(b, []byte(`{"q`)) {
			return []byte(`{"questions":[]}`)
		}
		return b
	}}, found: "http/banks"},
	"turns that are not are heard": {b: answers(func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/99/audio") }, 200, "RIFF"), found: "http/audio"},
	"the audio is elsewhere":       {b: broken{message: edit("question", within("audio", set("path", "/audio/1")))}, found: "http/audio"},
	"acks over HTTP are bare": {b: broken{body: func(r *http.Request, b []byte) []byte {
		if strings.HasSuffix(r.URL.Path, "/commands") {
			return []byte(`{"ok":true}`)
		}
		return b
	}}, found: "http/interview"},
	"commands are made creates": {b: answers(asks(http.MethodPost, "/commands"), 202, `{}`), found: "http/commands"},
}
