package session_test

import (
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// ended is an interview that stopped after its first question was judged.
func ended(t *testing.T, points ...string) *game {
	t.Helper()
	g := newGame(t, func(s *session.Settings) { s.FollowUps = new(int) }).answered(goodAnswer)
	g.do(g.met(points...))
	g.do(session.End{})
	return g
}

func TestRepeatAsksTheQuestionAlone(t *testing.T) {
	g := ended(t, "burst")
	s, q, err := session.Repeat(g.iv, 1)
	if err != nil {
		t.Fatal(err)
	}
	if q.ID != "queue" || s.Count != 1 || s.Again == nil || *s.Again != (session.Link{Interview: "iv-1", Question: 1}) {
		t.Errorf("%+v %+v", s, q.ID)
	}
}

func TestRepeatAndAttemptOfWhatIsNotOver(t *testing.T) {
	g := newGame(t, nil).answered(goodAnswer)
	exam := newGame(t, func(s *session.Settings) { s.Mode, s.FollowUps = session.Exam, new(int) }).answered(goodAnswer)
	exam.do(exam.met("burst")) // question 1 is over, the exam is not
	for name, test := range map[string]struct {
		iv       *session.Interview
		question int
		want     session.Kind
	}{
		"open":      {g.iv, 1, session.InvalidState},
		"not asked": {g.iv, 2, session.NotFound},
		"none":      {g.iv, 0, session.NotFound},
		"exam":      {exam.iv, 1, session.InvalidState},
	} {
		_, _, err := session.Repeat(test.iv, test.question)
		_, err2 := session.NewAttempt(test.iv, test.question)
		if session.KindOf(err) != test.want || session.KindOf(err2) != test.want {
			t.Errorf("%s: %v, %v; want %s", name, err, err2, test.want)
		}
	}
}

func TestChangesBetweenAttempts(t *testing.T) {
	attempt := func(points ...string) session.QuestionReport {
		a, err := session.NewAttempt(ended(t, points...).iv, 1)
		if err != nil {
			t.Fatal(err)
		}
		return a.Question
	}
	changes := session.Changes(attempt("burst", "twice"), attempt("burst", "decouple"))
	if len(changes) != 2 || changes[0].Point != "decouple" || changes[0].To.Status != rubric.Met || changes[1].Point != "twice" || changes[1].To.Status != rubric.Missed {
		t.Errorf("%+v", changes)
	}
	if same := session.Changes(attempt("burst"), attempt("burst")); len(same) != 0 {
		t.Errorf("nothing changed, but %+v", same)
	}
}

func TestDisputeOfAMisconception(t *testing.T) {
	g := ended(t, "burst")
	g.do(session.Dispute{Question: 1, Point: "faster", Reason: "I said the opposite."})
	g.refused(session.Mark{Question: 1, Point: "faster", Status: rubric.Met}, session.NotFound)
	g.refused(session.Dispute{Question: 1, Point: "nothing", Reason: "Why?"}, session.NotFound)
}

func TestTrends(t *testing.T) {
	sum := func(id, bank, version string, day int, score float64, topics ...session.TopicScore) session.Summary {
		return session.Summary{
			ID: id, Bank: session.BankRef{ID: bank, Title: bank, Version: version}, State: session.Complete, Score: &score,
			EndedAt: t0.Add(time.Duration(day) * 24 * time.Hour), Topics: topics,
		}
	}
	again := sum("again", "go", "1.9.0", 9, 100)
	again.Settings.Again = &session.Link{Interview: "b", Question: 1}
	open := sum("open", "go", "1.9.0", 9, 100)
	open.State = session.Questioning
	unjudged := sum("unjudged", "go", "1.9.0", 9, 100)
	unjudged.Score = nil
	got := session.Trends([]session.Summary{
		sum("c", "go", "1.2.0", 3, 80, session.TopicScore{Topic: "Errors", Score: 90}),
		sum("d", "db", "1.0.0", 2, 50),
		sum("b", "go", "1.0.3", 1, 60, session.TopicScore{Topic: "Errors", Score: 30}, session.TopicScore{Topic: "Arrays", Score: 70}),
		sum("x", "go", "2.0.0", 4, 10),
		again, open, unjudged,
	})
	type line struct {
		bank, major, topic string
		scores             []float64
	}
	want := []line{
		{"go", "2", "", []float64{10}},
		{"go", "1", "", []float64{60, 80}},
		{"go", "1", "Arrays", []float64{70}},
		{"go", "1", "Errors", []float64{30, 90}},
		{"db", "1", "", []float64{50}},
	}
	var lines []line
	for _, tr := range got {
		lines = append(lines, line{tr.Bank.ID, tr.Major, tr.Topic, tr.Scores()})
	}
	if asJSON(t, len(lines)) != asJSON(t, len(want)) {
		t.Fatalf("%+v", lines)
	}
	for i := range want {
		if asJSON(t, lines[i].scores) != asJSON(t, want[i].scores) || lines[i].bank != want[i].bank || lines[i].major != want[i].major || lines[i].topic != want[i].topic {
			t.Errorf("%d: %+v, want %+v", i, lines[i], want[i])
		}
	}
	if got[1].Last() != 80 || got[1].Bank.Version != "1.2.0" {
		t.Errorf("%+v", got[1])
	}
}
