package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/builtin"
	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/store"
)

const (
	killHelperEnv    = "ELIOS_TEST_KILL_HELPER" // the database
	killInterviewEnv = "ELIOS_TEST_KILL_INTERVIEW"
)

// kills is how often a test kills: a few by themselves, hundreds in a torture.
func kills(few int) int {
	if os.Getenv("ELIOS_TORTURE") != "" {
		return 500
	}
	return few
}

// dawdling judges like the built-in evaluator but takes a moment, so that kills
// land in the middle of evaluations too.
type dawdling struct{ *builtin.Evaluator }

func (d dawdling) Evaluate(ctx context.Context, r session.Request, emit func(session.Partial)) (session.Judgement, error) {
	select {
	case <-ctx.Done():
		return session.Judgement{}, ctx.Err()
	case <-time.After(time.Duration(rand.N(4)) * time.Millisecond):
	}
	return d.Evaluator.Evaluate(ctx, r, emit)
}

// killRig is an engine on a database, as the program wires it.
type killRig struct {
	store  *store.Store
	owner  *engine.Owner
	engine *engine.Engine
}

func openRig(path string) (*killRig, error) {
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		return nil, err
	}
	o, err := engine.Own(path + ".owners")
	if err != nil {
		return nil, err
	}
	ev := builtin.New()
	e, err := engine.New(engine.Config{
		Store: s, Library: bank.NewLibrary(banks.FS, ""), Evaluators: []session.Evaluator{dawdling{ev}}, Similarity: ev,
		Owner: o.ID(), Dead: o.Dead, Poll: 20 * time.Millisecond,
	})
	return &killRig{s, o, e}, err
}

func (r *killRig) close(t *testing.T) {
	t.Helper()
	for _, c := range []func() error{r.engine.Close, r.owner.Close, r.store.Close} {
		if err := c(); err != nil {
			t.Error(err)
		}
	}
}

// killHelper runs an interview by itself and prints every acknowledged command
// after it was acknowledged, until it is complete or killed.
func killHelper() int {
	r, err := openRig(os.Getenv(killHelperEnv))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	room, err := r.engine.Open(context.Background(), os.Getenv(killInterviewEnv))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := drive(context.Background(), room, func(id string) { fmt.Println("ack", id) }); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// drive answers whatever is asked until the interview is complete.
func drive(ctx context.Context, room session.Room, acked func(id string)) error {
	for {
		s, err := room.Snapshot(ctx)
		if err != nil {
			return err
		}
		if cmd := reply(s); cmd != nil {
			id := uuid.NewString()
			_, err := room.Do(ctx, session.Envelope{ID: id, Command: cmd})
			switch session.KindOf(err) {
			case "":
				acked(id)
			case session.StaleTurn, session.InvalidState, session.IsComplete: // the other process was faster
			default:
				return err
			}
			continue
		}
		if s.State == session.Complete {
			return nil
		}
		if _, err := room.Events(ctx, s.LastSeq); err != nil {
			return err
		}
	}
}

// reply is what the helper says: an answer long enough to be judged.
func reply(s session.Snapshot) session.Command {
	switch {
	case s.State == session.Idle:
		return session.Start{}
	case s.Paused:
		return session.Resume{}
	case s.State.Answering():
		return session.Answer{Turn: s.Turn, Text: fmt.Sprintf("This is answer number %d, and the channel blocks until a receiver is ready.", s.Turn)}
	}
	return nil
}

// victim is a helper that is about to be killed.
type victim struct {
	cmd   *exec.Cmd
	first chan struct{} // closed at its first acknowledgement, or its end
	done  chan error
	errs  bytes.Buffer

	mu    sync.Mutex
	acked []string
}

func startVictim(t *testing.T, db, interview string) *victim {
	t.Helper()
	v := &victim{cmd: exec.Command(os.Args[0]), first: make(chan struct{}), done: make(chan error, 1)}
	v.cmd.Env = append(os.Environ(), killHelperEnv+"="+db, killInterviewEnv+"="+interview)
	v.cmd.Stderr = &v.errs
	out, err := v.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := v.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		var once sync.Once
		for sc := bufio.NewScanner(out); sc.Scan(); {
			if id, ok := strings.CutPrefix(sc.Text(), "ack "); ok {
				v.mu.Lock()
				v.acked = append(v.acked, id)
				v.mu.Unlock()
				once.Do(func() { close(v.first) })
			}
		}
		once.Do(func() { close(v.first) })
		v.done <- v.cmd.Wait()
	}()
	return v
}

// kill waits for a first acknowledgement and a random moment more, then kills.
func (v *victim) kill(t *testing.T, within time.Duration) []string {
	t.Helper()
	<-v.first
	select {
	case err := <-v.done:
		if err != nil {
			t.Fatalf("the helper failed by itself: %v\n%s", err, v.errs.String())
		}
	case <-time.After(rand.N(within)):
		_ = v.cmd.Process.Kill() // it may have ended by itself just now
		<-v.done
	}
	return v.acked
}

func TestKill(t *testing.T) {
	for _, tc := range []struct {
		name      string
		processes int
	}{{"one process", 1}, {"two processes on one database", 2}} {
		t.Run(tc.name, func(t *testing.T) { killTest(t, tc.processes, kills(10)) })
	}
}

// killTest kills helpers at random moments and looks at what they left.
func killTest(t *testing.T, processes, n int) {
	db := filepath.Join(t.TempDir(), "elios.db")
	interview := newKillInterview(t, db)
	acks := 0
	for i := range n {
		var victims []*victim
		for range processes {
			victims = append(victims, startVictim(t, db, interview))
		}
		var acked []string
		for _, v := range victims {
			acked = append(acked, v.kill(t, 60*time.Millisecond)...)
		}
		acks += len(acked)
		if complete := inspect(t, db, interview, acked); complete && i < n-1 {
			interview = newKillInterview(t, db)
		}
	}
	finish(t, db, interview)
	t.Logf("%d kills, %d acknowledged commands, 0 lost", n*processes, acks)
}

func newKillInterview(t *testing.T, db string) string {
	t.Helper()
	r, err := openRig(db)
	if err != nil {
		t.Fatal(err)
	}
	defer r.close(t)
	room, err := r.engine.Create(t.Context(), session.Settings{Bank: "go", Seed: 1 + rand.Uint64N(1<<32)})
	if err != nil {
		t.Fatal(err)
	}
	return room.ID()
}

// inspect checks what a killed process left: a sound database, every
// acknowledged command, and one evaluation an answer.
func inspect(t *testing.T, db, interview string, acked []string) (complete bool) {
	t.Helper()
	s, err := store.Open(t.Context(), db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	sound(t, s)
	return kept(t, s, interview, acked)
}

// sound holds the journal against the rows.
func sound(t *testing.T, s *store.Store) {
	t.Helper()
	problems, err := s.Check(t.Context(), func(e []session.Event) (*session.Interview, error) { return session.Fold(e), nil })
	if err != nil || len(problems) > 0 {
		t.Fatalf("check: %v, %v", problems, err)
	}
}

// kept finds every acknowledged command of an interview, and one evaluation an
// answer.
func kept(t *testing.T, s *store.Store, interview string, acked []string) (complete bool) {
	t.Helper()
	for _, id := range acked {
		if _, err := s.Command(t.Context(), interview, id); err != nil {
			t.Fatalf("acknowledged command %s is lost: %v", id, err)
		}
	}
	events, err := s.Events(t.Context(), interview, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return oneEvaluationEach(t, events)
}

// oneEvaluationEach checks that each answer has one evaluation, but for the
// last, which may still wait for it.
func oneEvaluationEach(t *testing.T, events []session.Event) (complete bool) {
	t.Helper()
	answers, evaluations := map[int]int{}, map[int]int{}
	last := 0
	for _, e := range events {
		switch d := e.Data.(type) {
		case session.AnswerAccepted:
			answers[d.Turn]++
			last = d.Turn
		case session.Judged:
			evaluations[d.Turn]++
		case session.Completed:
			complete = true
		}
	}
	for turn, n := range answers {
		if got := evaluations[turn]; n != 1 || got > 1 || got == 0 && (turn != last || complete) {
			t.Fatalf("turn %d: %d answers, %d evaluations (complete %v)", turn, n, got, complete)
		}
	}
	return complete
}

// finish lets the interview go on to its end in this process.
func finish(t *testing.T, db, interview string) {
	t.Helper()
	r, err := openRig(db)
	if err != nil {
		t.Fatal(err)
	}
	defer r.close(t)
	room, err := r.engine.Open(t.Context(), interview)
	if err != nil {
		t.Fatal(err)
	}
	defer room.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := drive(ctx, room, func(string) {}); err != nil {
		t.Fatal(err)
	}
	if !inspect(t, db, interview, nil) {
		t.Error("the interview did not come to its end")
	}
}
