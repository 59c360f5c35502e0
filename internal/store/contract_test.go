package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

func TestStore(t *testing.T) {
	testStore(t, func(t *testing.T) session.Store { return fresh(t) })
}

// testStore is the contract of session.Store: every method, every error it
// documents.
func testStore(t *testing.T, open func(t *testing.T) session.Store) {
	for name, test := range map[string]func(*testing.T, session.Store){
		"Create":              testCreate,
		"Load":                testLoad,
		"Resolve":             testResolve,
		"Commit":              testCommit,
		"Fence":               testFence,
		"Command":             testCommand,
		"Events":              testEvents,
		"LastSeqs":            testLastSeqs,
		"Changed":             testChanged,
		"Drafts":              testDrafts,
		"Questions are swept": testQuestionsAreSwept,
		"List":                testList,
		"Delete":              testDelete,
		"LastAnswered":        testLastAnswered,
		"ClaimJob":            testClaimJob,
		"RenewRelease":        testRenewRelease,
		"Epochs":              testEpochs,
		"Cancelled":           testCancelled,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func testCreate(t *testing.T, s session.Store) {
	g := newGame(t, s, "one")
	g.stored()
	err := s.Create(t.Context(), g.iv, []session.Event{{Seq: 1, At: day, Data: session.Created{ID: "one"}}})
	wantKind(t, err, session.Conflict)
	g.stored()

	broken := *g.iv
	broken.ID, broken.Questions = "two", nil
	if err := s.Create(t.Context(), &broken, nil); err == nil {
		t.Error("an interview without its questions was created")
	}
	broken.Questions = g.iv.Questions
	if err := s.Create(t.Context(), &broken, nil); err == nil {
		t.Error("an interview without its events was created")
	}
}

func testLoad(t *testing.T, s session.Store) {
	_, err := s.Load(t.Context(), "none")
	wantKind(t, err, session.NotFound)

	g := newGame(t, s, "one")
	g.do(session.Start{}, session.Hint{}).stored()
	g.do(session.Pause{}).stored()
	g.do(session.Resume{}, session.Answer{Turn: 1, Text: "an answer"}).stored()
	g.do(session.EvaluationFailed{Turn: 1, Why: "no model", Attempt: 1, RetryAt: g.at.Add(time.Minute)}).stored()
	g.do(session.Retry{}, session.UseBuiltin{}, g.judge("a")).stored()
	g.answerAll().stored()
	g.do(session.Mark{Question: 1, Point: "b", Status: "met"}).stored()
	g.do(session.Mark{Question: 2, Point: "b", Status: "partial"}).stored()
	g.do(session.Dispute{Question: 1, Point: "b", Reason: "I said so"}).stored()
	g.do(session.Regrade{Turn: 1, By: session.EvaluatorInfo{Name: "ollama", Model: "m"}, Judgement: g.judge("a", "b").Judgement}).stored()
	g.do(session.Dispute{Question: 2, Point: "a", Reason: "really"}).stored()
	g.do(session.Regrade{Turn: 1, By: session.EvaluatorInfo{Name: session.Builtin}, Judgement: g.judge("b").Judgement}).stored()
	if turn := g.iv.Turns[0]; turn.Hints != 1 || len(turn.Regrades) != 2 {
		t.Fatalf("the test did not do what it should: %+v", turn)
	}
}

func testResolve(t *testing.T, s session.Store) {
	_, err := s.Resolve(t.Context(), "last")
	wantKind(t, err, session.NotFound)
	newGame(t, s, "0190-ab")
	newGame(t, s, "0190-ac").do(session.Start{})
	newGame(t, s, "0190")
	newGame(t, s, "02%")
	for ref, want := range map[string]string{"last": "0190-ac", "0190-ab": "0190-ab", "0190-a": "", "0190": "0190", "02": "02%", "0190-ab-": "", "": "", "%": ""} {
		got, err := s.Resolve(t.Context(), ref)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("Resolve(%q) = %q, %v, want %q", ref, got, err, want)
		}
	}
	_, err = s.Resolve(t.Context(), "0190-a")
	wantKind(t, err, session.Invalid)
	_, err = s.Resolve(t.Context(), "7")
	wantKind(t, err, session.NotFound)
}

func testCommit(t *testing.T, s session.Store) {
	g := newGame(t, s, "one")
	stale := g.decide(session.Pause{})
	g.do(session.Start{})
	wantKind(t, s.Commit(t.Context(), stale), session.Conflict)
	g.stored()

	hole := g.decide(session.Pause{})
	hole.Events[0].Seq++
	if err := s.Commit(t.Context(), hole); err == nil {
		t.Error("a hole in the journal was written")
	}
	short := g.decide(session.Pause{})
	short.Events = nil
	if err := s.Commit(t.Context(), short); err == nil {
		t.Error("a version without events was written")
	}
	g.stored()

	gone := g.decide(session.Pause{})
	other := *gone.Interview
	other.ID, gone.Interview = "other", &other
	wantKind(t, s.Commit(t.Context(), gone), session.NotFound)
	g.do(session.Pause{}).stored()
}

func testFence(t *testing.T, s session.Store) {
	g := newGame(t, s, "one").do(session.Start{})
	c := g.decide(session.Answer{Turn: 1, Text: "an answer"})
	c.Job.Fence = 1
	wantKind(t, s.Commit(t.Context(), c), session.Conflict)
	c.Job = session.JobChange{Put: &session.Job{Turn: 1, Evaluator: "builtin", Attempt: 1}}
	g.commit(c)
	epoch := c.Job.Put.Epoch

	c = g.decide(g.judge("a", "b"))
	c.Job = session.JobChange{Fence: epoch + 1, Remove: true}
	wantKind(t, s.Commit(t.Context(), c), session.Conflict)
	g.stored()
	c.Job.Fence = epoch
	g.commit(c)
	g.stored()
	_, err := s.ClaimJob(t.Context(), "one", "me", day, day.Add(time.Minute), nil)
	wantKind(t, err, session.NotFound)
}

func testCommand(t *testing.T, s session.Store) {
	g := newGame(t, s, "one")
	_, err := s.Command(t.Context(), "one", "c1")
	wantKind(t, err, session.NotFound)
	c := g.decide(session.Start{})
	c.Command = &session.CommandRecord{Interview: "one", ID: "c1", Hash: "h", Ack: session.Ack{Seq: 4, State: session.Questioning, Turn: 1}}
	g.commit(c)
	got, err := s.Command(t.Context(), "one", "c1")
	if err != nil || got != *c.Command {
		t.Fatalf("got %+v, %v", got, err)
	}
	again := g.decide(session.Pause{})
	again.Command = c.Command
	wantKind(t, s.Commit(t.Context(), again), session.Conflict)
	g.stored()
}

func testEvents(t *testing.T, s session.Store) {
	g := newGame(t, s, "one").answerAll()
	all, err := s.Events(t.Context(), "one", 0, 0)
	if err != nil || int64(len(all)) != g.iv.LastSeq {
		t.Fatalf("%d events, %v", len(all), err)
	}
	rows, err := s.Load(t.Context(), "one")
	if err != nil {
		t.Fatal(err)
	}
	rows.Questions = nil
	same(t, session.Fold(all), rows)
	some, err := s.Events(t.Context(), "one", 2, 3)
	if err != nil {
		t.Fatal(err)
	}
	same(t, some, all[2:5])
	if none, err := s.Events(t.Context(), "two", 0, 0); err != nil || len(none) > 0 {
		t.Fatal(none, err)
	}
}

func testLastSeqs(t *testing.T, s session.Store) {
	newGame(t, s, "one")
	g := newGame(t, s, "two").do(session.Start{})
	got, err := s.LastSeqs(t.Context(), []string{"one", "two", "three"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, map[string]int64{"one": 1, "two": g.iv.LastSeq})
	if got, err := s.LastSeqs(t.Context(), nil); err != nil || len(got) != 0 {
		t.Fatal(got, err)
	}
}

func testChanged(t *testing.T, s session.Store) {
	check := func(want bool) {
		t.Helper()
		if got, err := s.Changed(t.Context()); err != nil || got != want {
			t.Fatalf("Changed = %v, %v, want %v", got, err, want)
		}
	}
	check(false)
	newGame(t, s, "one")
	check(true)
	check(false)
}

func testDrafts(t *testing.T, s session.Store) {
	g := newGame(t, s, "one")
	wantKind(t, s.SaveDraft(t.Context(), "one", 1, "x"), session.NotFound)
	g.do(session.Start{})
	want := func(turn int, want string) {
		t.Helper()
		if got, err := s.Draft(t.Context(), "one", turn); err != nil || got != want {
			t.Fatalf("draft %q, %v, want %q", got, err, want)
		}
	}
	want(1, "")
	want(9, "")
	if err := s.SaveDraft(t.Context(), "one", 1, "half a"); err != nil {
		t.Fatal(err)
	}
	g.do(session.Hint{}) // writes the turn's row
	want(1, "half a")
	g.stored()
	g.do(session.Answer{Turn: 1, Text: "half an answer"})
	want(1, "")
}

// testQuestionsAreSwept deletes the last interview with a question, and makes one more.
func testQuestionsAreSwept(t *testing.T, s session.Store) {
	for _, id := range []string{"one", "two", "three"} {
		newGame(t, s, id).do(session.Start{}).stored()
		if err := s.Delete(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	newGame(t, s, "four").stored()
	newGame(t, s, "five").stored()
}

func testList(t *testing.T, s session.Store) {
	newGame(t, s, "a")
	done := newGame(t, s, "b").answerAll()
	newGame(t, s, "c").do(session.Start{}, session.Skip{Turn: 1})
	done.do(session.Dispute{Question: 1, Point: done.iv.Questions[0].Criteria()[0].ID, Reason: "I said it."})
	for name, test := range map[string]struct {
		f    session.Filter
		want []string
	}{
		"all":   {session.Filter{}, []string{"b", "c", "a"}},
		"limit": {session.Filter{Limit: 1}, []string{"b"}},
		"open":  {session.Filter{Open: true}, []string{"c", "a"}},
		"bank":  {session.Filter{Bank: "rust"}, nil},
		"since": {session.Filter{Since: day.Add(time.Millisecond), Bank: "go"}, []string{"b", "c"}},
		"until": {session.Filter{Until: day.Add(time.Millisecond)}, []string{"a"}},

		"topic":         {session.Filter{Topic: session.Summarize(done.iv).Topics[0].Topic}, []string{"b"}},
		"another topic": {session.Filter{Topic: "gardening"}, nil},
		"asked":         {session.Filter{Asked: done.iv.Questions[1].ID}, []string{"b", "c", "a"}},
		"never asked":   {session.Filter{Asked: "why-tulips"}, nil},
		"disputed":      {session.Filter{Disputed: true}, []string{"b"}},
	} {
		got, err := s.List(t.Context(), test.f)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, v := range got {
			ids = append(ids, v.ID)
		}
		same(t, map[string][]string{name: ids}, map[string][]string{name: test.want})
	}
	got, err := s.List(t.Context(), session.Filter{})
	if err != nil || got[0].Score == nil || got[2].Score != nil {
		t.Fatalf("%+v %v", got, err)
	}
	score := *got[0].Score
	got[0].Score = nil
	if len(got[0].Topics) == 0 || len(got[2].Topics) != 0 {
		t.Errorf("topics %v of a complete interview, %v of an open one", got[0].Topics, got[2].Topics)
	}
	same(t, got[0], session.Summary{
		ID: "b", Bank: done.iv.Bank, Mode: session.Practice, State: session.Complete, Question: 2, Questions: 2,
		Outcome: session.Finished, Evaluator: done.iv.Evaluator, Judged: 2,
		Topics: session.Summarize(done.iv).Topics, Settings: done.iv.Settings,
		CreatedAt: day, ActiveAt: done.iv.ActiveAt, EndedAt: done.iv.EndedAt,
	})
	events, err := s.Events(t.Context(), "b", done.iv.LastSeq-2, 0) // the dispute came after
	if err != nil || events[0].Data.(session.Completed).Score != score {
		t.Fatalf("the list's score %v is not that of %+v, %v", score, events, err)
	}
}

func testDelete(t *testing.T, s session.Store) {
	wantKind(t, s.Delete(t.Context(), "one"), session.NotFound)
	newGame(t, s, "one").answerAll().do(session.Dispute{Question: 1, Point: "a", Reason: "no"})
	other := newGame(t, s, "two").answerAll()
	if err := s.Delete(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	_, err := s.Load(t.Context(), "one")
	wantKind(t, err, session.NotFound)
	other.stored()
	newGame(t, s, "one").stored()
}

func testLastAnswered(t *testing.T, s session.Store) {
	g := newGame(t, s, "one", "map", "slice", "chan")
	g.do(session.Start{}, session.Answer{Turn: 1, Text: "an answer"})
	g.do(g.judge())
	follow := g.iv.Turn
	g.do(session.Answer{Turn: follow, Text: "more"})
	at := g.at
	g.do(g.judge("a", "b"), session.Skip{Turn: follow + 1})
	got, err := s.LastAnswered(t.Context(), "go", "")
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, map[string]time.Time{"map": at})
	if got, err := s.LastAnswered(t.Context(), "go", "somebody else"); err != nil || len(got) != 0 {
		t.Error(got, err)
	}
	if got, err := s.LastAnswered(t.Context(), "rust", ""); err != nil || len(got) != 0 {
		t.Fatal(got, err)
	}
}

// withJob is an interview whose first answer waits to be judged.
func withJob(t *testing.T, s session.Store) (*game, *session.Job) {
	g := newGame(t, s, "one").do(session.Start{})
	c := g.decide(session.Answer{Turn: 1, Text: "an answer"})
	c.Job.Put = &session.Job{Turn: 1, Evaluator: "builtin", RunAt: g.at, Attempt: 1}
	g.commit(c)
	return g, c.Job.Put
}

func testClaimJob(t *testing.T, s session.Store) {
	_, err := s.ClaimJob(t.Context(), "one", "me", day, day.Add(time.Minute), nil)
	wantKind(t, err, session.NotFound)
	_, put := withJob(t, s)
	soon := day.Add(15 * time.Second)
	j, err := s.ClaimJob(t.Context(), "one", "me", day, soon, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := *put
	want.Epoch, want.Owner, want.Lease = put.Epoch+1, "me", soon
	same(t, j, want)

	_, err = s.ClaimJob(t.Context(), "one", "you", day, soon, nil)
	wantKind(t, err, session.Conflict)
	_, err = s.ClaimJob(t.Context(), "one", "you", day, soon, func(string) bool { return false })
	wantKind(t, err, session.Conflict)
	late, err := s.ClaimJob(t.Context(), "one", "you", soon, soon.Add(time.Second), nil)
	if err != nil || late.Epoch != j.Epoch+1 {
		t.Fatalf("%+v %v", late, err)
	}
	taken, err := s.ClaimJob(t.Context(), "one", "me", soon, soon.Add(time.Hour), func(owner string) bool { return owner == "you" })
	if err != nil || taken.Epoch != j.Epoch+2 || taken.Owner != "me" {
		t.Fatalf("%+v %v", taken, err)
	}
}

func testRenewRelease(t *testing.T, s session.Store) {
	_, put := withJob(t, s)
	wantKind(t, s.RenewJob(t.Context(), *put, day.Add(time.Minute)), session.Conflict) // nobody holds it
	j, err := s.ClaimJob(t.Context(), "one", "me", day, day.Add(time.Second), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RenewJob(t.Context(), j, day.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	_, err = s.ClaimJob(t.Context(), "one", "you", day.Add(2*time.Second), day.Add(time.Hour), nil)
	wantKind(t, err, session.Conflict)
	old := j
	old.Epoch--
	wantKind(t, s.RenewJob(t.Context(), old, day.Add(time.Minute)), session.Conflict)
	wantKind(t, s.ReleaseJob(t.Context(), old), session.Conflict)
	if err := s.ReleaseJob(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	again, err := s.ClaimJob(t.Context(), "one", "you", day, day.Add(time.Hour), nil)
	if err != nil || again.Epoch != j.Epoch+1 {
		t.Fatalf("%+v %v", again, err)
	}
}

func testEpochs(t *testing.T, s session.Store) {
	g, put := withJob(t, s)
	if put.Epoch != 1 || put.Interview != "one" {
		t.Fatalf("%+v", put)
	}
	j, err := s.ClaimJob(t.Context(), "one", "me", day, day.Add(time.Minute), nil)
	if err != nil {
		t.Fatal(err)
	}
	c := g.decide(g.judge("a", "b"))
	c.Job = session.JobChange{Remove: true, Fence: j.Epoch}
	g.commit(c)

	// Claimed in the commit itself, above every epoch there was.
	c = g.decide(session.Answer{Turn: g.iv.Turn, Text: "an answer"})
	c.Job.Put = &session.Job{Turn: g.iv.Turn, Evaluator: "builtin", Owner: "me", Lease: g.at.Add(time.Hour)}
	g.commit(c)
	if c.Job.Put.Epoch <= j.Epoch {
		t.Fatalf("epoch %d after %d", c.Job.Put.Epoch, j.Epoch)
	}
	_, err = s.ClaimJob(t.Context(), "one", "you", g.at, g.at.Add(time.Hour), nil)
	wantKind(t, err, session.Conflict)

	c = g.decide(session.EvaluationFailed{Turn: g.iv.Turn, Why: "no", Attempt: 1})
	c.Job.Put = &session.Job{Turn: g.iv.Turn, Evaluator: "builtin", Epoch: 1}
	wantKind(t, s.Commit(t.Context(), c), session.Conflict)
	g.stored()
}

func testCancelled(t *testing.T, s session.Store) {
	g := newGame(t, s, "one")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Commit(ctx, g.decide(session.Start{})); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := s.Load(ctx, "one"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := s.Changed(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	g.stored()
}
