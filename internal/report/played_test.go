package report

import (
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// The reports of this file come from real interviews, played on the machine of
// session.

func channels() rubric.Question {
	return rubric.Question{
		ID: "channels", Type: rubric.Open, Topic: "concurrency", TopicTitle: "Concurrency", Level: 2, Language: "en",
		Ask: "What does a send on a nil channel do?", Ideal: "It blocks for ever.", Hints: []string{"Who could receive?"},
		KeyPoints: []rubric.KeyPoint{
			{ID: "blocks", Weight: 2, Must: true, Point: "It blocks for ever.", Probe: "For how long?"},
			{ID: "select", Weight: 1, Point: "It switches a case of a select off.", Probe: "What is it good for?"},
		},
		Misconceptions: []rubric.Misconception{{ID: "panics", Penalty: 10, Point: "Claims that it panics."}},
		References:     []rubric.Reference{{Title: "The spec", URL: "https://go.dev/ref/spec"}},
		FollowUps: []rubric.FollowUp{{
			ID: "closed", Ask: "And on a closed one?", Level: 3, When: rubric.When{Met: []string{"blocks"}},
			KeyPoints: []rubric.KeyPoint{{ID: "panic", Weight: 1, Point: "It panics."}},
		}},
	}
}

func mistake() rubric.Question {
	return rubric.Question{
		ID: "mistake", Type: rubric.Behavioral, Topic: "ownership", Level: 1, Ask: "Tell me about a mistake.",
		Dimensions: []rubric.Dimension{
			{ID: "action", Weight: 2, Anchors: map[int]string{0: "none", 2: "names what was done", 5: "names what was done and why"}, Probe: "What did you do?"},
			{ID: "result", Weight: 1, Anchors: map[int]string{0: "none", 5: "a measure"}, Probe: "How did it end?"},
		},
	}
}

// played drives an interview to its report.
type played struct {
	t   testing.TB
	iv  *session.Interview
	now time.Time
}

func play(t testing.TB, mode session.Mode, questions ...rubric.Question) *played {
	t.Helper()
	s := session.Settings{Bank: "/home/candidate/go.yaml", Count: len(questions), Mode: mode, Seed: 7, Evaluator: "auto"}
	iv, _, err := session.Create("iv-1", s, session.BankRef{ID: "go", Title: "Go", Version: "1.0.0"}, questions,
		session.EvaluatorInfo{Name: "ollama", Model: "gemma3:4b", Digest: "sha256:0123456789abcdef", Version: "p1"}, day)
	if err != nil {
		t.Fatal(err)
	}
	p := &played{t: t, iv: iv, now: day}
	p.do(session.Start{})
	return p
}

func (p *played) do(cmd session.Command) {
	p.t.Helper()
	p.now = p.now.Add(time.Second)
	events, err := session.Decide(p.iv, cmd, p.now)
	if err != nil {
		p.t.Fatalf("%s: %v", cmd.Type(), err)
	}
	for _, e := range events {
		p.iv = session.Apply(p.iv, e)
	}
}

// answer answers the current turn and has it judged.
func (p *played) answer(words string, judge func(turn int, j *session.Judgement)) {
	p.t.Helper()
	turn := p.iv.Turn
	p.do(session.Answer{Turn: turn, Text: words})
	j := session.Judgement{Feedback: "You said: " + words}
	judge(turn, &j)
	p.do(session.Evaluated{Turn: turn, By: p.iv.Evaluator, Judgement: j})
}

// verdict is one with the whole answer to a turn as evidence.
func (p *played) verdict(point string, status rubric.Status, turn int) rubric.Verdict {
	return rubric.Verdict{
		Point: point, Status: status, Confidence: rubric.High,
		Evidence: []rubric.Evidence{{Answer: turn, Quote: p.iv.TurnN(turn).Answer}},
	}
}

func (p *played) report() session.Report {
	p.t.Helper()
	r, err := session.BuildReport(p.iv)
	if err != nil {
		p.t.Fatal(err)
	}
	return r
}

// finished is an interview with every kind of point, played to its end, with
// marks and a dispute. No word of the answers is in its questions.
func finished(t testing.TB, mode session.Mode) session.Report {
	t.Helper()
	p := play(t, mode, channels(), mistake(), channels())
	if mode == session.Practice {
		p.do(session.Hint{})
	}
	p.answer("zebraone waits zebratwo always", func(turn int, j *session.Judgement) {
		j.Verdicts = []rubric.Verdict{p.verdict("blocks", rubric.Met, turn), {Point: "select", Status: rubric.CannotAssess, Reason: "no idea of zebraone"}}
	})
	p.answer("zebrathree explodes zebrafour loudly", func(turn int, j *session.Judgement) {
		j.Verdicts = []rubric.Verdict{p.verdict("select", rubric.Partial, turn)}
		j.Held = []rubric.Held{{ID: "panics", Evidence: p.verdict("", "", turn).Evidence[0]}}
		j.Own = []rubric.Verdict{p.verdict("panic", rubric.Met, turn)}
		j.FollowUp = &session.Suggestion{Ask: "You say zebrathree: how?", Target: "select"}
	})
	for p.iv.Question == 1 {
		p.do(session.Skip{Turn: p.iv.Turn})
	}
	level := 2
	p.answer("zebrafive decided zebrasix myself", func(turn int, j *session.Judgement) {
		v := p.verdict("action", rubric.Partial, turn)
		v.Level, v.Confidence = &level, rubric.Low
		j.Verdicts = []rubric.Verdict{v, {Point: "result", Status: rubric.CannotAssess, Reason: rubric.ReasonLanguage}}
	})
	for p.iv.State != session.Complete {
		p.do(session.Skip{Turn: p.iv.Turn})
	}
	p.do(session.Mark{Question: 1, Point: "select", Status: rubric.Met})
	p.do(session.Dispute{Question: 1, Point: "select", Reason: "I did say zebraseven."})
	return p.report()
}

// cutShort is an interview ended while its first answer was still to be judged.
func cutShort(t testing.TB) session.Report {
	t.Helper()
	p := play(t, session.Practice, channels(), mistake())
	p.do(session.Answer{Turn: 1, Text: "zebraone waits zebratwo always"})
	p.do(session.End{})
	return p.report()
}

// ongoing is an interview still at its first question, with a follow-up.
func ongoing(t testing.TB) session.Report {
	t.Helper()
	p := play(t, session.Practice, channels())
	p.answer("zebraone waits zebratwo always", func(turn int, j *session.Judgement) {
		j.Verdicts = []rubric.Verdict{p.verdict("blocks", rubric.Met, turn)}
	})
	return p.report()
}

// notStarted is an interview nobody began.
func notStarted(t testing.TB) session.Report {
	t.Helper()
	iv, _, err := session.Create("iv-2", session.Settings{Bank: "go", Count: 1, Mode: session.Practice},
		session.BankRef{ID: "go", Version: "1.0.0"}, []rubric.Question{channels()}, session.EvaluatorInfo{Name: session.Builtin}, day)
	if err != nil {
		t.Fatal(err)
	}
	r, err := session.BuildReport(iv)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// realReports lists reports of every kind of interview.
func realReports(t testing.TB) map[string]session.Report {
	return map[string]session.Report{
		"finished": finished(t, session.Practice), "exam": finished(t, session.Exam),
		"ended": cutShort(t), "ongoing": ongoing(t), "not started": notStarted(t),
	}
}
