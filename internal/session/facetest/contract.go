package facetest

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

// Contract is what every session.Interviews has to keep to, over Bank and
// ByName, whichever side of a network it is on. open gives a new one, over a
// database of its own, for each part.
func Contract(t *testing.T, open func(t *testing.T) session.Interviews) {
	for name, part := range map[string]func(*face){
		"create and open":  createAndOpen,
		"a whole question": wholeQuestion,
		"commands":         commands,
		"drafts":           drafts,
		"two rooms":        twoRooms,
		"live":             live,
		"exam":             exam,
		"history":          history,
		"delete":           remove,
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			part(&face{t: t, ctx: ctx, ivs: open(t)})
		})
	}
}

// face is a test's hold on an implementation.
type face struct {
	t   *testing.T
	ctx context.Context
	ivs session.Interviews
	n   int
}

func (f *face) want(err error, kind session.Kind) {
	f.t.Helper()
	if session.KindOf(err) != kind {
		f.t.Fatalf("%v is %q, want %q", err, session.KindOf(err), kind)
	}
}

func (f *face) create(change func(*session.Settings)) session.Room {
	f.t.Helper()
	s := session.Settings{Bank: "go", Count: 2}
	if change != nil {
		change(&s)
	}
	room, err := f.ivs.Create(f.ctx, s)
	f.want(err, "")
	f.t.Cleanup(func() { _ = room.Close() })
	return room
}

func (f *face) open(ref string) session.Room {
	f.t.Helper()
	room, err := f.ivs.Open(f.ctx, ref)
	f.want(err, "")
	f.t.Cleanup(func() { _ = room.Close() })
	return room
}

func (f *face) snap(room session.Room) session.Snapshot {
	f.t.Helper()
	// One that stands still in between: another window may be faster.
	for {
		s, err := room.Snapshot(f.ctx)
		f.want(err, "")
		bare, err := room.Standing()
		f.want(err, "")
		if bare.LastSeq == s.LastSeq {
			if want := s.Bare(); !reflect.DeepEqual(bare, want) {
				f.t.Errorf("Standing is %+v, and of the snapshot it is %+v", bare, want)
			}
			return s
		}
	}
}

// do sends a command under a new id and wants it done.
func (f *face) do(room session.Room, c session.Command) session.Ack {
	f.t.Helper()
	f.n++
	ack, err := room.Do(f.ctx, session.Envelope{ID: fmt.Sprint("do-", f.n), Command: c})
	f.want(err, "")
	return ack
}

func (f *face) refused(room session.Room, c session.Command, kind session.Kind) *session.Error {
	f.t.Helper()
	f.n++
	_, err := room.Do(f.ctx, session.Envelope{ID: fmt.Sprint("no-", f.n), Command: c})
	f.want(err, kind)
	e, _ := err.(*session.Error)
	return e
}

// until waits for a snapshot.
func (f *face) until(room session.Room, what string, is func(session.Snapshot) bool) session.Snapshot {
	f.t.Helper()
	for {
		s := f.snap(room)
		if is(s) {
			return s
		}
		if _, err := room.Events(f.ctx, s.LastSeq); err != nil {
			f.t.Fatalf("%s did not come: %v; it is %s, turn %d", what, err, s.State, s.Turn)
		}
	}
}

func in(state session.State) func(session.Snapshot) bool {
	return func(s session.Snapshot) bool { return s.State == state }
}

func atTurn(n int) func(session.Snapshot) bool {
	return func(s session.Snapshot) bool { return s.Turn == n && s.State.Answering() }
}

func createAndOpen(f *face) {
	_, err := f.ivs.Create(f.ctx, session.Settings{Bank: "nowhere"})
	f.want(err, session.NotFound)
	room := f.create(nil)
	s := f.snap(room)
	if s.ID != room.ID() || s.State != session.Idle || s.Questions != 2 || s.LastSeq != 1 || s.Bank.Title != "Go" {
		f.t.Errorf("%+v", s)
	}
	for _, ref := range []string{room.ID(), room.ID()[:len(room.ID())-1], "last"} {
		if other := f.open(ref); other.ID() != room.ID() {
			f.t.Errorf("%s opens %s", ref, other.ID())
		}
	}
	for _, ref := range []string{"00000000-0000-0000-0000-000000000000", "zzz"} {
		_, err := f.ivs.Open(f.ctx, ref)
		f.want(err, session.NotFound)
	}
	banks, err := f.ivs.Banks(f.ctx)
	if f.want(err, ""); len(banks) != 1 || banks[0].ID != "go" {
		f.t.Errorf("%+v", banks)
	}
	questions, err := f.ivs.Questions(f.ctx, "go")
	if f.want(err, ""); len(questions) != 2 || questions[1].ID != "slice" {
		f.t.Errorf("%+v", questions)
	}
	_, err = f.ivs.Questions(f.ctx, "nowhere")
	f.want(err, session.NotFound)
}

func wholeQuestion(f *face) {
	room := f.create(nil)
	ack := f.do(room, session.Start{})
	if s := f.snap(room); ack.State != session.Questioning || ack.Turn != 1 || s.LastSeq < ack.Seq || s.State != session.Questioning {
		f.t.Errorf("%+v, and the snapshot %+v", ack, s)
	}
	f.do(room, session.Answer{Turn: 1, Text: Half})
	s := f.until(room, "the follow-up", in(session.FollowUp))
	if e := s.Turns[0].Evaluation; e == nil || len(e.Met) != 1 || e.Open != 1 {
		f.t.Errorf("%+v", s.Turns[0])
	}
	f.silent(room, "secrettwo", "beta\"", "secretideal", `"full"`, `"plan"`, `"targets"`)
	f.do(room, session.Answer{Turn: 2, Text: Full})
	s = f.until(room, "the second question", atTurn(3))
	if len(s.Over) != 1 || s.Over[0].Reveal.Ideal != "Secretideal." {
		f.t.Errorf("%+v", s.Over)
	}
	f.do(room, session.Mark{Question: 1, Point: "beta", Status: "missed"})
	f.do(room, session.Dispute{Question: 1, Point: "alpha", Reason: "It was luck."})
	f.do(room, session.Skip{Turn: 3})
	s = f.until(room, "the end", in(session.Complete))
	if len(s.Marks) != 1 || len(s.Disputes) != 1 || s.Completed.Judged != 2 {
		f.t.Errorf("%+v", s)
	}
	events := f.all(room)
	for i, e := range events {
		if e.Seq != int64(i+1) {
			f.t.Errorf("event %d has seq %d", i+1, e.Seq)
		}
	}
	if view := session.View(events); !same(view, s) {
		f.t.Errorf("the fold of the events\n%+v\nis not the snapshot\n%+v", view, s)
	}
	r, err := f.ivs.Report(f.ctx, room.ID())
	if f.want(err, ""); len(r.Questions) != 2 || r.Questions[0].Turns[0].Answer != Half {
		f.t.Errorf("%+v", r)
	}
	f.refused(room, session.Hint{}, session.IsComplete)
}

// same compares as JSON: a network keeps no empty lists apart from none.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// all are the events so far.
func (f *face) all(room session.Room) []session.Event {
	f.t.Helper()
	events, err := room.Events(f.ctx, 0)
	f.want(err, "")
	return events
}

// silent wants words to be nowhere in what the face knows.
func (f *face) silent(room session.Room, words ...string) {
	f.t.Helper()
	b, err := json.Marshal([]any{f.snap(room), f.all(room)})
	f.want(err, "")
	for _, w := range words {
		if strings.Contains(strings.ToLower(string(b)), w) {
			f.t.Errorf("the face is told %q", w)
		}
	}
}

func commands(f *face) {
	room := f.create(nil)
	if e := f.refused(room, session.Hint{}, session.InvalidState); e == nil || e.State != session.Idle || len(e.Allowed) == 0 {
		f.t.Errorf("%+v", e)
	}
	f.do(room, session.Start{})
	f.refused(room, session.Answer{Turn: 1, Text: strings.Repeat("ä", session.MaxAnswer+1)}, session.TooLong)
	_, err := room.Do(f.ctx, session.Envelope{Command: session.Hint{}})
	f.want(err, session.Invalid)
	_, err = room.Do(f.ctx, session.Envelope{ID: strings.Repeat("x", 65), Command: session.Hint{}})
	f.want(err, session.Invalid)
	_, err = room.Do(f.ctx, session.Envelope{ID: "e", Command: session.Evaluated{Turn: 1}})
	f.want(err, session.Invalid)

	hint := session.Envelope{ID: "hint", Command: session.Hint{}}
	first, err := room.Do(f.ctx, hint)
	f.want(err, "")
	second, err := room.Do(f.ctx, hint)
	f.want(err, "")
	if first.Dup || !second.Dup || second.Seq != first.Seq {
		f.t.Errorf("%+v, then %+v", first, second)
	}
	if s := f.snap(room); len(s.Turns[0].HintsGiven) != 1 {
		f.t.Errorf("hinted twice: %+v", s.Turns[0])
	}
	_, err = room.Do(f.ctx, session.Envelope{ID: "hint", Command: session.Pause{}})
	f.want(err, session.IDReused)

	if e := f.refused(room, session.Answer{Turn: 9, Text: Full}, session.StaleTurn); e == nil || e.Turn != 1 {
		f.t.Errorf("%+v", e)
	}
	f.do(room, session.Pause{})
	f.refused(room, session.Answer{Turn: 1, Text: Full}, session.IsPaused)
	f.do(room, session.Resume{})
	f.do(room, session.End{})
	f.refused(room, session.Resume{}, session.IsComplete)
}

func drafts(f *face) {
	room := f.create(nil)
	f.do(room, session.Start{})
	f.want(room.SaveDraft(f.ctx, 1, "half a sen"), "")
	f.want(room.SaveDraft(f.ctx, 1, "half a sentence\x1b[31m"), "")
	if s := f.snap(room); !strings.HasPrefix(s.Draft, "half a sentence") {
		f.t.Errorf("draft %q", s.Draft)
	}
	if s := f.snap(f.open(room.ID())); !strings.HasPrefix(s.Draft, "half a sentence") || strings.Contains(s.Draft, "\x1b") {
		f.t.Errorf("draft %q in another window", s.Draft)
	}
	f.want(room.SaveDraft(f.ctx, 1, strings.Repeat("a", 5*session.MaxAnswer)), session.TooLong)
	f.do(room, session.Answer{Turn: 1, Text: Half})
	if s := f.until(room, "the follow-up", in(session.FollowUp)); s.Draft != "" {
		f.t.Errorf("the draft %q outlives its turn", s.Draft)
	}
}

func twoRooms(f *face) {
	room := f.create(nil)
	other := f.open(room.ID())
	f.do(room, session.Start{})
	f.until(other, "the question", in(session.Questioning))
	f.do(other, session.Answer{Turn: 1, Text: Full})
	f.until(room, "the second question", atTurn(2))
	f.want(other.Close(), "")
	f.want(other.Close(), "") // twice does no harm
	if s := f.snap(room); s.Paused {
		f.t.Error("closing a room paused the interview")
	}
	ctx, cancel := context.WithCancel(f.ctx)
	cancel()
	last, news := f.snap(room).LastSeq, room.News()
	if _, err := room.Events(ctx, last); err == nil {
		f.t.Error("events came from nowhere")
	}
	f.do(room, session.Pause{})
	for f.snap(room).LastSeq == last { // there may be news without an event
		select {
		case <-news:
			news = room.News()
		case <-f.ctx.Done():
			f.t.Fatal("no news of an event")
		}
	}
	if a, b := f.all(room), f.all(f.open(room.ID())); !reflect.DeepEqual(a, b) {
		f.t.Errorf("two rooms see different events:\n%+v\n%+v", a, b)
	}
}

func live(f *face) {
	room := f.create(nil)
	ctx, cancel := context.WithCancel(f.ctx)
	partial := room.Live(ctx)
	f.do(room, session.Start{})
	f.do(room, session.Answer{Turn: 1, Text: Half})
	f.until(room, "the follow-up", in(session.FollowUp))
	select {
	case l := <-partial:
		if l.Turn != 1 || l.Of != 2 || l.Phase != "judging" || l.Attempt != 1 {
			f.t.Errorf("%+v", l)
		}
	case <-f.ctx.Done():
		f.t.Error("nothing was shown of the evaluation")
	}
	cancel()
	for range partial { // closed once ctx is done
	}
}

func exam(f *face) {
	room := f.create(func(s *session.Settings) { s.Mode = session.Exam })
	f.do(room, session.Start{})
	f.do(room, session.Answer{Turn: 1, Text: Half})
	f.until(room, "the follow-up", in(session.FollowUp))
	f.silent(room, "secretone", "secrettwo", `"score"`, `"met"`)
	f.refused(room, session.Hint{}, session.InvalidState)
	_, err := f.ivs.Report(f.ctx, room.ID())
	f.want(err, session.InvalidState)
	f.do(room, session.End{})
	if s := f.until(room, "the end", in(session.Complete)); len(s.Completed.Over) == 0 {
		f.t.Errorf("%+v", s.Completed)
	}
	_, err = f.ivs.Report(f.ctx, room.ID())
	f.want(err, "")
}

func history(f *face) {
	first := f.create(nil)
	f.do(first, session.Start{})
	_, err := f.ivs.Again(f.ctx, first.ID(), 1)
	f.want(err, session.InvalidState)
	_, err = f.ivs.Again(f.ctx, "zzz", 1)
	f.want(err, session.NotFound)
	f.do(first, session.Answer{Turn: 1, Text: Full})
	f.until(first, "the second question", atTurn(2))
	again, err := f.ivs.Again(f.ctx, first.ID(), 1)
	f.want(err, "")
	defer again.Close()
	if s := f.snap(again); s.Questions != 1 || s.Settings.Again == nil || s.Settings.Again.Interview != first.ID() {
		f.t.Errorf("%+v", s)
	}
	f.do(first, session.End{})
	list, err := f.ivs.List(f.ctx, session.Filter{})
	if f.want(err, ""); len(list) != 2 || list[0].ActiveAt.Before(list[1].ActiveAt) {
		f.t.Errorf("%+v", list)
	}
	for _, tc := range []struct {
		filter session.Filter
		want   int
	}{
		{session.Filter{Limit: 1}, 1},
		{session.Filter{Open: true}, 1},
		{session.Filter{Bank: "other"}, 0},
		{session.Filter{Asked: "map"}, 2},
		{session.Filter{Since: time.Now().Add(time.Hour)}, 0},
		{session.Filter{Until: time.Now().Add(time.Hour)}, 2},
	} {
		if list, err := f.ivs.List(f.ctx, tc.filter); err != nil || len(list) != tc.want {
			f.t.Errorf("%+v: %d interviews, %v; want %d", tc.filter, len(list), err, tc.want)
		}
	}
	attempts, err := f.ivs.Attempts(f.ctx, session.Filter{Bank: "go", Asked: "map"})
	if f.want(err, ""); len(attempts) != 1 || attempts[0].Interview.ID != first.ID() {
		f.t.Errorf("%+v", attempts)
	}
}

func remove(f *face) {
	room := f.create(nil)
	other := f.open(room.ID())
	f.want(f.ivs.Delete(f.ctx, room.ID()), "")
	f.want(f.ivs.Delete(f.ctx, room.ID()), session.NotFound)
	_, err := other.Events(f.ctx, 1)
	f.want(err, session.NotFound)
	_, err = f.ivs.Open(f.ctx, room.ID())
	f.want(err, session.NotFound)
}
