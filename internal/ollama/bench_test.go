package ollama

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/elios/elios/internal/ollama/ollamatest"
	"github.com/elios/elios/internal/ollama/tinymodel"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// realistic is a model of 47 million parameters with random weights: 190 MB, the time per token of a
// small real one. It writes noise in the right form.
func realistic(b *testing.B, s *ollamatest.Server) string {
	b.Helper()
	var file bytes.Buffer
	if err := tinymodel.Random(&file, 1, 8, 768); err != nil {
		b.Fatal(err)
	}
	s.Create(b, "realistic", file.Bytes(), map[string]any{"template": tinymodel.Template, "parameters": map[string]any{"num_thread": 2}})
	return "realistic"
}

func benchRequest(n int) session.Request {
	q := rubric.Question{ID: "q", Ask: "What happens when a goroutine sends on a closed channel?", KeyPoints: []rubric.KeyPoint{
		{ID: "pan", Weight: 2, Point: "The send panics."}, {ID: "own", Weight: 1, Point: "Only the sender closes."},
	}, Ideal: "The send panics, so only the sender may close the channel."}
	q.Ask += " " + string(rune('A'+n%26)) + "?" // another question each time: nothing of it is in the cache
	return session.Request{
		Interview: "b", Turn: 1, Question: q, Asked: []string{q.Ask},
		Answers: []rubric.Answer{{Turn: 1, Ask: q.Ask, Text: "It panics, which is why the side that sends should be the one that closes."}},
	}
}

// BenchmarkPrefix prints the time to the first word of a reply, of a question that is new to the server
// and of one that was read ahead: the median of pairs.
func BenchmarkPrefix(b *testing.B) {
	s := ollamatest.Start(b)
	e := New(Config{Client: NewClient(s.URL), Model: realistic(b, s)})
	defer e.Close()
	first := func(r session.Request) time.Duration {
		ctx, cancel := context.WithCancel(b.Context())
		defer cancel()
		p := newPrompt(r, e.key)
		begun, took := time.Now(), time.Duration(0)
		_, _ = e.cfg.Client.chat(ctx, asking{model: e.cfg.Model, messages: p.messages(), tokens: 1, format: p.form.schema(), on: func(string) {
			if took == 0 {
				took = time.Since(begun)
			}
		}}, e.cfg.Options, e.cfg.Patience)
		return took
	}
	var cold, warm []time.Duration
	for n := 0; b.Loop(); n += 2 {
		cold = append(cold, first(benchRequest(n)))
		r := benchRequest(n + 1)
		if err := e.Warm(b.Context(), session.Request{Interview: "b", Question: r.Question}, func(session.Partial) {}); err != nil {
			b.Fatal(err)
		}
		warm = append(warm, first(r))
	}
	b.ReportMetric(median(cold).Seconds()*1000, "cold-ms")
	b.ReportMetric(median(warm).Seconds()*1000, "warm-ms")
}

// BenchmarkOverhead prints what elios adds to a bare request with the same prompt: the median of the
// ratios of pairs, in one run. The model copies a whole judgement out of its prompt.
func BenchmarkOverhead(b *testing.B) {
	s := ollamatest.Start(b)
	s.Echo(b, "echo")
	e := New(Config{Client: NewClient(s.URL), Model: "echo"})
	defer e.Close()
	r := benchRequest(0)
	r.Answers[0].Text += ` {"evidence_pan":"It panics, which is why the side that sends","verdict_pan":"met",` +
		`"evidence_own":"the side that sends should be the one that closes","verdict_own":"met",` +
		`"feedback":"You said what happens, and drew the right rule from it.","target":"none","follow_up":""}`
	p := newPrompt(r, e.key)
	bare := func() time.Duration {
		begun := time.Now()
		if _, err := e.cfg.Client.chat(b.Context(), asking{model: e.cfg.Model, messages: p.messages(), tokens: p.form.tokens(), format: p.form.schema()}, e.cfg.Options, e.cfg.Patience); err != nil {
			b.Fatal(err)
		}
		return time.Since(begun)
	}
	ours := func() time.Duration {
		begun := time.Now()
		if _, err := e.Evaluate(b.Context(), r, func(session.Partial) {}); err != nil {
			b.Fatal(err)
		}
		return time.Since(begun)
	}
	ours()
	var ratios, times []float64
	for b.Loop() {
		one, other := bare(), ours()
		ratios, times = append(ratios, float64(other)/float64(one)), append(times, one.Seconds()*1000)
	}
	slices.Sort(ratios)
	slices.Sort(times)
	b.ReportMetric(ratios[len(ratios)/2], "ratio")
	b.ReportMetric(times[len(times)/2], "bare-ms")
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}
