package lint

import (
	"regexp"
	"strconv"

	"github.com/elios/elios/internal/bank"
)

// vaguePoint is a point that speaks of what is in a candidate's head. "Knows
// that …" is left alone: what follows is a fact, and facts can be said.
var vaguePoint = regexp.MustCompile(`(?i)^(the |a )?(candidate |answer |they |he |she )?((clearly|really|fully|generally|has|have|shows?|demonstrates?|displays?|is|are|an?|the|some|good|very|deep|deeper|solid|basic|strong|thorough|clear|general|sound|broad|well|at least) )*` +
	`(understands?|understanding|knows?( about| how| what| the)|knowledge|familiar|familiarity|aware(ness)? of|appreciates?|appreciation|grasps?|comfortable|experienced?|expertise|proficien(t|cy)|competen(t|ce)|confident|acquainted)\b( that)?`)

// observable finds points that name nothing one could hear in an answer.
func (q *question) observable() {
	for i, p := range q.KeyPoints {
		q.vague(p.ID, p.Point, q.node.Key("key_points").Index(i).Key("point"))
	}
	for i, d := range q.Dimensions {
		for level, s := range d.Anchors {
			q.vague(d.ID, s, q.node.Key("dimensions").Index(i).Key("anchors").Key(strconv.Itoa(level)))
		}
	}
	for i, f := range q.FollowUps {
		for j, p := range f.KeyPoints {
			q.vague(p.ID, p.Point, q.node.Key("follow_ups").Index(i).Key("key_points").Index(j).Key("point"))
		}
	}
}

func (q *question) vague(id, s string, at bank.Node) {
	m := vaguePoint.FindStringSubmatch(s)
	if m == nil || m[len(m)-1] != "" {
		return
	}
	q.fail(notObservable, at, "%q asks for %s, which nobody can quote from an answer", id, quoted(s))
}

// unwritten is the beginning of a text that is still to be written.
var unwritten = regexp.MustCompile(`^(TODO|FIXME|TBD|XXX)\b`)

// placeholders finds texts nobody has written yet.
func (q *question) placeholders() {
	q.eachText(func(s string, at bank.Node) {
		if unwritten.MatchString(s) {
			q.fail(placeholder, at, "this text is still to be written: %s", quoted(s))
		}
	})
}

// eachText visits the texts an author writes for a question.
func (q *question) eachText(do func(s string, at bank.Node)) {
	do(q.Ask, q.node.Key("ask"))
	do(q.Context, q.node.Key("context"))
	do(q.Ideal, q.node.Key("ideal"))
	for i, p := range q.KeyPoints {
		at := q.node.Key("key_points").Index(i)
		do(p.Point, at.Key("point"))
		do(p.Say, at.Key("say"))
		do(p.Probe, at.Key("probe"))
	}
	for i, d := range q.Dimensions {
		at := q.node.Key("dimensions").Index(i)
		for level, s := range d.Anchors {
			do(s, at.Key("anchors").Key(strconv.Itoa(level)))
		}
		do(d.Say, at.Key("say"))
		do(d.Probe, at.Key("probe"))
	}
	for i, m := range q.Misconceptions {
		do(m.Point, q.node.Key("misconceptions").Index(i).Key("point"))
	}
	for i, s := range q.Hints {
		do(s, q.node.Key("hints").Index(i))
	}
	q.eachFollowUpText(do)
	for i, c := range q.Cases {
		do(c.Answer, q.node.Key("cases").Index(i).Key("answer"))
	}
}

func (q *question) eachFollowUpText(do func(s string, at bank.Node)) {
	for i, f := range q.FollowUps {
		at := q.node.Key("follow_ups").Index(i)
		do(f.Ask, at.Key("ask"))
		for j, p := range f.KeyPoints {
			do(p.Point, at.Key("key_points").Index(j).Key("point"))
			do(p.Say, at.Key("key_points").Index(j).Key("say"))
		}
	}
}
