package session

import (
	"math"
	"slices"
	"time"

	"github.com/elios/elios/internal/rubric"
)

// maxLessons is how many things to learn next a report names.
const maxLessons = 3

// Summarize gives an interview as it stands in a list.
func Summarize(iv *Interview) Summary {
	s := Summary{
		ID: iv.ID, Settings: iv.Settings, Bank: iv.Bank, Mode: iv.Settings.Mode, State: iv.State, Paused: iv.Paused,
		Question: iv.Question, Questions: len(iv.Plan), Outcome: iv.Outcome, Evaluator: iv.Evaluator,
		CreatedAt: iv.CreatedAt, ActiveAt: iv.ActiveAt, EndedAt: iv.EndedAt,
	}
	value, _, judged := rubric.Mean(iv.scores(finalScore))
	s.Judged = judged
	if iv.State == Complete && judged > 0 {
		s.Score, s.Topics = &value, topicScores(iv)
	}
	return s
}

func finalScore(r Result) rubric.Score      { return r.Final }
func unpromptedScore(r Result) rubric.Score { return r.Unprompted }

// BuildReport gathers what a report shows. Questions that are not over show no
// points. InvalidState for an exam that is not COMPLETE.
func BuildReport(iv *Interview) (Report, error) {
	if iv.Settings.Mode == Exam && iv.State != Complete {
		e := Errorf(InvalidState, "an exam has no report before its end; it stands at question %d of %d", iv.Question, len(iv.Plan))
		e.State = iv.State
		return Report{}, e
	}
	r := Report{Interview: Summarize(iv), Duration: durationOf(iv), Questions: []QuestionReport{}}
	r.Score, r.Upper, r.Judged = rubric.Mean(iv.scores(finalScore))
	r.Unprompted, _, _ = rubric.Mean(iv.scores(unpromptedScore))
	for _, res := range iv.Results {
		r.Questions = append(r.Questions, questionReport(iv, res))
		if res.Over && !res.Unassessed {
			r.Assessed += res.Final.Assessed
			r.Points += res.Final.Points
		}
	}
	if r.Judged > 0 && 2*r.Assessed >= r.Points {
		r.Band = rubric.BandOf(r.Score)
	}
	for _, t := range iv.Turns {
		r.Hints += t.Hints
	}
	// JSON shows a list of none as [], which its readers need not tell from a list.
	r.Topics = append([]TopicScore{}, topicScores(iv)...)
	r.Learn = append([]Lesson{}, lessons(iv, r.Judged)...)
	r.Evaluators = append([]EvaluatorInfo{}, evaluatorsOf(iv)...)
	r.SelfMarked = selfMarked(iv)
	return r, nil
}

// durationOf is from the start to the end, or to the last sign of life.
func durationOf(iv *Interview) time.Duration {
	if iv.StartedAt.IsZero() {
		return 0
	}
	end := iv.EndedAt
	if end.IsZero() {
		end = iv.ActiveAt
	}
	return end.Sub(iv.StartedAt)
}

func questionReport(iv *Interview, res Result) QuestionReport {
	q := iv.QuestionN(res.Question)
	out := QuestionReport{
		Number: res.Question, ID: q.ID, Hash: iv.Plan[res.Question-1], Type: q.Type,
		Topic: topicOf(q), Level: q.Level, Ask: q.Ask, Result: res,
	}
	if res.Over {
		reveal := revealOf(iv, q, res)
		out.Reveal = &reveal
	} else {
		out.Result.Verdicts, out.Result.Held = nil, nil
	}
	for _, t := range iv.TurnsOf(res.Question) {
		out.Turns = append(out.Turns, turnReport(iv, q, t))
	}
	for _, m := range iv.Marks {
		if m.Question == res.Question {
			out.Marks = append(out.Marks, m)
		}
	}
	for _, d := range iv.Disputes {
		if d.Question == res.Question {
			out.Disputes = append(out.Disputes, d)
		}
	}
	return out
}

func turnReport(iv *Interview, q *rubric.Question, t Turn) TurnReport {
	r := TurnReport{TimedOut: t.TimedOut, TurnView: TurnView{
		Asked:  askedOf(iv, q, t),
		Answer: t.Answer, Skipped: t.Skipped, Answered: t.Answered(), HintsGiven: hintsGiven(iv, q, t),
	}}
	if t.Evaluation != nil {
		// An exam is COMPLETE by now: nothing of it is withheld any more.
		j := redactJudged(Practice, judgedOf(iv, q, *t.Evaluation))
		r.Evaluation = &j
	}
	for _, e := range t.Regrades {
		r.Regrades = append(r.Regrades, againOf(e))
	}
	if t.Answered() {
		r.Took = t.AnsweredAt.Sub(t.AskedAt)
	}
	return r
}

// askedOf is the question event of a turn, without its deadline.
func askedOf(iv *Interview, q *rubric.Question, t Turn) QuestionAsked {
	asked := QuestionAsked{
		Turn: t.N, Kind: t.Kind, Question: t.Question, Of: len(iv.Plan), Max: iv.maxFollowUps(q), ID: q.ID,
		Type: q.Type, Topic: topicOf(q), Level: q.Level, Ask: t.Ask, Hints: iv.hints(q), Origin: t.Origin, Stretch: t.Stretch,
	}
	if f := q.FollowUp(t.FollowUp); f != nil && f.Level > 0 {
		asked.Level = f.Level
	}
	for _, other := range iv.TurnsOf(t.Question) {
		if other.Kind == FollowUpTurn && other.N <= t.N {
			asked.Number++
		}
	}
	return asked
}

// hintsGiven are the texts of the hints shown during a turn; hints run on over
// the turns of a question.
func hintsGiven(iv *Interview, q *rubric.Question, t Turn) []string {
	from := 0
	for _, other := range iv.TurnsOf(t.Question) {
		if other.N < t.N {
			from += other.Hints
		}
	}
	to := min(from+t.Hints, len(q.Hints))
	return q.Hints[min(from, to):to]
}

// topicScores are the means by topic, in the order the topics came.
func topicScores(iv *Interview) []TopicScore {
	var order []string
	by := map[string][]rubric.Score{}
	for _, r := range iv.Results {
		if !r.Over || !r.Final.Judged {
			continue
		}
		topic := topicOf(iv.QuestionN(r.Question))
		if _, ok := by[topic]; !ok {
			order = append(order, topic)
		}
		by[topic] = append(by[topic], r.Final)
	}
	out := make([]TopicScore, 0, len(order))
	for _, topic := range order {
		value, _, judged := rubric.Mean(by[topic])
		out = append(out, TopicScore{Topic: topic, Score: value, Judged: judged})
	}
	return out
}

// lessons are the points whose meeting would have raised the interview's score
// the most.
func lessons(iv *Interview, judged int) []Lesson {
	var out []Lesson
	for _, r := range iv.Results {
		if !r.Over || !r.Final.Judged {
			continue
		}
		out = append(out, lessonsOf(iv.QuestionN(r.Question), r, judged)...)
	}
	slices.SortStableFunc(out, func(a, b Lesson) int {
		switch {
		case a.Gain > b.Gain:
			return -1
		case a.Gain < b.Gain:
			return 1
		}
		return 0
	})
	return out[:min(maxLessons, len(out))]
}

func lessonsOf(q *rubric.Question, r Result, judged int) []Lesson {
	var out []Lesson
	for i, v := range r.Verdicts {
		if !v.Gap() {
			continue
		}
		c, ok := q.Criterion(v.Point)
		if !ok {
			continue
		}
		better := slices.Clone(r.Verdicts)
		better[i] = rubric.Verdict{Point: v.Point, Status: rubric.Met}
		gain := (rubric.Compute(q, better, r.Held).Value - r.Final.Value) / float64(judged)
		if gain = math.Round(gain*10) / 10; gain > 0 {
			out = append(out, Lesson{Question: r.Question, Text: c.Text, Gain: gain})
		}
	}
	return out
}

func evaluatorsOf(iv *Interview) []EvaluatorInfo {
	var out []EvaluatorInfo
	for _, t := range iv.Turns {
		if t.Evaluation != nil && !slices.Contains(out, t.Evaluation.By) {
			out = append(out, t.Evaluation.By)
		}
	}
	return out
}

// selfMarked is the second score, in which the candidate's own marks stand for
// the verdicts on the points they marked; nil when nothing was marked.
func selfMarked(iv *Interview) *float64 {
	if len(iv.Marks) == 0 {
		return nil
	}
	var scores []rubric.Score
	for _, r := range iv.Results {
		if r.Over {
			q := iv.QuestionN(r.Question)
			scores = append(scores, rubric.Compute(q, iv.withMarks(q, r), r.Held))
		}
	}
	value, _, judged := rubric.Mean(scores)
	if judged == 0 {
		return nil
	}
	return &value
}

// withMarks are a question's verdicts with the candidate's own in their place,
// also where the interview ended before there was any.
func (iv *Interview) withMarks(q *rubric.Question, r Result) []rubric.Verdict {
	var out []rubric.Verdict
	for _, c := range q.Criteria() {
		v, ok := rubric.Find(r.Verdicts, c.ID)
		for _, m := range iv.Marks {
			if m.Question == r.Question && m.Point == c.ID {
				v, ok = rubric.Verdict{Point: c.ID, Status: m.Status}, true
			}
		}
		if ok {
			out = append(out, v)
		}
	}
	return out
}
