package conformance_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/wire"
)

// named are the checks of these names.
func named(t *testing.T, names ...string) (out []conformance.Check) {
	t.Helper()
	for _, name := range names {
		for _, c := range conformance.Checks() {
			if c.Name == name {
				out = append(out, c)
			}
		}
	}
	if len(out) != len(names) {
		t.Fatalf("of %v there are %d checks", names, len(out))
	}
	return out
}

// TestJudgedBeforeItIsAcknowledged: events do not wait for acks, and an evaluation
// may take no time.
func TestJudgedBeforeItIsAcknowledged(t *testing.T) {
	t.Parallel()
	h := host(t)
	b := remembers(func() talk {
		var held []wire.Message
		return talk{server: func(_ ends, m wire.Message) []wire.Message {
			switch {
			case m.Type == wire.TypeAck && m.Re == "a":
				held = append(held, m)
				return nil
			case m.Type == string(session.EvEvaluation):
				return append([]wire.Message{m}, held...)
			}
			return []wire.Message{m}
		}}
	})
	green(t, results(t, whole(t, behind(t, h, &b), h), named(t, "resume/in-an-evaluation", "interview/acks")))
}

// TestALateMessageInAShortTurn is nobody's fault.
func TestALateMessageInAShortTurn(t *testing.T) {
	if testing.Short() {
		t.Skip("turns run out")
	}
	t.Parallel()
	for name, kind := range map[string]string{"time/draft": wire.TypeDraft, "time/stands-still": string(session.CmdPause)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := host(t)
			var came atomic.Int32
			b := hears(func(_ ends, m wire.Message, frame []byte) []byte {
				if m.Type == kind && came.Add(1) == 1 {
					time.Sleep(2200 * time.Millisecond) // as a network may
				}
				return frame
			})
			green(t, results(t, whole(t, behind(t, h, &b), h), named(t, name)))
		})
	}
}

// oneQuestion is a library of a bank that has no more.
type oneQuestion struct{ facetest.Bank }

func (l oneQuestion) Banks(ctx context.Context) ([]session.BankInfo, error) {
	list, err := l.Bank.Banks(ctx)
	for i := range list {
		list[i].Questions = 1
	}
	return list, err
}

func (l oneQuestion) Select(ctx context.Context, s session.Settings, last map[string]time.Time) (session.BankRef, []rubric.Question, error) {
	ref, list, err := l.Bank.Select(ctx, s, last)
	return ref, list[:min(1, len(list))], err
}

// TestABankOfOneQuestion: what needs two is skipped.
func TestABankOfOneQuestion(t *testing.T) {
	t.Parallel()
	h := servertest.Start(t, func(p *servertest.Parts) {
		p.Engine.Library, p.Engine.Evaluators = oneQuestion{}, []session.Evaluator{slow{}, facetest.ByName{}}
		p.Server.Report = report
	})
	var list []conformance.Check
	for _, c := range conformance.Checks() {
		if !c.Slow && !c.Alone {
			list = append(list, c)
		}
	}
	got := results(t, whole(t, h.URL(), h), list)
	green(t, got, "interview/", "exam/silent", "tell/mark", "draft/", "once/", "http/", "resume/snapshot", "tell/evidence")
	if got["interview/start"].Skip != "it needs a bank of 2 questions, and go has 1: --bank ID" {
		t.Errorf("interview/start was skipped: %q", got["interview/start"].Skip)
	}
}
