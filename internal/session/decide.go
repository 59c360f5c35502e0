package session

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/text"
)

// MaxAnswer is the longest answer elios takes, in characters.
const MaxAnswer = 20_000

// MaxFollowUps is the most follow-ups a question can have.
const MaxFollowUps = 3

// Decide says what a command does to an interview: the events that follow, in
// order, or an *Error when it is refused. It changes nothing. The interview's
// Questions must be loaded. now is the time the command counts from.
func Decide(iv *Interview, cmd Command, now time.Time) ([]Event, error) {
	if err := allowed(iv, cmd); err != nil {
		return nil, err
	}
	d := &decision{iv: iv.clone(), now: now}
	if err := d.run(cmd); err != nil {
		return nil, err
	}
	return d.events, nil
}

// decision gathers the events of one command. Each event is applied to the
// copy at once, so that what follows sees what came before.
type decision struct {
	iv     *Interview
	now    time.Time
	events []Event
}

func (d *decision) emit(data EventData) {
	e := Event{Seq: d.iv.LastSeq + 1, At: d.now, Data: data}
	d.events = append(d.events, e)
	applyTo(d.iv, e)
}

func (d *decision) move(to State) { d.emit(StateChanged{From: d.iv.State, To: to}) }

func (d *decision) run(cmd Command) error {
	switch c := cmd.(type) {
	case Start:
		d.emit(Started{})
		d.ask(1)
	case Answer:
		return d.answer(c)
	case Skip:
		d.skip(c.Turn, false)
	case Hint:
		return d.hint()
	case Pause:
		d.emit(PausedEvent{Reason: clip(text.Clean(c.Reason), maxWhy), Remaining: d.remaining()})
	case Resume:
		d.emit(Resumed{Deadline: d.renewed()})
	case Retry:
		d.emit(Retried{Turn: d.iv.Turn})
	case UseBuiltin:
		d.emit(EvaluatorChanged{Turn: d.iv.Turn, From: d.iv.Evaluator, To: EvaluatorInfo{Name: Builtin}})
	case End:
		d.complete(Ended)
	case Mark:
		return d.mark(c)
	case Dispute:
		return d.dispute(c)
	default:
		return d.runInternal(cmd)
	}
	return nil
}

// runInternal handles what evaluators and the clock send.
func (d *decision) runInternal(cmd Command) error {
	switch c := cmd.(type) {
	case Evaluated:
		d.evaluated(c)
	case EvaluationFailed:
		d.emit(JudgingFailed{Turn: c.Turn, Why: clip(text.Clean(c.Why), maxWhy), Attempt: c.Attempt, RetryAt: c.RetryAt})
	case Regrade:
		return d.regrade(c)
	case Deadline:
		d.deadline(c)
	case IdleTimeout:
		d.emit(PausedEvent{Reason: ReasonIdle, Remaining: d.remaining()})
	case Expire:
		d.complete(Expired)
	default:
		return Errorf(Invalid, "unknown command %q", cmd.Type())
	}
	return nil
}

func (d *decision) answer(c Answer) error {
	body := text.Clean(c.Text)
	if n := utf8.RuneCountInString(body); n > MaxAnswer {
		return Errorf(TooLong, "the answer has %d characters; at most %d are taken", n, MaxAnswer)
	}
	if strings.TrimSpace(body) == "" {
		return Errorf(Invalid, "the answer is empty; write something, or skip the question")
	}
	d.accept(c.Turn, body, false)
	return nil
}

func (d *decision) accept(turn int, body string, timedOut bool) {
	d.emit(AnswerAccepted{Turn: turn, Text: body, TimedOut: timedOut})
	d.move(Evaluating)
}

// skip passes through EVALUATING within the same commit, without a job.
func (d *decision) skip(turn int, timedOut bool) {
	t := *d.iv.TurnN(turn)
	d.emit(TurnSkipped{Turn: turn, TimedOut: timedOut})
	d.move(Evaluating)
	d.questionOver(t.Question)
	d.next(t.Question)
}

// deadline hands in what was typed.
func (d *decision) deadline(c Deadline) {
	body := text.Clean(c.Draft)
	if r := []rune(body); len(r) > MaxAnswer {
		body = string(r[:MaxAnswer])
	}
	if strings.TrimSpace(body) == "" {
		d.skip(c.Turn, true)
		return
	}
	d.accept(c.Turn, body, true)
}

func (d *decision) hint() error {
	t := d.iv.Current()
	q := d.iv.QuestionN(t.Question)
	given := 0
	for _, other := range d.iv.TurnsOf(t.Question) {
		given += other.Hints
	}
	if given >= len(q.Hints) {
		e := d.iv.refuse(CmdHint)
		e.Message = fmt.Sprintf("there are no more hints for this question (%d given)", given)
		return e
	}
	d.emit(HintGiven{Turn: t.N, Number: given + 1, Of: len(q.Hints), Text: q.Hints[given]})
	return nil
}

func (d *decision) mark(c Mark) error {
	switch c.Status {
	case rubric.Met, rubric.Partial, rubric.Missed:
	default:
		return Errorf(Invalid, "a mark is met, partial or missed, not %q", c.Status)
	}
	d.emit(Marked{MarkedPoint{Question: c.Question, Point: c.Point, Status: c.Status, At: d.now}})
	return nil
}

// ReasonIdle is why the clock pauses an interview.
const ReasonIdle = "idle"

// maxWhy is how much is kept of why something happened, in bytes.
const maxWhy = 500

// MaxReason is the longest reason of a dispute, in characters.
const MaxReason = 2000

func (d *decision) dispute(c Dispute) error {
	reason := strings.TrimSpace(text.Clean(c.Reason))
	if reason == "" {
		return Errorf(Invalid, "say why you dispute the verdict")
	}
	if utf8.RuneCountInString(reason) > MaxReason {
		return Errorf(TooLong, "the reason is longer than %d characters", MaxReason)
	}
	d.emit(Disputed{DisputedPoint{Question: c.Question, Point: c.Point, Reason: reason, At: d.now}})
	return nil
}

func (d *decision) regrade(c Regrade) error {
	t := d.iv.TurnN(c.Turn)
	if t == nil || !t.Answered() || t.Skipped {
		return Errorf(NotFound, "turn %d has no answer to regrade", c.Turn)
	}
	e := evaluationOf(d.iv, Evaluated{Turn: c.Turn, By: c.By, Judgement: c.Judgement}, lastJudgedBy(d.iv, t, c.By), d.now)
	if t.Evaluation != nil {
		e.Similarity = t.Evaluation.Similarity // the built-in measure, whoever judges
	}
	d.emit(Regraded{Turn: c.Turn, Evaluation: e})
	return nil
}

// ask puts a main question to the candidate.
func (d *decision) ask(question int) {
	d.move(Questioning)
	q := d.iv.QuestionN(question)
	limit := d.limit(q)
	d.emit(QuestionAsked{
		Turn: len(d.iv.Turns) + 1, Kind: MainTurn, Question: question, Of: len(d.iv.Plan),
		Max: d.iv.maxFollowUps(q), ID: q.ID, Type: q.Type, Topic: topicOf(q), Level: q.Level,
		Ask: q.Ask, Hints: d.iv.hints(q), Deadline: d.after(limit),
	})
}

// follow puts a follow-up to the candidate; it has half the question's time.
func (d *decision) follow(question int, n next) {
	d.move(FollowUp)
	q := d.iv.QuestionN(question)
	d.emit(QuestionAsked{
		Turn: len(d.iv.Turns) + 1, Kind: FollowUpTurn, Question: question, Of: len(d.iv.Plan),
		Number: d.iv.followUpsAsked(question) + 1, Max: d.iv.maxFollowUps(q),
		ID: q.ID, Type: q.Type, Topic: topicOf(q), Level: n.level(q), Ask: n.ask, Hints: d.iv.hints(q),
		Origin: n.origin, Stretch: n.stretch, FollowUp: n.id, Targets: n.targets,
		Deadline: d.after(d.limit(q) / 2),
	})
}

// hints is how many hints a face may offer: none in an exam.
func (iv *Interview) hints(q *rubric.Question) int {
	if iv.Settings.Mode == Exam {
		return 0
	}
	return len(q.Hints)
}

// limit is the time for a main question, 0 for none.
func (d *decision) limit(q *rubric.Question) time.Duration {
	s := d.iv.Settings
	if s.TimeLimit > 0 || s.Mode != Exam {
		return s.TimeLimit
	}
	return time.Duration(q.TimeLimit)
}

func (d *decision) after(limit time.Duration) time.Time {
	if limit <= 0 {
		return time.Time{}
	}
	return d.now.Add(limit).Truncate(time.Millisecond)
}

func (d *decision) remaining() time.Duration {
	if d.iv.Deadline.IsZero() {
		return 0
	}
	return max(d.iv.Deadline.Sub(d.now), time.Millisecond)
}

func (d *decision) renewed() time.Time {
	if d.iv.Remaining <= 0 || !d.iv.State.Answering() {
		return time.Time{}
	}
	return d.now.Add(d.iv.Remaining)
}

// next goes on to the following question, or completes.
func (d *decision) next(question int) {
	if question >= len(d.iv.Plan) {
		d.complete(Finished)
		return
	}
	d.ask(question + 1)
}

// questionOver closes a question and shows all of it.
func (d *decision) questionOver(question int) {
	res := finalResult(d.iv, question)
	q := d.iv.QuestionN(question)
	reveal := revealOf(d.iv, q, res)
	d.emit(QuestionOver{Question: question, Reveal: &reveal, Result: &res})
}

func (d *decision) complete(outcome Outcome) {
	if n := d.iv.Question; n > 0 && !d.iv.ResultN(n).Over {
		d.questionOver(n)
	}
	d.move(Complete)
	d.emit(completedOf(d.iv, outcome))
}

func topicOf(q *rubric.Question) string {
	if q.TopicTitle != "" {
		return q.TopicTitle
	}
	return q.Topic
}

// maxFollowUps: flag > question > bank (already in the question) > 3.
func (iv *Interview) maxFollowUps(q *rubric.Question) int {
	n := MaxFollowUps
	switch {
	case iv.Settings.FollowUps != nil:
		n = *iv.Settings.FollowUps
	case q.MaxFollowUps != nil:
		n = *q.MaxFollowUps
	}
	return max(0, min(n, MaxFollowUps))
}

func (iv *Interview) followUpsAsked(question int) int {
	n := 0
	for _, t := range iv.Turns {
		if t.Question == question && t.Kind == FollowUpTurn {
			n++
		}
	}
	return n
}

// clone copies what applyTo may change, so that Decide and Apply leave the
// interview handed in as it was.
func (iv *Interview) clone() *Interview {
	c := *iv
	c.Turns = slices.Clone(iv.Turns)
	c.Results = slices.Clone(iv.Results)
	c.Marks = slices.Clone(iv.Marks)
	c.Disputes = slices.Clone(iv.Disputes)
	return &c
}

// Create makes the first event of a new interview and the interview itself.
// It has to be asked at least one question.
func Create(id string, s Settings, bank BankRef, questions []rubric.Question, by EvaluatorInfo, now time.Time) (*Interview, []Event, error) {
	if len(questions) == 0 {
		return nil, nil, Errorf(Invalid, "there is no question to ask")
	}
	if s.Mode != "" && s.Mode != Practice && s.Mode != Exam {
		return nil, nil, Errorf(Invalid, "the mode is %s or %s, not %q", Practice, Exam, s.Mode)
	}
	plan, shared := make([]string, len(questions)), make([]*rubric.Question, len(questions))
	for i := range questions {
		h, err := questions[i].Hash()
		if err != nil {
			return nil, nil, fmt.Errorf("plan: %w", err)
		}
		plan[i], shared[i] = h, &questions[i]
	}
	e := Event{Seq: 1, At: now, Data: Created{
		ID: id, Settings: s.withDefaults(), Bank: bank, Questions: len(plan), Plan: plan, Evaluator: by,
	}}
	iv := Apply(&Interview{}, e)
	iv.Questions = shared
	return iv, []Event{e}, nil
}

func (s Settings) withDefaults() Settings {
	if s.Mode == "" {
		s.Mode = Practice
	}
	if s.IdleAfter <= 0 {
		s.IdleAfter = DefaultIdleAfter
	}
	if s.ExpireAfter <= 0 {
		s.ExpireAfter = DefaultExpireAfter
	}
	return s
}
