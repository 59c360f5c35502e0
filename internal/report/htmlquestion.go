package report

import (
	"fmt"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// questionView is one question of a page.
type questionView struct {
	Number       int
	Topic, Level string
	Score, Band  string // "" without a score
	Facts        []fact
	Turns        []turnView
	Lists        []pointList
	Feedback     []block
	Ideal        []block
	References   []run
}

// turnView is what was asked and what was said.
type turnView struct {
	Title string // "" for the main question
	Ask   []block
	Hints [][]run
	Note  string // how long it took, or why there is no answer
	Said  []segment
	Code  bool
}

// pointList is a table of verdicts, numbered on from the list before it.
type pointList struct {
	Title string
	Rows  []pointView
}

type pointView struct {
	ID     string // an anchor for links
	Number int
	point
	Kind  string
	Words []run
}

func questionOf(q session.QuestionReport) questionView {
	v := questionView{
		Number: q.Number, Topic: Line(q.Topic), Level: fmt.Sprintf("level %d", q.Level),
		Facts: questionResult(q, written), Lists: listsOf(q),
	}
	if q.Result.Over && q.Result.Final.Judged {
		v.Score = Score(q.Result.Final.Value, q.Result.Final.Upper)
		v.Band = string(q.Result.Final.Band())
	}
	for i, title := range turnTitles(q) {
		v.Turns = append(v.Turns, turnOf(q, i, title))
	}
	if rev := q.Reveal; rev != nil {
		v.Feedback, v.Ideal = blocks(rev.Feedback), blocks(rev.Ideal)
		for _, ref := range rev.References {
			v.References = append(v.References, referenceRun(ref))
		}
	}
	return v
}

func turnOf(q session.QuestionReport, i int, title string) turnView {
	t := q.Turns[i]
	v := turnView{Ask: blocks(t.Asked.Ask), Note: turnNote(t, written)}
	if t.Asked.Kind == session.FollowUpTurn {
		v.Title = title
	}
	for _, h := range t.HintsGiven {
		v.Hints = append(v.Hints, codeRuns(h))
	}
	if t.Answered && !t.Skipped {
		v.Said = segments(t.Answer, quotedIn(q, t.Asked.Turn))
		v.Code = looksLikeCode(text.Clean(t.Answer))
	}
	return v
}

func listsOf(q session.QuestionReport) []pointList {
	var out []pointList
	n := 0
	add := func(title string, list []point, revealed []session.RevealedPoint) {
		if len(list) == 0 {
			return
		}
		rows := make([]pointView, len(list))
		for i, p := range list {
			n++
			rows[i] = pointView{fmt.Sprintf("q%d-p%d", q.Number, n), n, p, verdictKind(q, revealed[i].Verdict), codeRuns(p.Text)}
		}
		out = append(out, pointList{title, rows})
	}
	if rev := q.Reveal; rev != nil {
		add(pointWord(q)+"s", pointsOf(q), rev.Points)
		add("Beyond the question, not in the score", beyondOf(q), rev.Own)
		add("Misconceptions", misconceptionsOf(q), rev.Misconceptions)
	}
	return out
}

// verdictKind is the style of a verdict, one of a few words of ours.
func verdictKind(q session.QuestionReport, v rubric.Verdict) string {
	switch v.Status {
	case rubric.Met, rubric.Partial, rubric.Missed, rubric.Contradicted:
		if !q.Result.Unassessed {
			return string(v.Status)
		}
	}
	return "open"
}

// referenceRun is where to read on; only web addresses become links.
func referenceRun(r rubric.Reference) run {
	title, link := Line(r.Title), Line(r.URL)
	switch {
	case !webAddress(link):
		return run{Text: Line(title + " " + link)}
	case title == "":
		return run{Text: link, Link: link}
	}
	return run{Text: title, Link: link}
}
