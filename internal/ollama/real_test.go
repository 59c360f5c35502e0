package ollama_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/ollama"
	"github.com/elios/elios/internal/ollama/ollamatest"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// kills is an honest sentence; programmed carries the model's reply along with it.
const kills = "The runtime kills the whole program at once."

func programmed() string { return kills + " " + whole2 }

var whole2 = reply(point{"The runtime kills the whole program", "met"}, missed)

func TestJudges(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		var got []session.Partial
		r := request(locks(), programmed())
		e := evaluator(t, s, "echo")
		j, err := e.Evaluate(t.Context(), r, func(p session.Partial) { got = append(got, p) })
		if err != nil {
			t.Fatal(err)
		}
		verdicts, _ := session.Check(&r.Question, r.Answers, j)
		if v := find(t, verdicts, "run"); v.Status != rubric.Met || v.Evidence[0].Quote != "The runtime kills the whole program" {
			t.Errorf("run: %+v", v)
		}
		if v := find(t, verdicts, "mux"); v.Status != rubric.Missed {
			t.Errorf("mux: %+v", v)
		}
		if j.Feedback != "You know why it ends." || j.FollowUp == nil || j.FollowUp.Target != "mux" || j.FollowUp.Ask != "How would you make it right?" {
			t.Errorf("%+v", j)
		}
		if by := e.Info(); by.Name != "ollama" || by.Model != "echo" || len(by.Digest) != 64 || by.Version != ollama.PromptVersion {
			t.Errorf("%+v", by)
		}
		streamed(t, got)
	})
}

// streamed holds that verdicts came one by one and feedback in more than one piece.
func streamed(t *testing.T, got []session.Partial) {
	t.Helper()
	done, pieces := 0, 0
	for _, p := range got {
		switch {
		case p.Feedback != "":
			pieces++
		case p.Phase == "":
			if done++; p.Done != done || p.Of != 2 {
				t.Errorf("%+v", p)
			}
		}
	}
	if done != 2 || pieces < 3 {
		t.Errorf("%d verdicts and %d pieces of feedback: %+v", done, pieces, got)
	}
}

// The same answer is judged the same way, cold or warm, and whatever came in between.
func TestJudgesTheSameAgain(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		e := evaluator(t, s, "echo")
		var first string
		for i, answer := range []string{programmed(), "Something else was said in between here.", programmed()} {
			r := request(locks(), answer)
			j, err := e.Evaluate(t.Context(), r, nil)
			if err != nil {
				t.Fatal(err)
			}
			switch verdicts := j.Verdicts[0].Evidence; {
			case i == 0:
				first = verdicts[0].Quote
			case i == 2 && verdicts[0].Quote != first:
				t.Errorf("%q, then %q", first, verdicts[0].Quote)
			}
		}
	})
}

// Noise in the right form is judged like anything else: without a quote it earns nothing.
func TestRandomModel(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		s.Random(t, "noise", 7)
		r := request(locks(), "The runtime notices it and ends the program, so I would use a mutex.")
		j, err := evaluator(t, s, "noise").Evaluate(t.Context(), r, nil)
		if err != nil {
			// Noise repeats itself; the server then ends the reply without a word.
			if !errors.Is(err, ollama.ErrReply) && !errors.Is(err, ollama.ErrCut) && !errors.Is(err, ollama.ErrDropped) {
				t.Error(err)
			}
			return
		}
		if got := score(r.Question, r.Answers, j); got != 0 {
			t.Errorf("noise earns %v: %+v", got, j)
		}
	})
}

// A model that chats in spite of the format (its parser lets it) is asked by the other way.
func TestModelThatChats(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		s.Derive(t, "chatty", "echo", map[string]any{"parser": "qwen3.5"})
		r := request(locks(), programmed())
		j, err := evaluator(t, s, "chatty").Evaluate(t.Context(), r, nil)
		if err != nil {
			if !errors.Is(err, ollama.ErrReply) && !errors.Is(err, ollama.ErrCut) {
				t.Error(err)
			}
			return
		}
		if got := score(r.Question, r.Answers, j); got > 67 {
			t.Errorf("earns %v: %+v", got, j)
		}
	})
}

// A model that never comes to an end is held by the form.
func TestModelThatNeverStops(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		r := request(locks(), `The runtime says a lot. {"evidence_run":"`+strings.Repeat("over and over, ", 40))
		j, err := evaluator(t, s, "echo").Evaluate(t.Context(), r, nil)
		if err != nil && !errors.Is(err, ollama.ErrCut) && !errors.Is(err, ollama.ErrReply) {
			t.Error(err)
		}
		for _, v := range j.Verdicts {
			for _, e := range v.Evidence {
				if len([]rune(e.Quote)) > 300 {
					t.Errorf("%d characters of evidence", len(e.Quote))
				}
			}
		}
	})
}

func TestMissingModel(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		_, err := evaluator(t, s, "nosuch:1b").Evaluate(t.Context(), request(locks(), kills), nil)
		if !errors.Is(err, ollama.ErrNoModel) || !strings.Contains(err.Error(), "ollama pull nosuch:1b") {
			t.Error(err)
		}
	})
}

// A prompt longer than the context is refused instead of losing the rubric in silence.
func TestContextOverflow(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		s.Echo(t, "narrow")
		e := ollama.New(ollama.Config{Client: ollama.NewClient(s.URL), Model: "narrow", Options: ollama.Options{Context: 2048, KeepAlive: time.Minute}})
		defer e.Close()
		_, err := e.Evaluate(t.Context(), request(locks(), strings.Repeat(kills+" ", 30)), nil)
		if !errors.Is(err, ollama.ErrContext) {
			t.Error(err)
		}
	})
}

// Called off while the model loads, the load goes on for the next one.
func TestCancelWhileLoading(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		s.Derive(t, "fresh", "echo", map[string]any{"template": "{{ range .Messages }}<|{{ .Role }}|>{{ .Content }}<|end|>{{ end }}<|assistant|> "})
		e := evaluator(t, s, "fresh")
		ctx, cancel := context.WithCancel(t.Context())
		_, err := e.Evaluate(ctx, request(locks(), programmed()), func(p session.Partial) {
			if p.Phase == "loading" {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("called off: %v", err)
		}
		if _, err := e.Evaluate(t.Context(), request(locks(), programmed()), nil); err != nil {
			t.Error(err)
		}
	})
}

// Called off while the model reads or writes, the next answer is judged all the same.
func TestCancelWhileJudging(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		e := evaluator(t, s, "echo")
		r := request(locks(), programmed())
		for name, stop := range map[string]func(session.Partial) bool{
			"at the first verdict": func(p session.Partial) bool { return p.Done == 1 },
			"in the feedback":      func(p session.Partial) bool { return p.Feedback != "" },
		} {
			ctx, cancel := context.WithCancel(t.Context())
			_, err := e.Evaluate(ctx, r, func(p session.Partial) {
				if stop(p) {
					cancel()
				}
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", name, err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond) // in the middle of the prompt
		_, err := e.Evaluate(ctx, request(locks(), strings.Repeat("Something new. ", 60)), nil)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("in the prompt: %v", err)
		}
		if _, err := e.Evaluate(t.Context(), r, nil); err != nil {
			t.Error(err)
		}
	})
}

// Answers that come together are judged one after the other; each is told that it waits.
func TestQueued(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		e := ollama.New(ollama.Config{Client: ollama.NewClient(s.URL), Model: "echo", Waiting: 1})
		defer e.Close()
		r := request(locks(), programmed())
		busy, queued, ended := make(chan struct{}), make(chan struct{}), make(chan error, 2)
		go func() {
			_, err := e.Evaluate(t.Context(), r, func(p session.Partial) {
				if p.Done == 1 && p.Feedback == "" {
					close(busy)
					<-queued
				}
			})
			ended <- err
		}()
		<-busy
		go func() {
			_, err := e.Evaluate(t.Context(), r, func(p session.Partial) {
				if p.Phase == "queued" {
					close(queued)
				}
			})
			ended <- err
		}()
		for range 2 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	})
}

// The model's process dies in the middle of a reply: the answer is judged all the same.
func TestRunnerKilled(t *testing.T) {
	for name, engine := range ollamatest.Engines {
		t.Run(name, func(t *testing.T) {
			s := ollamatest.Start(t, "OLLAMA_NEW_ENGINE="+engine)
			s.Echo(t, "echo")
			killed := false
			r := request(locks(), programmed())
			j, err := evaluator(t, s, "echo").Evaluate(t.Context(), r, func(p session.Partial) {
				if p.Done == 1 && !killed {
					killed = true
					s.KillRunners(t)
				}
			})
			if err != nil || !killed || score(r.Question, r.Answers, j) < 60 {
				t.Errorf("killed %v: %+v, %v", killed, j, err)
			}
		})
	}
}

// The server is started again between two answers: the model is loaded anew, nothing else is seen.
func TestServerRestarted(t *testing.T) {
	s := ollamatest.Start(t)
	s.Echo(t, "echo")
	e := evaluator(t, s, "echo")
	r := request(locks(), programmed())
	if _, err := e.Evaluate(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	s.Stop()
	if _, err := e.Evaluate(t.Context(), r, nil); !errors.Is(err, ollama.ErrUnreachable) {
		t.Errorf("stopped: %v", err)
	}
	s.Restart(t)
	loading := false
	if _, err := e.Evaluate(t.Context(), r, func(p session.Partial) { loading = loading || p.Phase == "loading" }); err != nil || !loading {
		t.Errorf("restarted: loading %v, %v", loading, err)
	}
}

// What was read ahead is not read again: the answer's own prompt evaluation is what is left.
func TestWarm(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		e := evaluator(t, s, "echo")
		other := locks()
		other.Ask = "Another question altogether, so that nothing of this one is left in the cache: what is a map?"
		q := locks()
		toFirst := func(warm bool) time.Duration {
			if _, err := e.Evaluate(t.Context(), request(other, programmed()), nil); err != nil {
				t.Fatal(err)
			}
			if warm {
				if err := e.Warm(t.Context(), session.Request{Interview: "i", Question: q}, func(session.Partial) {}); err != nil {
					t.Fatal(err)
				}
			}
			begun, first := time.Now(), time.Duration(0)
			_, err := e.Evaluate(t.Context(), request(q, programmed()), func(p session.Partial) {
				if first == 0 && p.Phase == "" {
					first = time.Since(begun)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			return first
		}
		cold, warm := toFirst(false), toFirst(true)
		t.Logf("to the first verdict: cold %s, warm %s", cold, warm)
	})
}

// While somebody waits for a judgement nothing is read ahead.
func TestWarmOnlyWhenIdle(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		e := evaluator(t, s, "echo")
		warmed := false
		_, err := e.Evaluate(t.Context(), request(locks(), programmed()), func(p session.Partial) {
			if p.Done == 1 && !warmed {
				warmed = true
				if err := e.Warm(t.Context(), request(locks()), func(session.Partial) { t.Error("it loads") }); err != nil {
					t.Error(err)
				}
			}
		})
		if err != nil || !warmed {
			t.Error(err)
		}
	})
}

func TestModels(t *testing.T) {
	onEngines(t, func(t *testing.T, s *ollamatest.Server) {
		c := ollama.NewClient(s.URL)
		version, err := c.Version(t.Context())
		if err != nil || version != "0.17.4" {
			t.Error(version, err)
		}
		all, err := c.Models(t.Context())
		if err != nil || len(all) == 0 {
			t.Fatal(all, err)
		}
		if m, err := c.Choose(t.Context(), "echo"); err != nil || m.Name != "echo:latest" || m.Digest == "" || m.Size == 0 {
			t.Errorf("%+v, %v", m, err)
		}
		if _, err := c.Choose(t.Context(), ""); !errors.Is(err, ollama.ErrNoModel) || !strings.Contains(err.Error(), ollama.Suitable[0]) {
			t.Errorf("none is suitable: %v", err)
		}
		if n, err := c.LongestContext(t.Context(), "echo"); err != nil || n != 8192 {
			t.Error(n, err)
		}
		if err := c.Pull(t.Context(), "nosuch", func(ollama.Pulled) {}); session.KindOf(err) != session.Unavailable {
			t.Errorf("pulled without a network: %v", err)
		}
	})
}
