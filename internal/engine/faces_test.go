package engine_test

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// secrets are words of the rubric of which only the first point's become known.
var secrets = []string{"secrettwo", "beta", "secretideal", `"full"`, `"targets"`, `"plan"`}

func leak(t *testing.T, what string, v any, words ...string) {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		if strings.Contains(strings.ToLower(string(b)), w) {
			t.Errorf("%s tells %q: %s", what, w, b)
		}
	}
}

// telling is an evaluator that says everything it knows as it goes along.
func telling(_ context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	j := byName(r)
	emit(session.Partial{Phase: "loading"})
	for i, v := range j.Verdicts {
		emit(session.Partial{Verdict: v, Done: i + 1, Of: len(j.Verdicts)})
	}
	emit(session.Partial{Verdict: rubric.Verdict{Point: "beta", Status: rubric.Met, Evidence: []rubric.Evidence{{Quote: "never said so"}}}, Done: 2, Of: 2})
	emit(session.Partial{Verdict: rubric.Verdict{Point: "stranger"}, Done: 2, Of: 2})
	j.Feedback = "You lack beta, which is secrettwo. Well done."
	return j, nil
}

func TestAFaceLearnsNothingOpenBeforeTheQuestionIsOver(t *testing.T) {
	for _, mode := range []session.Mode{session.Practice, session.Exam} {
		t.Run(string(mode), func(t *testing.T) {
			l := newLab(t)
			s := l.open()
			e := l.engine(func(c *engine.Config) {
				c.Store, c.Evaluators = s, []session.Evaluator{&evaluator{name: session.Builtin, fn: telling}}
			})
			room := create(t, e, func(s *session.Settings) { s.Mode = mode })
			live := room.Live(context.Background())
			room.do(session.Start{})
			snap := room.judged(half)
			if snap.State != session.FollowUp {
				t.Fatalf("%+v", snap)
			}
			words := secrets
			if mode == session.Exam {
				words = append([]string{"secretone", `"score"`, `"met"`}, secrets...)
			}
			leak(t, "the snapshot", snap, words...)
			leak(t, "the replay", room.all(), words...)
			for len(live) > 0 {
				leak(t, "live", <-live, words...)
			}
			iv, err := s.Load(context.Background(), room.ID())
			if err != nil {
				t.Fatal(err)
			}
			for _, hash := range iv.Plan {
				leak(t, "the replay", room.all(), hash)
			}
			view := session.View(room.all())
			if !reflect.DeepEqual(view, snap) {
				t.Errorf("the fold of the events\n%+v\nis not the snapshot\n%+v", view, snap)
			}
			_, err = e.Report(context.Background(), room.ID())
			if (mode == session.Exam) != (session.KindOf(err) == session.InvalidState) {
				t.Errorf("report: %v", err)
			}
			room.do(session.Skip{Turn: 2})
			room.do(session.End{})
			snap = room.state(session.Complete)
			if mode == session.Exam {
				if len(snap.Completed.Over) != 2 || snap.Over[0].Reveal != nil || snap.Completed.Over[0].Reveal.Ideal == "" {
					t.Errorf("%+v", snap.Completed)
				}
				room.refused(session.Hint{}, session.IsComplete)
			} else if snap.Over[0].Reveal.Ideal == "" || snap.Over[0].Reveal.Feedback == "" {
				t.Errorf("%+v", snap.Over)
			}
			if view := session.View(room.all()); !reflect.DeepEqual(view, snap) {
				t.Errorf("the fold of the events is not the snapshot")
			}
			if _, err := e.Report(context.Background(), room.ID()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLiveTellsHowFarTheEvaluationIs(t *testing.T) {
	l := newLab(t)
	room := create(t, l.engine(func(c *engine.Config) {
		c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin, fn: telling}}
	}), nil)
	live := room.Live(context.Background())
	room.do(session.Start{})
	room.judged(half)
	met := []session.MetPoint{{
		Point: "alpha", Text: "Secretone.", Status: rubric.Met, Evidence: []rubric.Evidence{{Answer: 1, End: len(half), Quote: half}},
	}}
	want := []session.Live{
		{Turn: 1, Phase: "loading"},
		{Turn: 1, Phase: "judging", Done: 1, Of: 2, Met: met},
		{Turn: 1, Phase: "judging", Done: 2, Of: 2, Met: met},
		{Turn: 1, Phase: "judging", Done: 2, Of: 2, Met: met}, // without a quote it is not met
		{Turn: 1, Phase: "judging", Done: 2, Of: 2, Met: met},
	}
	for i, w := range want {
		got := <-live
		got.Elapsed, got.Attempt = 0, got.Attempt-1
		if !reflect.DeepEqual(got, w) {
			t.Errorf("%d: %+v, want %+v", i, got, w)
		}
	}
}

// shownOf starts an interview and has its first answer judged; it gives the partial results
// that a reader finds who was away meanwhile.
func shownOf(t *testing.T, r *seat) (all []session.Live) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	live := r.Live(ctx)
	r.do(session.Start{})
	r.judged(half)
	cancel()
	for l := range live {
		all = append(all, l)
	}
	return all
}

// TestLiveKeepsTheNewest has a reader that was away find the last word, not the first.
func TestLiveKeepsTheNewest(t *testing.T) {
	const said = 40
	l := newLab(t)
	room := create(t, l.engine(func(c *engine.Config) {
		c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin, fn: func(_ context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
			for n := range said {
				emit(session.Partial{Phase: "queued", Position: said - n})
			}
			return byName(r), nil
		}}}
	}), nil)
	all := shownOf(t, room)
	if n := len(all); n == 0 || n >= said || all[n-1].Position != 1 {
		t.Errorf("of %d these were shown: %+v", said, all)
	}
}

func TestEvaluatorIsToldWhatItNeeds(t *testing.T) {
	q := question("map")
	q.FollowUps = []rubric.FollowUp{{ID: "f", When: rubric.When{Met: []string{"alpha"}}, Ask: "And beyond?", KeyPoints: []rubric.KeyPoint{{ID: "gamma", Weight: 1, Point: "third"}}}}
	var last session.Request
	l := newLab(t)
	room := create(t, l.engine(func(c *engine.Config) {
		c.Library = library{q}
		c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin, fn: func(_ context.Context, r session.Request, _ func(session.Partial)) (session.Judgement, error) {
			last = r
			return byName(r), nil
		}}}
	}), nil)
	room.do(session.Start{})
	room.judged(half)
	if last.Turn != 1 || last.Interview != room.ID() || last.FollowUp != nil || len(last.Answers) != 1 || len(last.Asked) != 1 {
		t.Errorf("%+v", last)
	}
	room.judged("I know nothing beyond that.")
	if last.Turn != 2 || last.FollowUp == nil || last.FollowUp.ID != "f" || len(last.Answers) != 2 || last.Answers[1].Ask != "And beyond?" || !reflect.DeepEqual(last.Asked, []string{q.Ask, "And beyond?"}) {
		t.Errorf("%+v", last)
	}
}

// TestAnEvaluationThatIsOverAtOnceShowsNothing has an instant evaluator, and one that
// takes so long that its verdicts are worth showing: then the early ones come too.
func TestAnEvaluationThatIsOverAtOnceShowsNothing(t *testing.T) {
	for name, unseen := range map[string]time.Duration{"instant": time.Hour, "slow": time.Nanosecond} {
		l := newLab(t)
		room := create(t, l.engine(func(c *engine.Config) {
			c.Unseen = unseen
			c.Evaluators = []session.Evaluator{&evaluator{name: session.Builtin, fn: func(_ context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
				j := byName(r)
				for i, v := range j.Verdicts {
					emit(session.Partial{Verdict: v, Done: i + 1, Of: len(j.Verdicts)})
				}
				return j, nil
			}}}
		}), nil)
		if n := len(shownOf(t, room)); (n > 0) != (name == "slow") {
			t.Errorf("%s: %d partial results were shown", name, n)
		}
	}
}

// TestSnapshotOfWhatAnotherProcessDeleted has nothing to show, and says so.
func TestSnapshotOfWhatAnotherProcessDeleted(t *testing.T) {
	l := newLab(t)
	room := create(t, l.engine(nil), nil)
	if err := l.open().Delete(context.Background(), room.ID()); err != nil {
		t.Fatal(err)
	}
	_, err := room.Snapshot(context.Background())
	wantKind(t, err, session.NotFound)
}
