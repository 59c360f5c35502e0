package lint

import (
	"context"
	"runtime"
	"sync"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// Check finds what is wrong or weak in a bank, by file, line and column. ev
// judges the ideal answers and is to be the built-in evaluator. The error is
// that of the evaluator or of ctx.
func Check(ctx context.Context, b *bank.Bank, at *bank.Places, ev session.Evaluator) ([]Finding, error) {
	found := make([][]Finding, len(b.Questions))
	errs := make([]error, len(b.Questions))
	todo := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range todo {
				found[i], errs[i] = checkQuestion(ctx, b, i, at, ev)
			}
		})
	}
	for i := range b.Questions {
		todo <- i
	}
	close(todo)
	wg.Wait()
	all := append(checkBank(b, at), checkLayout(at)...)
	for i := range found {
		if errs[i] != nil {
			return nil, errs[i]
		}
		all = append(all, found[i]...)
	}
	return inOrder(all, at.Files()), nil
}

// question is one question under inspection.
type question struct {
	*bank.Question
	node  bank.Node
	at    *bank.Places
	test  bank.Test
	asked map[string]bool // the stems of its text
	found []Finding
}

// fail notes that the rule is broken at a part of the question.
func (q *question) fail(rule string, at bank.Node, format string, args ...any) {
	q.found = append(q.found, newFinding(rule, at.Place(), format, args...))
}

func checkQuestion(ctx context.Context, b *bank.Bank, i int, at *bank.Places, ev session.Evaluator) ([]Finding, error) {
	q := &question{Question: &b.Questions[i], node: at.Question(i), at: at, test: b.Test}
	q.asked = setOf(stems(q.Ask))
	q.followUps()
	q.expectations()
	q.placeholders()
	q.observable()
	q.overlaps()
	q.missing()
	q.telling()
	q.matches()
	q.cases()
	q.asking()
	err := q.ideal(ctx, ev)
	return q.found, err
}

// mostParts is how many points of a question are compared with one another and
// with its other texts. Nobody writes so many; a hostile bank may hold
// thousands, and time grows with their square.
const mostParts = 100

// few is the first of the parts, as many as are compared.
func few[T any](list []T) []T { return list[:min(len(list), mostParts)] }

// parts lists what the question is scored on with the places of each.
func (q *question) parts() []part {
	var out []part
	for i, c := range q.Criteria() {
		list := "key_points"
		if c.Leveled {
			list, i = "dimensions", i-len(q.KeyPoints)
		}
		out = append(out, part{c, q.node.Key(list).Index(i)})
	}
	return out
}

// part is a key point or dimension and where it stands.
type part struct {
	rubric.Criterion
	node bank.Node
}

// kind is what people call it.
func (p part) kind() string {
	if p.Leveled {
		return "dimension"
	}
	return "point"
}

// stems gives the stems of a text's words without the function words.
func stems(s string) []string { return text.Content(text.Tokens(s)) }

func setOf(list []string) map[string]bool {
	out := make(map[string]bool, len(list))
	for _, s := range list {
		out[s] = true
	}
	return out
}
