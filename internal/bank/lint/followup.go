package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// followUps finds follow-ups that can never be asked, by the rules under which
// an interview chooses them.
func (q *question) followUps() {
	for i := range few(q.FollowUps) {
		if why := q.neverAsked(i); why != "" {
			q.fail(unreachable, q.node.Key("follow_ups").Index(i), "the follow-up %q can never be asked: %s", q.FollowUps[i].ID, why)
		}
	}
}

// mostRanged is how many points a question may have for its ranges of scores to
// be looked at.
const mostRanged = 40

// neverAsked says why a follow-up cannot come, "" when it can.
func (q *question) neverAsked(i int) string {
	f := &q.FollowUps[i]
	switch {
	case q.maxFollowUps() == 0:
		return "max_follow_ups is 0"
	case folded(f.Ask) == folded(q.Ask):
		return "it is the question itself, which has been asked"
	}
	if len(q.Criteria()) <= mostRanged {
		if why := q.neverHolds(f); why != "" {
			return why
		}
	}
	return q.alwaysLate(i)
}

func (q *question) maxFollowUps() int {
	if q.MaxFollowUps == nil {
		return 1 // at least; an interview decides
	}
	return *q.MaxFollowUps
}

// neverHolds says why its condition cannot hold while there is something left
// to aim at.
func (q *question) neverHolds(f *rubric.FollowUp) string {
	o := allVerdicts(&q.Question.Question)
	hold(o, f.When)
	if id := o.empty(&q.Question.Question); id != "" {
		return fmt.Sprintf("`when` asks for a verdict of %q that it cannot have", id)
	}
	all := q.heldWhere(func(string) bool { return true })
	if f.Stretch() {
		if s := o.reach(&q.Question.Question, all, nil); !s.meets(f.When.Score, 0) {
			return fmt.Sprintf("its `when` wants a score of %s, and the rest of it leaves %s", f.When.Score, s)
		}
		return ""
	}
	why := "everything it aims at is met when its `when` holds"
	for _, id := range q.targets(f) {
		tried := o.copy()
		tried.keep(id, rubric.Verdict.Gap)
		if len(tried[id]) == 0 {
			continue
		}
		s := tried.reach(&q.Question.Question, all, nil)
		if s.meets(f.When.Score, 0) {
			return ""
		}
		why = fmt.Sprintf("its `when` wants a score of %s, and while %q is open it leaves %s", f.When.Score, id, s)
	}
	return why
}

// targets are the points one of which must be open; of a follow-up that names
// none, any.
func (q *question) targets(f *rubric.FollowUp) []string {
	if t := f.Targets(); len(t) > 0 {
		return t
	}
	var out []string
	for _, c := range q.Criteria() {
		out = append(out, c.ID)
	}
	return out
}

// hold keeps the verdicts under which a condition holds; the score is left to
// the caller.
func hold(o options, w rubric.When) {
	o.keepAll(w.Missed, rubric.Verdict.Gap)
	o.keepAll(w.Met, func(v rubric.Verdict) bool { return !v.Gap() && v.Status != rubric.CannotAssess })
	o.keepAll(w.Contradicted, func(v rubric.Verdict) bool { return v.Status == rubric.Contradicted })
}

// alwaysLate says which follow-ups always use up the question's follow-ups
// before this one comes.
func (q *question) alwaysLate(i int) string {
	var before []string
	for j := range few(q.FollowUps) {
		if j != i && q.alwaysFirst(j, i) {
			before = append(before, q.FollowUps[j].ID)
		}
	}
	if q.MaxFollowUps == nil || len(before) < *q.MaxFollowUps {
		return ""
	}
	return fmt.Sprintf("%s always comes first, and max_follow_ups is %d", strings.Join(before, ", "), *q.MaxFollowUps)
}

// alwaysFirst tells whether the follow-up j is asked whenever i could be, and
// before it. That is certain only where nothing j aims at can have been probed:
// for a stretch, and when there is one follow-up at all.
func (q *question) alwaysFirst(j, i int) bool {
	first, later := &q.FollowUps[j], &q.FollowUps[i]
	switch {
	case first.Stretch() != later.Stretch():
		if later.Stretch() {
			return false
		}
	case j > i:
		return false
	}
	if !implies(later.When, first.When) {
		return false
	}
	targets := first.Targets()
	return first.Stretch() || len(targets) == 0 ||
		*q.MaxFollowUps == 1 && slices.ContainsFunc(targets, func(id string) bool {
			return slices.Contains(later.When.Missed, id) || slices.Contains(later.When.Contradicted, id)
		})
}

// implies tells whether b holds whenever a does.
func implies(a, b rubric.When) bool {
	open := append(slices.Clone(a.Missed), a.Contradicted...)
	return within(b.Missed, open) && within(b.Met, a.Met) && within(b.Contradicted, a.Contradicted) && tighter(a.Score, b.Score)
}

func within(ids, all []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(all, id) })
}

// tighter tells whether every score within a is within b.
func tighter(a, b rubric.Bound) bool {
	if b.IsZero() {
		return true
	}
	if a.IsZero() || a.Low < b.Low || a.High > b.High {
		return false
	}
	return !(b.OpenLow && a.Low == b.Low && !a.OpenLow) && !(b.OpenHigh && a.High == b.High && !a.OpenHigh)
}

func folded(s string) string { return strings.Join(text.Tokens(s), " ") }
