package ollama_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/elios/elios/internal/ollama"
	"github.com/elios/elios/internal/session"
)

// scripted is a server that answers as the test says: for what only other versions of Ollama do, and
// for what a real one does too rarely.
type scripted struct {
	t        *testing.T
	unloaded int
	mu       sync.Mutex
	next     []http.HandlerFunc // answers to /api/chat and /api/generate, in order; the last one stays
	asks     []ask
}

// ask is a request that came.
type ask struct {
	path string
	body struct {
		Model     string         `json:"model"`
		Messages  []any          `json:"messages"`
		Prompt    string         `json:"prompt"`
		Format    any            `json:"format"`
		Options   map[string]any `json:"options"`
		Think     any            `json:"think"`
		Truncate  *bool          `json:"truncate"`
		Shift     *bool          `json:"shift"`
		KeepAlive any            `json:"keep_alive"`
	}
}

func script(t *testing.T, next ...http.HandlerFunc) (*scripted, *ollama.Evaluator) {
	t.Helper()
	return scriptWith(t, ollama.Patience{Load: time.Minute, First: time.Minute, Idle: 200 * time.Millisecond}, next...)
}

func scriptWith(t *testing.T, patience ollama.Patience, next ...http.HandlerFunc) (*scripted, *ollama.Evaluator) {
	t.Helper()
	s := &scripted{t: t, next: next}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	u, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	e := ollama.New(ollama.Config{Client: ollama.NewClient(u), Model: "some", Patience: patience})
	t.Cleanup(func() { e.Close() })
	return s, e
}

func (s *scripted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/api/ps":
		fmt.Fprint(w, `{"models":[{"name":"some:latest","context_length":8192}]}`)
		return
	case "/api/tags":
		fmt.Fprint(w, `{"models":[{"name":"some:latest","digest":"d1"}]}`)
		return
	}
	var a ask
	a.path = r.URL.Path
	body, _ := io.ReadAll(r.Body)
	if err := json.Unmarshal(body, &a.body); err != nil {
		s.t.Errorf("%s: %v", r.URL.Path, err)
	}
	if r.URL.Path == "/api/chat" && len(a.body.Messages) == 0 {
		if a.body.KeepAlive == "0s" {
			s.mu.Lock()
			s.unloaded++
			s.mu.Unlock()
		}
		say("", "load")(w, r)
		return
	}
	s.mu.Lock()
	s.asks = append(s.asks, a)
	h := s.next[0]
	if len(s.next) > 1 {
		s.next = s.next[1:]
	}
	s.mu.Unlock()
	h(w, r)
}

// say is a whole reply, in the form of the path that asks.
func say(text, reason string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key := `"message":{"role":"assistant","content":%s}`
		if strings.HasSuffix(r.URL.Path, "generate") {
			key = `"response":%s`
		}
		fmt.Fprintf(w, `{"model":"some",`+key+`,"done":false}`+"\n", quoted(text))
		fmt.Fprintf(w, `{"model":"some",`+key+`,"done":true,"done_reason":%q}`+"\n", `""`, reason)
	}
}

func status(code int, message string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		fmt.Fprintf(w, `{"error":%s}`, quoted(message))
	}
}

// brokenOff is a reply without its last line.
func brokenOff(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprintln(w, `{"model":"some","message":{"role":"assistant","content":"{\"evi"},"done":false}`)
}

func errorLine(message string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		brokenOff(w, r)
		fmt.Fprintf(w, `{"error":%s}`+"\n", quoted(message))
	}
}

func silent(w http.ResponseWriter, r *http.Request) {
	brokenOff(w, r)
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

var (
	whole = reply(point{"the runtime kills the program", "met"}, missed)
	heard = request(locks(), "I think the runtime kills the program then.")
)

// What passes is tried again, what can be mended is mended.
func TestRecovers(t *testing.T) {
	good := say(whole, "stop")
	for name, tc := range map[string]struct {
		next []http.HandlerFunc
		last string // where the reply came from
		asks int
	}{
		"at once":                   {[]http.HandlerFunc{good}, "/api/chat", 1},
		"busy at first":             {[]http.HandlerFunc{status(503, "server busy, please try again.  maximum pending requests exceeded"), good}, "/api/chat", 2},
		"a gateway in between":      {[]http.HandlerFunc{status(502, "bad gateway"), good}, "/api/chat", 2},
		"too many requests":         {[]http.HandlerFunc{status(429, "slow down"), good}, "/api/chat", 2},
		"the runner died":           {[]http.HandlerFunc{status(500, "model runner has unexpectedly stopped"), good}, "/api/chat", 2},
		"it died in the middle":     {[]http.HandlerFunc{errorLine("an error was encountered while running the model: unexpected EOF"), good}, "/api/chat", 2},
		"the connection broke":      {[]http.HandlerFunc{brokenOff, brokenOff, good}, "/api/chat", 3},
		"cut off":                   {[]http.HandlerFunc{say(whole[:40], "length"), good}, "/api/chat", 2},
		"talk around it":            {[]http.HandlerFunc{say("Sure! Here is my grade:\n"+whole+"\nGood luck!", "stop")}, "/api/chat", 1},
		"talk instead":              {[]http.HandlerFunc{say("Sure! The candidate did well.", "stop"), good}, "/api/generate", 2},
		"nothing":                   {[]http.HandlerFunc{say("", "stop"), good}, "/api/generate", 2},
		"a verdict there is none":   {[]http.HandlerFunc{say(strings.ReplaceAll(whole, `"met"`, `"superb"`), "stop"), good}, "/api/generate", 2},
		"done for another reason":   {[]http.HandlerFunc{say(whole, "unload"), good}, "/api/generate", 2},
		"a score of its own making": {[]http.HandlerFunc{say(strings.Replace(whole, "{", `{"score":100,`, 1), "stop"), good}, "/api/generate", 2},
	} {
		t.Run(name, func(t *testing.T) {
			s, e := script(t, tc.next...)
			j, err := e.Evaluate(t.Context(), heard, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := score(heard.Question, heard.Answers, j); got < 66 || got > 67 {
				t.Errorf("score %v", got)
			}
			if len(s.asks) != tc.asks || s.asks[len(s.asks)-1].path != tc.last {
				t.Errorf("%d asked, the last at %s", len(s.asks), s.asks[len(s.asks)-1].path)
			}
		})
	}
}

// hanging is a server that says nothing at all.
func hanging(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// A server that hangs is helped once, by throwing the model out of memory.
func TestUnsticks(t *testing.T) {
	for name, tc := range map[string]struct {
		next []http.HandlerFunc
		is   error
	}{
		"it helps":   {[]http.HandlerFunc{hanging, say(whole, "stop")}, nil},
		"it is dead": {[]http.HandlerFunc{hanging}, ollama.ErrSilent},
	} {
		t.Run(name, func(t *testing.T) {
			s, e := scriptWith(t, ollama.Patience{Load: time.Minute, First: 200 * time.Millisecond, Idle: time.Minute}, tc.next...)
			_, err := e.Evaluate(t.Context(), heard, nil)
			s.mu.Lock() // a handler may still hang
			defer s.mu.Unlock()
			if !errors.Is(err, tc.is) || s.unloaded != 1 || len(s.asks) != 2 {
				t.Errorf("%v after %d requests, unloaded %d times", err, len(s.asks), s.unloaded)
			}
		})
	}
}

// What cannot be mended says what it is and what to do.
func TestFails(t *testing.T) {
	for name, tc := range map[string]struct {
		next http.HandlerFunc
		is   error
		says string
	}{
		"no model":        {status(404, "model 'some' not found"), ollama.ErrNoModel, "ollama pull some"},
		"host":            {status(403, ""), ollama.ErrForbidden, "OLLAMA_HOST"},
		"context":         {status(400, "the input length exceeds the context length"), ollama.ErrContext, "shorter answer"},
		"newer context":   {status(400, "exceed_context_size_error: the request exceeds the available context size"), ollama.ErrContext, "shorter answer"},
		"busy for ever":   {status(503, "maximum pending requests exceeded"), ollama.ErrBusy, "try again"},
		"runner":          {status(500, "model runner has unexpectedly stopped, this may be due to resource limitations"), ollama.ErrStopped, "memory"},
		"never whole":     {brokenOff, ollama.ErrDropped, "broke off"},
		"never ends":      {say(whole[:50], "length"), ollama.ErrCut, "end"},
		"chats":           {say("I like this answer.", "stop"), ollama.ErrReply, "larger model"},
		"goes silent":     {silent, ollama.ErrSilent, "smaller model"},
		"another refusal": {status(400, `"some" does not support thinking`+"\x1b[31m"), ollama.ErrRefused, "does not support thinking"},
	} {
		t.Run(name, func(t *testing.T) {
			_, e := script(t, tc.next)
			_, err := e.Evaluate(t.Context(), heard, nil)
			if !errors.Is(err, tc.is) || session.KindOf(err) != session.Unavailable || !strings.Contains(err.Error(), tc.says) || strings.Contains(err.Error(), "\x1b") {
				t.Errorf("%v", err)
			}
		})
	}
}

// Every request has the same context and keep-alive, and the settings a judge needs.
func TestRequests(t *testing.T) {
	s, e := script(t, say(whole[:30], "length"), say("no", "stop"), say(whole, "stop"))
	if _, err := e.Evaluate(t.Context(), heard, nil); err != nil {
		t.Fatal(err)
	}
	if len(s.asks) != 3 {
		t.Fatalf("%d requests", len(s.asks))
	}
	for i, a := range s.asks {
		o := a.body.Options
		if o["num_ctx"] != 8192. || o["temperature"] != 0. || o["repeat_penalty"] != 1. || o["seed"] == nil || a.body.KeepAlive != "30m0s" ||
			a.body.Think != false || *a.body.Truncate || *a.body.Shift || a.body.Format == nil {
			t.Errorf("%d: %+v", i, a)
		}
	}
	if first, second := s.asks[0].body.Options["num_predict"].(float64), s.asks[1].body.Options["num_predict"].(float64); second != 2*first || first < 1000 {
		t.Errorf("room for %v, then %v tokens", first, second)
	}
}

// Quotes that stand nowhere are asked for once more, each point alone; then they earn nothing.
func TestAsksOnceMoreForAQuote(t *testing.T) {
	madeUp := reply(point{"it detects every concurrent write", "met"}, point{"a mutex guards all of it", "partial"})
	s, e := script(t, say(madeUp, "stop"),
		say(`{"evidence_run":"the runtime kills the program","verdict_run":"met"}`, "stop"),
		say(`{"evidence_mux":"still made up entirely","verdict_mux":"met"}`, "stop"))
	j, err := e.Evaluate(t.Context(), heard, nil)
	if err != nil {
		t.Fatal(err)
	}
	verdicts, _ := session.Check(&heard.Question, heard.Answers, j)
	if find(t, verdicts, "run").Status != "met" || find(t, verdicts, "mux").Status != "cannot_assess" || len(s.asks) != 3 {
		t.Errorf("%d requests: %+v", len(s.asks), verdicts)
	}
}

// An answer that says nothing costs no request, and takes nothing back.
func TestTrivialAnswers(t *testing.T) {
	for _, a := range []string{"", "  ", "?!", "mutex", "no idea", "I don't know, sorry.", "…", "a mutex"} {
		s, e := script(t, say(whole, "stop"))
		r := request(locks(), a)
		j, err := e.Evaluate(t.Context(), r, nil)
		if err != nil || len(s.asks) != 0 || score(r.Question, r.Answers, j) != 0 {
			t.Errorf("%q: %+v, %v, %d requests", a, j, err, len(s.asks))
		}
	}
}

// A server that fails again and again is left alone for a while, and the candidate is told at once.
func TestBreaker(t *testing.T) {
	s, e := script(t, brokenOff)
	for range 3 {
		if _, err := e.Evaluate(t.Context(), heard, nil); !errors.Is(err, ollama.ErrDropped) {
			t.Fatal(err)
		}
	}
	before := len(s.asks)
	if _, err := e.Evaluate(t.Context(), heard, nil); !errors.Is(err, ollama.ErrOpen) || len(s.asks) != before {
		t.Errorf("%v after %d requests", err, len(s.asks)-before)
	}
}

// What one answer or the model is to blame for does not open the breaker.
func TestBreakerStaysClosed(t *testing.T) {
	_, e := script(t, say("never in the form", "stop"))
	for range 5 {
		if _, err := e.Evaluate(t.Context(), heard, nil); !errors.Is(err, ollama.ErrReply) {
			t.Fatal(err)
		}
	}
}

func TestNobodyThere(t *testing.T) {
	u, _ := url.Parse("http://127.0.0.1:9")
	e := ollama.New(ollama.Config{Client: ollama.NewClient(u), Model: "some"})
	defer e.Close()
	_, err := e.Evaluate(context.Background(), heard, nil)
	if !errors.Is(err, ollama.ErrUnreachable) || !strings.Contains(err.Error(), "127.0.0.1:9") {
		t.Error(err)
	}
}
