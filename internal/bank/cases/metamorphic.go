package cases

import (
	"context"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Kind is what a metamorphic check is about.
type Kind string

// The kinds of metamorphic checks. Their bounds are docs/bank-test.md's.
const (
	Subset    Kind = "subset"    // some of the say sentences score what their points are worth
	Drop      Kind = "drop"      // a point left out is a gap
	Add       Kind = "add"       // one more say sentence never lowers the score
	Order     Kind = "order"     // the sentences in another order
	Bullets   Kind = "bullets"   // as a list
	Letters   Kind = "case"      // in capitals, in small letters
	Space     Kind = "space"     // with other white space
	Ideal     Kind = "ideal"     // the best answer there is
	Thrice    Kind = "thrice"    // the best answer three times over
	Echo      Kind = "echo"      // the question said back
	List      Kind = "list"      // the rubric's words without a sentence
	Shuffled  Kind = "shuffled"  // the best answer's words in a random order
	Negated   Kind = "negated"   // the best answer denied sentence by sentence
	Others    Kind = "others"    // the best answers to the bank's other questions
	DontKnow  Kind = "dont-know" // "I don't know"
	Empty     Kind = "empty"     // nothing
	Injection Kind = "injection" // orders to whoever judges
	Ramble    Kind = "ramble"    // long and on topic, without a point
)

// slack is how many points a score may differ where it should not.
const slack = 5

// metamorphic makes and runs the checks of one question.
type metamorphic struct {
	suite    *suite
	question *bank.Question

	start   *session.Interview
	heard   map[string]Outcome // by answer
	results []CheckResult
	others  []otherScore
	tally   tally
}

// run makes every check of the question.
func (m *metamorphic) run(ctx context.Context) error {
	none := 0
	var err error
	if m.start, err = m.suite.judge.begin(m.suite.bank, m.question, &none); err != nil {
		return err
	}
	m.heard, m.tally = map[string]Outcome{}, tally{}
	for _, part := range []func(context.Context) error{m.combinations, m.wordings, m.attacks, m.strangers} {
		if err := part(ctx); err != nil {
			return m.excuse(ctx, err)
		}
	}
	m.heard = nil
	return nil
}

// excuse notes that the evaluator failed; only a cancelled run is an error.
func (m *metamorphic) excuse(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	c := CheckResult{Question: m.question.ID, Kind: Ideal, Name: "evaluation", Expected: "a judgement", Got: err.Error()}
	if session.KindOf(err) == session.Unavailable {
		c.Skipped = err.Error()
	}
	m.results = append(m.results, c)
	return nil
}

// hear has an answer judged, once however often it is asked for.
func (m *metamorphic) hear(ctx context.Context, answer string) (Outcome, error) {
	if o, ok := m.heard[answer]; ok {
		return o, nil
	}
	o, err := m.suite.judge.hear(ctx, m.start, answer, nil)
	if err == nil {
		m.heard[answer] = o
	}
	return o, err
}

// add notes a check of an answer.
func (m *metamorphic) add(kind Kind, name, answer string, o Outcome, ok bool, expected, got string) {
	r := CheckResult{Question: m.question.ID, Kind: kind, Name: name, OK: ok, Expected: expected, Got: got}
	if !ok {
		r.Answer, r.Verdicts = answer, o.Verdicts
	}
	m.results = append(m.results, r)
}

// most wants an answer to score no more than a limit.
func (m *metamorphic) most(ctx context.Context, kind Kind, name, answer string, limit float64) error {
	return m.bound(ctx, kind, name, answer, "at most ", func(v float64) bool { return v <= limit+rounding }, limit)
}

// least wants an answer to score no less than a limit.
func (m *metamorphic) least(ctx context.Context, kind Kind, name, answer string, limit float64) error {
	return m.bound(ctx, kind, name, answer, "at least ", func(v float64) bool { return v >= limit-rounding }, limit)
}

// near wants an answer to score about as much as another.
func (m *metamorphic) near(ctx context.Context, kind Kind, name, answer string, value float64) error {
	within := m.within()
	return m.bound(ctx, kind, name, answer, fmt.Sprintf("±%g of ", within), func(v float64) bool {
		return math.Abs(v-value) <= within+rounding
	}, value)
}

// rounding is what floating point may be off.
const rounding = 1e-6

func (m *metamorphic) within() float64 { return math.Max(m.suite.bank.Test.Tolerance, slack) }

func (m *metamorphic) bound(ctx context.Context, kind Kind, name, answer, words string, holds func(float64) bool, limit float64) error {
	if utf8.RuneCountInString(answer) > session.MaxAnswer {
		return nil // nobody can give it
	}
	o, err := m.hear(ctx, answer)
	if err != nil {
		return err
	}
	m.add(kind, name, answer, o, holds(o.Score.Value), words+number(math.Round(limit)), ScoreText(o.Score))
	return nil
}

// best is the best answer the author wrote.
func best(q *bank.Question) string {
	if len(q.Dimensions) > 0 || q.Ideal == "" {
		return q.Say()
	}
	return q.Ideal
}

// sayings are the points that have a say sentence.
func sayings(q *bank.Question) []rubric.Criterion {
	var out []rubric.Criterion
	for _, c := range q.Criteria() {
		if c.Say != "" {
			out = append(out, c)
		}
	}
	return out
}

func ids(points []rubric.Criterion) string {
	var out []string
	for _, c := range points {
		out = append(out, c.ID)
	}
	return strings.Join(out, "+")
}

func say(points []rubric.Criterion) string {
	var out []string
	for _, c := range points {
		out = append(out, c.Say)
	}
	return strings.Join(out, " ")
}
