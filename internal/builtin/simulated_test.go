package builtin_test

import (
	"context"
	"testing"
	"time"

	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func simulatedRequest(answers ...string) session.Request {
	r := session.Request{Turn: len(answers), Question: rubric.Question{ID: "q", Type: rubric.Open, Ask: "What does a nil channel do?"}}
	for _, id := range []string{"a", "b", "c", "d"} {
		r.Question.KeyPoints = append(r.Question.KeyPoints, rubric.KeyPoint{ID: id, Weight: 1, Point: "It does " + id})
	}
	for i, text := range answers {
		r.Answers = append(r.Answers, rubric.Answer{Turn: i + 1, Ask: r.Question.Ask, Text: text})
	}
	return r
}

func TestSimulatedMeetsHalfOfTheRest(t *testing.T) {
	s := builtin.NewSimulated(0)
	if s.Info().Name != builtin.SimulatedName {
		t.Errorf("it calls itself %s", s.Info())
	}
	const said = "Nobody – whatever it is – has judged\nthis, and\tthe quote is found all the same in what was said."
	for _, test := range []struct {
		answers []string
		met     int
	}{{[]string{""}, 0}, {[]string{"don't know"}, 0}, {[]string{said}, 2}, {[]string{said, "no idea"}, 2}, {[]string{said, said}, 3}, {[]string{said, said, said}, 4}} {
		r := simulatedRequest(test.answers...)
		j, err := s.Evaluate(t.Context(), r, nil)
		if err != nil {
			t.Fatal(err)
		}
		met := 0
		for _, v := range rubric.Verify(r.Question.Criteria(), j.Verdicts, r.Answers) {
			if v.Status == rubric.Met {
				met++
			}
		}
		if met != test.met {
			t.Errorf("%q: %d points met, want %d", test.answers, met, test.met)
		}
	}
}

func TestSimulatedJudgesDimensionsAndFollowUps(t *testing.T) {
	r := simulatedRequest("one or two or three words")
	r.FollowUp = &rubric.FollowUp{KeyPoints: r.Question.KeyPoints[:2]}
	r.Question.KeyPoints, r.Question.Dimensions = nil, []rubric.Dimension{{ID: "own", Weight: 1}, {ID: "result", Weight: 1}}
	j, err := builtin.NewSimulated(0).Evaluate(t.Context(), r, nil)
	if err != nil || len(j.Verdicts) != 2 || *j.Verdicts[0].Level != 4 || *j.Verdicts[1].Level != 1 || len(j.Own) != 2 || j.Own[0].Status != rubric.Met {
		t.Errorf("%+v, %v", j, err)
	}
}

func TestSimulatedTakesItsTime(t *testing.T) {
	s := builtin.NewSimulated(30 * time.Millisecond)
	seen := 0
	begun := time.Now()
	_, err := s.Evaluate(t.Context(), simulatedRequest("A send on it blocks for ever."), func(p session.Partial) {
		if seen++; p.Done != seen || p.Of != 4 {
			t.Errorf("%+v", p)
		}
	})
	if err != nil || seen != 4 || time.Since(begun) < 30*time.Millisecond {
		t.Errorf("%d verdicts after %s, %v", seen, time.Since(begun), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Millisecond, cancel)
	if _, err := builtin.NewSimulated(time.Hour).Evaluate(ctx, simulatedRequest("A send"), nil); err == nil {
		t.Error("it was not called off")
	}
}
