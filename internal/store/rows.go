package store

import (
	"slices"
	"strconv"
	"strings"

	"github.com/elios/elios/internal/session"
)

// The columns that change while an interview runs stand in the same order in
// both statements; see mutable.
const (
	insertInterview = `INSERT INTO interviews (state, paused, question, turn, deadline_ms, remaining_ns, active_ms,
		started_ms, ended_ms, last_seq, outcome, score, judged, topics, evaluator, pending, marks,
		id, created_ms, mode, seed, bank_id, bank_title, bank_version, questions, settings, owner, request)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	updateInterview = `UPDATE interviews SET state = ?, paused = ?, question = ?, turn = ?, deadline_ms = ?, remaining_ns = ?, active_ms = ?,
		started_ms = ?, ended_ms = ?, last_seq = ?, outcome = ?, score = ?, judged = ?, topics = ?, evaluator = ?, pending = ?, marks = ?,
		job_epoch = job_epoch + ? WHERE id = ? AND last_seq = ?
		AND (? = 0 OR EXISTS (SELECT 1 FROM jobs WHERE interview = interviews.id AND epoch = ?))`
	insertQuestion = `INSERT INTO questions (hash, id, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	insertPlan     = `INSERT INTO plan (interview, n, hash) VALUES (?, ?, ?)`
	upsertTurn     = `INSERT INTO turns (interview, n, question, kind, ask, origin, follow_up, targets, stretch, hints, asked_ms,
		answer, answered_ms, skipped, timed_out) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (interview, n) DO UPDATE SET hints = excluded.hints, answer = excluded.answer,
		answered_ms = excluded.answered_ms, skipped = excluded.skipped, timed_out = excluded.timed_out,
		draft = iif(excluded.answered_ms > 0, '', draft)`
	upsertEvaluation = `INSERT INTO evaluations (interview, turn, n, evaluator, at_ms, data) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (interview, turn, n) DO UPDATE SET evaluator = excluded.evaluator, at_ms = excluded.at_ms, data = excluded.data`
	upsertResult = `INSERT INTO results (interview, question, data) VALUES (?, ?, ?)
		ON CONFLICT (interview, question) DO UPDATE SET data = excluded.data`
	insertDispute = `INSERT INTO disputes (interview, n, question, point, reason, at_ms) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`
	insertEvents  = `INSERT INTO events (interview, seq, at_ms, type, data) VALUES (?, ?, ?, ?, ?)`
	andEvent      = `, (?, ?, ?, ?, ?)`
	insertCommand = `INSERT INTO commands (interview, id, hash, ack) VALUES (?, ?, ?, ?)`
)

// mutable gives the columns of an interview's row that a commit may change.
func (o *ops) mutable(iv *session.Interview) []any {
	sum := session.Summarize(iv)
	return []any{
		string(iv.State), iv.Paused, iv.Question, iv.Turn, ms(iv.Deadline), int64(iv.Remaining), ms(iv.ActiveAt),
		ms(iv.StartedAt), ms(iv.EndedAt), iv.LastSeq, string(iv.Outcome), sum.Score, sum.Judged, o.json(sum.Topics),
		o.json(iv.Evaluator), o.json(iv.Pending), o.json(iv.Marks),
	}
}

// newInterview adds an interview's own row, its plan, and those of its questions that
// are not there.
func (o *ops) newInterview(iv *session.Interview, there func(hash string) bool) {
	var owner session.Owner
	if iv.Settings.Owner != nil {
		owner = *iv.Settings.Owner
	}
	o.add(insertInterview, append(o.mutable(iv),
		iv.ID, ms(iv.CreatedAt), string(iv.Settings.Mode), strconv.FormatUint(iv.Settings.Seed, 10),
		iv.Bank.ID, iv.Bank.Title, iv.Bank.Version, len(iv.Plan), o.json(iv.Settings), owner.Token, owner.Request)...)
	for i, hash := range iv.Plan {
		if !there(hash) {
			o.add(insertQuestion, hash, iv.Questions[i].ID, o.json(iv.Questions[i]))
		}
		o.add(insertPlan, iv.ID, i+1, hash)
	}
}

// parts adds the rows of turns, results and disputes that t names.
func (o *ops) parts(iv *session.Interview, t touched) {
	for i := range iv.Turns {
		if turn := &iv.Turns[i]; t.all || t.turns[turn.N] {
			o.turn(iv.ID, turn)
		}
	}
	for i := range iv.Results {
		if r := &iv.Results[i]; t.all || t.questions[r.Question] {
			o.add(upsertResult, iv.ID, r.Question, o.json(r))
		}
	}
	if t.all || t.disputes {
		for i, d := range iv.Disputes {
			o.add(insertDispute, iv.ID, i+1, d.Question, d.Point, d.Reason, ms(d.At))
		}
	}
}

func (o *ops) turn(id string, t *session.Turn) {
	o.add(upsertTurn, id, t.N, t.Question, string(t.Kind), t.Ask, string(t.Origin), t.FollowUp, o.json(t.Targets),
		t.Stretch, t.Hints, ms(t.AskedAt), t.Answer, ms(t.AnsweredAt), t.Skipped, t.TimedOut)
	if t.Evaluation != nil {
		o.evaluation(id, t.N, 0, t.Evaluation)
	}
	for i := range t.Regrades {
		o.evaluation(id, t.N, i+1, &t.Regrades[i])
	}
}

func (o *ops) evaluation(id string, turn, n int, e *session.Evaluation) {
	o.add(upsertEvaluation, id, turn, n, e.By.Name, ms(e.At), o.json(e))
}

func (o *ops) events(id string, events []session.Event) {
	for some := range slices.Chunk(events, eventsAtOnce) {
		var args []any
		for _, e := range some {
			args = append(args, id, e.Seq, ms(e.At), string(e.Data.EventType()), o.json(e.Data))
		}
		o.add(insertEvents+strings.Repeat(andEvent, len(some)-1), args...)
	}
}

// eventsAtOnce is how many events one statement writes at most: there are as many
// statements, and a commit rarely has more events.
const eventsAtOnce = 8

func (o *ops) command(c session.CommandRecord) {
	o.add(insertCommand, c.Interview, c.ID, c.Hash, o.json(c.Ack))
}
