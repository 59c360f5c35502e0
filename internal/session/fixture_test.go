package session_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

var t0 = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// queue and cache are two questions of our own; both have three points, the
// first a must.
func queue() rubric.Question {
	return rubric.Question{
		ID: "queue", Type: rubric.Open, Topic: "messaging", TopicTitle: "Messaging", Level: 2, Language: "en",
		TimeLimit: rubric.Duration(4 * time.Minute),
		Ask:       "Why would a shop put a queue between checkout and billing?",
		KeyPoints: []rubric.KeyPoint{
			{ID: "decouple", Weight: 2, Must: true, Point: "Checkout keeps working while billing is down.", Say: "Checkout keeps working while billing is down.", Probe: "Billing stops for an hour. What do customers notice?"},
			{ID: "burst", Weight: 1, Point: "The queue absorbs bursts.", Say: "The queue absorbs bursts of orders.", Probe: "Ten times the orders arrive at noon. What happens?"},
			{ID: "twice", Weight: 1, Point: "Consumers must be idempotent because messages come twice.", Say: "Messages may be delivered twice, so billing is idempotent.", Probe: "The same order arrives again. What then?"},
		},
		Misconceptions: []rubric.Misconception{{ID: "faster", Penalty: 10, Point: "Claims that a queue makes billing faster."}},
		Ideal:          "Checkout keeps working while billing is down. The queue absorbs bursts of orders. Messages may be delivered twice, so billing is idempotent.",
		Hints:          []string{"Think of an outage.", "Think of a sale."},
		FollowUps: []rubric.FollowUp{
			{ID: "fu-burst", When: rubric.When{Missed: []string{"burst"}}, Ask: "And at noon on a sale day?", Covers: []string{"burst"}},
			{
				ID: "fu-dead", When: rubric.When{Met: []string{"decouple", "burst"}, Score: mustBound(">=70")}, Level: 4, Ask: "Where do poison messages go?",
				KeyPoints: []rubric.KeyPoint{{ID: "dlq", Weight: 1, Point: "To a dead letter queue.", Say: "They go to a dead letter queue."}},
			},
		},
	}
}

func cache() rubric.Question {
	q := queue()
	q.ID, q.Ask, q.FollowUps, q.Topic, q.TopicTitle = "cache", "When does a cache hurt?", nil, "caching", "Caching"
	q.KeyPoints = []rubric.KeyPoint{
		{ID: "stale", Weight: 2, Must: true, Point: "Readers see old values.", Probe: "A price changes. Who sees what?"},
		{ID: "memory", Weight: 1, Point: "It takes memory from others.", Probe: "What does it cost when nothing is hit?"},
		{ID: "stampede", Weight: 1, Point: "Many misses at once hit the source.", Probe: "All entries end at noon. And then?"},
	}
	q.Hints = nil
	return q
}

func story() rubric.Question {
	anchors := map[int]string{0: "none", 3: "some", 5: "all"}
	return rubric.Question{
		ID: "story", Type: rubric.Behavioral, Topic: "ownership", Level: 1, Ask: "Tell me about a mistake.",
		Dimensions: []rubric.Dimension{
			{ID: "action", Weight: 2, Anchors: anchors, Say: "I told the team.", Probe: "What did you do?"},
			{ID: "result", Weight: 1, Anchors: anchors, Say: "We lost one hour.", Probe: "How did it end?"},
		},
	}
}

func mustBound(s string) rubric.Bound {
	b, err := rubric.ParseBound(s)
	if err != nil {
		panic(err)
	}
	return b
}

// game drives an interview and keeps its journal.
type game struct {
	t      *testing.T
	iv     *session.Interview
	events []session.Event
	now    time.Time
}

func newGame(t *testing.T, change func(*session.Settings), questions ...rubric.Question) *game {
	t.Helper()
	if len(questions) == 0 {
		questions = []rubric.Question{queue(), cache()}
	}
	s := session.Settings{Bank: "shop", Count: len(questions), Mode: session.Practice, Seed: 7}
	if change != nil {
		change(&s)
	}
	iv, events, err := session.Create("iv-1", s, session.BankRef{ID: "shop", Title: "Shop", Version: "1.0.0"}, questions, session.EvaluatorInfo{Name: session.Builtin}, t0)
	if err != nil {
		t.Fatal(err)
	}
	return &game{t: t, iv: iv, events: events, now: t0}
}

// do applies a command that must be taken and returns its events.
func (g *game) do(cmd session.Command) []session.Event {
	g.t.Helper()
	g.now = g.now.Add(time.Second)
	events, err := session.Decide(g.iv, cmd, g.now)
	if err != nil {
		g.t.Fatalf("%s: %v", cmd.Type(), err)
	}
	for _, e := range events {
		g.iv = session.Apply(g.iv, e)
	}
	g.events = append(g.events, events...)
	return events
}

// refused sends a command that must not be taken and checks that nothing
// changed.
func (g *game) refused(cmd session.Command, kind session.Kind) *session.Error {
	g.t.Helper()
	before := asJSON(g.t, g.iv)
	events, err := session.Decide(g.iv, cmd, g.now)
	var e *session.Error
	if !errors.As(err, &e) || e.Kind != kind {
		g.t.Fatalf("%s in %s: got %v, %v; want kind %s", cmd.Type(), g.iv.State, events, err, kind)
	}
	if events != nil || asJSON(g.t, g.iv) != before {
		g.t.Fatalf("%s was refused but changed something", cmd.Type())
	}
	return e
}

// changed does a command and checks that it changed nothing of the interview
// but the fields named.
func (g *game) changed(cmd session.Command, fields ...string) []session.Event {
	g.t.Helper()
	before := g.iv
	was := asJSON(g.t, before)
	events := g.do(cmd)
	if asJSON(g.t, before) != was {
		g.t.Fatalf("%s wrote into the interview handed in", cmd.Type())
	}
	a, b := reflect.ValueOf(*before), reflect.ValueOf(*g.iv)
	for i := range a.NumField() {
		name := a.Type().Field(i).Name
		moved := !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface())
		if want := name == "LastSeq" || slices.Contains(fields, name); moved != want {
			g.t.Errorf("%s: field %s changed: %v, want %v (%v)", cmd.Type(), name, moved, want, b.Field(i).Interface())
		}
	}
	return events
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (g *game) state(want session.State) {
	g.t.Helper()
	if g.iv.State != want {
		g.t.Fatalf("state %s, want %s", g.iv.State, want)
	}
}

// answered starts and answers the first question.
func (g *game) answered(body string) *game {
	g.t.Helper()
	if g.iv.State == session.Idle {
		g.do(session.Start{})
	}
	g.do(session.Answer{Turn: g.iv.Turn, Text: body})
	return g
}

const goodAnswer = "Orders are still taken when billing is offline, and a flood of orders waits in line."

// met judges the current turn: the named points are met with the first words of
// the last answer as evidence, the others missed.
func (g *game) met(points ...string) session.Evaluated {
	g.t.Helper()
	t := g.iv.Current()
	q := g.iv.QuestionN(t.Question)
	var verdicts []rubric.Verdict
	for _, c := range q.Criteria() {
		v := rubric.Verdict{Point: c.ID, Status: rubric.Missed}
		for _, p := range points {
			if p == c.ID {
				v = rubric.Verdict{Point: c.ID, Status: rubric.Met, Evidence: []rubric.Evidence{{Answer: t.N, Start: 0, End: len(t.Answer)}}}
			}
		}
		verdicts = append(verdicts, v)
	}
	return session.Evaluated{Turn: t.N, By: g.iv.Evaluator, Judgement: session.Judgement{Verdicts: verdicts}}
}

func types(events []session.Event) []session.EventType {
	out := make([]session.EventType, len(events))
	for i, e := range events {
		out[i] = e.Data.EventType()
	}
	return out
}

func find[T session.EventData](t *testing.T, events []session.Event) T {
	t.Helper()
	for _, e := range events {
		if d, ok := e.Data.(T); ok {
			return d
		}
	}
	var zero T
	t.Fatalf("no %s among %v", zero.EventType(), types(events))
	return zero
}
