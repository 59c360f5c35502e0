package ollama_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/elios/elios/internal/ollama"
	"github.com/elios/elios/internal/ollama/ollamatest"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// locks is a question of two points. Their ids are short: the tiny model looks back eight bytes, and
// has to find out which point it is at.
func locks() rubric.Question {
	return rubric.Question{
		ID: "locks", Type: rubric.Open, Level: 2, Language: "en",
		Ask: "Two goroutines write to one map. What happens, and what do you do?",
		KeyPoints: []rubric.KeyPoint{
			{ID: "run", Weight: 2, Must: true, Point: "The runtime detects concurrent writes and ends the program."},
			{ID: "mux", Weight: 1, Point: "A mutex around every access makes it safe."},
		},
		Misconceptions: []rubric.Misconception{{ID: "map", Penalty: 10, Point: "Claims that maps are safe for concurrent use."}},
		Ideal:          "The runtime notices concurrent map writes and kills the program. I guard each access with a mutex.",
	}
}

// request asks for a judgement of answers to a question.
func request(q rubric.Question, answers ...string) session.Request {
	r := session.Request{Interview: "i", Turn: len(answers), Question: q}
	for i, a := range answers {
		ask := q.Ask
		if i > 0 {
			ask = "And what else happens then?"
		}
		r.Asked = append(r.Asked, ask)
		r.Answers = append(r.Answers, rubric.Answer{Turn: i + 1, Ask: ask, Text: a})
	}
	return r
}

// point is what a model says of one point.
type point struct{ evidence, verdict string }

var missed = point{"", "missed"}

// reply is a reply on locks, in the order of the schema.
func reply(run, mux point) string {
	return strings.Join([]string{
		`{"evidence_run":` + quoted(run.evidence), `"verdict_run":` + quoted(run.verdict),
		`"evidence_mux":` + quoted(mux.evidence), `"verdict_mux":` + quoted(mux.verdict),
		`"belief_map":""`, `"held_map":"no"`, `"feedback":"You know why it ends."`,
		`"target":"mux"`, `"follow_up":"How would you make it right?"}`,
	}, ",")
}

func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// shared is one server for each engine, kept for all tests that do it no harm.
var shared = struct {
	sync.Mutex
	servers map[string]*ollamatest.Server
}{servers: map[string]*ollamatest.Server{}}

// onEngines runs a test on a real server with each of its engines; the model echo is there.
func onEngines(t *testing.T, test func(t *testing.T, s *ollamatest.Server)) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(ollamatest.Engines)) {
		t.Run(name, func(t *testing.T) { test(t, serverOf(t, name)) })
	}
}

// evaluator judges with a model of a server until the test ends.
func evaluator(t testing.TB, s *ollamatest.Server, model string) *ollama.Evaluator {
	t.Helper()
	// A server that hangs (see Evaluator.unstick) must cost a test seconds, not minutes.
	e := ollama.New(ollama.Config{Client: ollama.NewClient(s.URL), Model: model, Patience: ollama.Patience{Load: time.Minute, First: 15 * time.Second, Idle: 15 * time.Second}})
	t.Cleanup(func() { e.Close() })
	return e
}

// score is what a judgement earns after the session's own checks.
func score(q rubric.Question, answers []rubric.Answer, j session.Judgement) float64 {
	verdicts, held := session.Check(&q, answers, j)
	return rubric.Compute(&q, verdicts, held).Value
}

func find(t testing.TB, verdicts []rubric.Verdict, id string) rubric.Verdict {
	t.Helper()
	v, ok := rubric.Find(verdicts, id)
	if !ok {
		t.Fatalf("no verdict on %s in %v", id, verdicts)
	}
	return v
}
