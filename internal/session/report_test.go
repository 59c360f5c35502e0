package session_test

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func (g *game) report() session.Report {
	g.t.Helper()
	r, err := session.BuildReport(g.iv)
	if err != nil {
		g.t.Fatal(err)
	}
	return r
}

func TestReportOfAnExamBeforeItsEndIsRefused(t *testing.T) {
	g := newGame(t, exam).answered(goodAnswer)
	r, err := session.BuildReport(g.iv)
	if session.KindOf(err) != session.InvalidState || !reflect.DeepEqual(r, session.Report{}) {
		t.Errorf("%+v %v", r, err)
	}
	g.do(session.End{})
	g.report()
}

func TestReportShowsNoPointsOfAnOpenQuestion(t *testing.T) {
	g := judged(t, session.Practice)
	r := g.report()
	if l := leaks(t, r, without(hidden, "probethree")); l != nil {
		t.Errorf("the report tells %v", l)
	}
	q := r.Questions[0]
	if q.Reveal != nil || q.Result.Verdicts != nil || q.Result.Held != nil || len(q.Turns) != 3 || q.Turns[0].Evaluation == nil || r.Judged != 0 || len(r.Learn) != 0 {
		t.Errorf("%+v", q)
	}
	g.do(session.Skip{Turn: 3})
	if q := g.report().Questions[0]; q.Reveal == nil || len(q.Result.Verdicts) != 3 {
		t.Errorf("%+v", q)
	}
}

func TestReportBeforeTheStart(t *testing.T) {
	r := newGame(t, nil).report()
	if r.Duration != 0 || r.Judged != 0 || r.Band != rubric.NoBand || len(r.Questions) != 0 || r.SelfMarked != nil || r.Interview.Score != nil {
		t.Errorf("%+v", r)
	}
}

func TestReportTable(t *testing.T) {
	for _, tc := range []struct {
		name                     string
		play                     func(g *game)
		score, upper, unprompted float64
		judged, assessed, points int
		band                     rubric.Band
	}{
		{"all met", func(g *game) {
			g.on(goodAnswer, "stale", "memory", "stampede")
			g.on(goodAnswer, "stale", "memory", "stampede")
		}, 100, 100, 100, 2, 6, 6, rubric.Excellent},
		{"one skipped", func(g *game) { g.on(goodAnswer, "stale", "memory", "stampede"); g.do(session.Skip{Turn: 2}) }, 50, 50, 50, 2, 6, 6, rubric.Mixed},
		{"one left open", func(g *game) { g.on(goodAnswer, "stale", "memory", "stampede"); g.do(session.End{}) }, 100, 100, 100, 1, 3, 3, rubric.Excellent},
		{"ended at once", func(g *game) { g.do(session.Start{}); g.do(session.End{}) }, 0, 0, 0, 0, 0, 0, rubric.NoBand},
		{"better after probing", func(g *game) {
			g.followUp(goodAnswer, "memory")
			g.on(goodAnswer, "stale", "memory", "stampede")
			g.do(session.End{})
		}, 100, 100, 25, 1, 3, 3, rubric.Excellent},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := newGame(t, nil, cache(), cache())
			tc.play(g)
			r := g.report()
			if r.Score != tc.score || r.Upper != tc.upper || r.Unprompted != tc.unprompted || r.Judged != tc.judged || r.Assessed != tc.assessed || r.Points != tc.points || r.Band != tc.band {
				t.Errorf("%+v", r)
			}
			if s := r.Interview; (s.Score == nil) != (tc.judged == 0) || s.Score != nil && *s.Score != tc.score || s.Judged != tc.judged {
				t.Errorf("summary %+v", s)
			}
		})
	}
}

func TestReportLessonsAreWorthWhatTheyWouldHaveBrought(t *testing.T) {
	g := newGame(t, nil, cache(), queue())
	g.do(session.Start{})
	g.do(session.Skip{Turn: 1}) // cache: 0
	g.answered(goodAnswer)
	g.do(g.met("decouple", "burst"))              // queue: 75
	g.answered("They go to a dead letter queue.") // the stretch
	g.do(g.met("decouple", "burst"))              // and the probe of the last point
	g.do(session.Skip{Turn: g.iv.Turn})           // ends
	g.state(session.Complete)
	want := []session.Lesson{
		{Question: 1, Text: "Readers see old values.", Gain: 25},
		{Question: 1, Text: "It takes memory from others.", Gain: 12.5},
		{Question: 1, Text: "Many misses at once hit the source.", Gain: 12.5},
	}
	if got := g.report().Learn; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestReportLessonOfAMustPointLiftsTheCap(t *testing.T) {
	q := cache()
	q.KeyPoints[0].Weight = 0.5
	g := newGame(t, nil, q)
	g.followUp(goodAnswer, "memory", "stampede")
	g.do(session.Skip{Turn: 2})
	l := g.report().Learn
	if len(l) != 1 || l[0].Gain != 31 { // 69 capped to 100
		t.Errorf("%+v", l)
	}
}

func TestReportLeavesOutLessonsWorthNothing(t *testing.T) {
	q := cache()
	q.KeyPoints[2].Weight = 0.001
	zero := 0
	q.MaxFollowUps = &zero
	g := newGame(t, nil, q)
	g.on(goodAnswer, "stale", "memory")
	if l := g.report().Learn; len(l) != 0 {
		t.Errorf("%+v", l)
	}
}

func TestReportTopicsInTheirOrder(t *testing.T) {
	none := 0
	g := newGame(t, func(s *session.Settings) { s.FollowUps = &none }, queue(), cache(), queue(), story())
	g.on(goodAnswer, "decouple", "burst", "twice")
	g.on(goodAnswer, "stale")
	g.on(goodAnswer)
	g.do(session.End{})
	want := []session.TopicScore{{Topic: "Messaging", Score: 50, Judged: 2}, {Topic: "Caching", Score: 50, Judged: 1}}
	r := g.report()
	if !reflect.DeepEqual(r.Topics, want) {
		t.Errorf("%+v", r.Topics)
	}
	if r.Questions[3].Topic != "ownership" {
		t.Errorf("a topic without a title goes by its id: %+v", r.Questions[3])
	}
}

func TestReportSelfMarksGiveASecondScore(t *testing.T) {
	none := 0
	g := newGame(t, func(s *session.Settings) { s.FollowUps = &none }, cache(), cache())
	g.on(goodAnswer, "stale")
	g.answered(goodAnswer)
	g.do(session.End{}) // the second stays unassessed
	if g.report().SelfMarked != nil {
		t.Fatal("nothing was marked")
	}
	g.do(session.Mark{Question: 1, Point: "memory", Status: rubric.Met})
	g.do(session.Mark{Question: 1, Point: "stampede", Status: rubric.Partial})
	r := g.report()
	if r.SelfMarked == nil || *r.SelfMarked != 87.5 || r.Score != 50 || *r.Interview.Score != 50 {
		t.Errorf("%v beside %v", r.SelfMarked, r.Score)
	}
	if len(r.Questions[0].Marks) != 2 || r.Questions[1].Marks != nil {
		t.Errorf("%+v", r.Questions)
	}
	g.do(session.Mark{Question: 2, Point: "stale", Status: rubric.Met})
	if r := g.report(); *r.SelfMarked != (87.5+50)/2 || r.Judged != 1 {
		t.Errorf("a mark counts where nobody judged: %v", *r.SelfMarked)
	}
}

func TestReportSelfMarksOfNothingAssessable(t *testing.T) {
	g := newGame(t, nil, cache())
	g.do(session.Start{})
	g.do(session.End{})
	g.iv.Marks = []session.MarkedPoint{{Question: 7, Point: "stale", Status: rubric.Met}}
	if r := g.report(); r.SelfMarked != nil {
		t.Errorf("%v", *r.SelfMarked)
	}
}

func TestReportOfItsTurns(t *testing.T) {
	g := newGame(t, nil)
	g.do(session.Start{})
	g.do(session.Hint{})
	g.now = g.now.Add(time.Minute)
	g.followUp(goodAnswer, "decouple", "burst")
	g.do(session.Hint{})
	g.do(session.Skip{Turn: 2})
	g.do(session.Dispute{Question: 1, Point: "twice", Reason: "I said it."})
	g.do(session.End{})
	r := g.report()
	if r.Hints != 2 || len(r.Evaluators) != 1 || r.Duration != g.iv.EndedAt.Sub(g.iv.StartedAt) {
		t.Errorf("%+v", r)
	}
	q := r.Questions[0]
	if len(q.Turns) != 2 || len(q.Disputes) != 1 || r.Questions[1].Disputes != nil {
		t.Fatalf("%+v", q)
	}
	main, follow := q.Turns[0], q.Turns[1]
	if main.Took != time.Minute+2*time.Second || main.Answer != goodAnswer || !reflect.DeepEqual(main.HintsGiven, []string{"Think of an outage."}) || main.Asked.Number != 0 || main.Asked.Level != 2 {
		t.Errorf("%+v", main)
	}
	if !follow.Skipped || !reflect.DeepEqual(follow.HintsGiven, []string{"Think of a sale."}) || follow.Asked.Number != 1 || follow.Asked.Level != 4 || !follow.Asked.Stretch {
		t.Errorf("%+v", follow)
	}
	// The questions as the report shows them are those the events brought.
	for i, turn := range q.Turns {
		asked := session.View(session.RedactAll(session.Practice, g.events)).Turns[i].Asked
		if !reflect.DeepEqual(asked, turn.Asked) {
			t.Errorf("report %+v, event %+v", turn.Asked, asked)
		}
	}
}

func TestReportNamesItsQuestions(t *testing.T) {
	g := newGame(t, exam, cache())
	g.do(session.Start{})
	g.now = g.iv.Deadline
	g.do(session.Deadline{Turn: 1, Draft: "Stale values."})
	g.do(session.End{})
	q := g.report().Questions[0]
	if q.Hash == "" || q.Hash != g.iv.Plan[0] || q.Type != rubric.Open {
		t.Errorf("hash %q, type %q", q.Hash, q.Type)
	}
	if !q.Turns[0].TimedOut || q.Turns[0].Answer != "Stale values." {
		t.Errorf("%+v", q.Turns[0])
	}
}

func TestReportOfAnExamAfterItsEndShowsEverything(t *testing.T) {
	g := newGame(t, exam, cache())
	g.followUp(goodAnswer, "stale")
	if !g.iv.Deadline.Equal(g.now.Add(2 * time.Minute)) {
		t.Errorf("deadline %v", g.iv.Deadline)
	}
	g.do(session.Skip{Turn: 2})
	q := g.report().Questions[0]
	if q.Reveal == nil || q.Turns[0].Evaluation.Score == nil || q.Turns[0].Evaluation.Full != nil || math.Abs(q.Result.Final.Value-50) > 1e-9 {
		t.Errorf("%+v", q)
	}
}

// The published schema of reports knows no null.
func TestAReportOfNothingHasEmptyLists(t *testing.T) {
	g := newGame(t, nil)
	r, err := session.BuildReport(g.iv)
	if err != nil {
		t.Fatal(err)
	}
	if text := asJSON(t, r); strings.Contains(text, "null") {
		t.Error(text)
	}
}
