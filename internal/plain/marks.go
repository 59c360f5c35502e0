package plain

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// place is a point as a person names it: by its number, and by that of its
// question unless it is the last one that is over.
var place = regexp.MustCompile(`^(?:(\d{1,4})\.)?(\d{1,4})(?:\s+(.*))?$`)

// points says the points of a question again, the last that is over if none is
// named.
func (r *runner) points(question string) {
	n := 0
	if question != "" {
		var err error
		if n, err = strconv.Atoi(question); err != nil {
			r.say("Not done: type /points, or /points with the number of a question.")
			return
		}
	}
	if o := r.overOr(n); o != nil {
		r.sayScore(*o)
		r.sayPoints(*o)
	}
}

// mark takes "2 met" or "1.2 met".
func (r *runner) mark(ctx context.Context, rest string) error {
	o, point, verdict := r.find(rest)
	switch status := rubric.Status(strings.TrimRight(verdict, ".")); {
	case o == nil:
		return nil
	case status == "":
		r.say("Not done: type /mark with a point and your verdict on it, such as /mark 2 met.")
		return nil
	default:
		return r.try(ctx, session.Mark{Question: o.Question, Point: point, Status: status})
	}
}

// dispute takes "2 because …" or "1.2 because …".
func (r *runner) dispute(ctx context.Context, rest string) error {
	o, point, reason := r.find(rest)
	if o == nil {
		return nil
	}
	if first, after, _ := strings.Cut(reason, " "); first == "because" {
		reason = after
	}
	return r.try(ctx, session.Dispute{Question: o.Question, Point: point, Reason: reason})
}

// find reads which point is meant, and gives what follows. It is nil when
// there is none, and has said so.
func (r *runner) find(rest string) (o *session.QuestionOver, point, after string) {
	m := place.FindStringSubmatch(rest)
	if m == nil {
		r.say("Not done: name a point by its number, such as /mark 2 met or /dispute 2 because I said so.")
		return nil, "", ""
	}
	question, _ := strconv.Atoi(m[1]) // 0 when it is not named
	n, _ := strconv.Atoi(m[2])
	if o = r.overOr(question); o == nil {
		return nil, "", ""
	}
	if n < 1 || n > len(o.Reveal.Points) {
		r.say("Not done: question %d has %s; /points says them.", o.Question, report.Count(len(o.Reveal.Points), "point"))
		return nil, "", ""
	}
	return o, o.Reveal.Points[n-1].ID, m[3]
}

// overOr finds a question that is over and told, the last one for 0. It is nil
// when there is none, and has said so.
func (r *runner) overOr(question int) *session.QuestionOver {
	told := r.revealed()
	for i := len(told) - 1; i >= 0; i-- {
		if question == 0 || told[i].Question == question {
			return &told[i]
		}
	}
	if question == 0 {
		r.say("Not done: no question is over yet whose points could be told.")
	} else {
		r.say("Not done: the points of question %d are not told yet.", question)
	}
	return nil
}

// revealed lists the questions whose points are known by now. An exam tells them
// at its end.
func (r *runner) revealed() []session.QuestionOver {
	all := r.snap.Over
	if c := r.snap.Completed; c != nil && len(c.Over) > 0 {
		all = c.Over
	}
	var out []session.QuestionOver
	for _, o := range all {
		if o.Reveal != nil && o.Result != nil {
			out = append(out, o)
		}
	}
	return out
}

func (r *runner) sayMarked(d session.Marked) {
	r.say("Your own mark on %s: %s. It is not in the score.", r.pointName(d.Question, d.Point), report.Word(d.Status))
}

func (r *runner) sayDisputed(d session.Disputed) {
	r.say("You dispute the verdict on %s: %s The report keeps it.", r.pointName(d.Question, d.Point), sentence(d.Reason))
}

// sayRegraded tells of a later judgement. Its verdicts are in the report.
func (r *runner) sayRegraded(d session.Regraded) {
	would := ""
	if s := d.Evaluation.Score; s.Judged {
		would = " It would be " + report.SpokenScore(s.Value, s.Upper) + " of 100."
	}
	which := "An answer"
	for _, t := range r.snap.Turns {
		if t.Asked.Turn == d.Turn {
			which = fmt.Sprintf("Your answer to question %d", t.Asked.Question)
		}
	}
	r.say("%s was judged again by %s.%s The first score stays.", which, report.TheEvaluator(d.Evaluation.By), would)
}

// pointName is "point 2 of question 1".
func (r *runner) pointName(question int, id string) string {
	for _, o := range r.revealed() {
		if o.Question != question {
			continue
		}
		for i, p := range o.Reveal.Points {
			if p.ID == id {
				return fmt.Sprintf("point %d of question %d", i+1, question)
			}
		}
	}
	return fmt.Sprintf("point %s of question %d", report.Line(id), question)
}
