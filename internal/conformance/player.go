package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
	"github.com/elios/elios/internal/wire"
)

// player is one interview of a load. It reads whatever comes as soon as it comes,
// as a person's client does, also while the next answer is not due yet.
type player struct {
	r   *loading
	id  string
	seq int64

	mu   sync.Mutex // of all below; held while the connection is another one
	ws   *websocket.Conn
	sent map[string]answering // answers without an ack, by their id
	turn map[int]time.Time    // when an answer was due, until it is evaluated

	wg sync.WaitGroup // answers that wait for their time
}

// answering is an answer on its way.
type answering struct {
	due   time.Time
	frame []byte
}

// heard is what a load looks at of a message. Whether messages are well formed is
// for the checks to say.
type heard struct {
	Type string          `json:"type"`
	Re   string          `json:"re"`
	Seq  int64           `json:"seq"`
	Data json.RawMessage `json:"data"`
}

func newPlayer(r *loading) *player {
	return &player{r: r, sent: map[string]answering{}, turn: map[int]time.Time{}}
}

// start connects, makes an interview of so many questions (0: all) and starts it.
func (p *player) start(ctx context.Context, questions int) error {
	if err := p.connect(ctx, wire.Hello{}); err != nil {
		return err
	}
	none := 0
	// With a seed the server need not look at what was asked before: a candidate
	// has had a few interviews, this token thousands.
	asked := wire.Create{Bank: p.r.t.Bank, Count: &questions, FollowUps: &none, Seed: 1 + rand.Uint64N(1<<62)}
	if err := p.send(ctx, wire.TypeCreate, uuid.NewString(), asked); err != nil {
		return err
	}
	for {
		m, err := p.next(ctx)
		if err != nil {
			return err
		}
		if m.Type != wire.TypeAck {
			continue
		}
		var ack wire.Ack
		if err := json.Unmarshal(m.Data, &ack); err != nil {
			return fmt.Errorf("ack: %w", err)
		}
		p.id = ack.Interview
		return p.send(ctx, string(session.CmdStart), "start", nil)
	}
}

// connect connects and says who it is. p.mu is held, or nobody else is there.
func (p *player) connect(ctx context.Context, h wire.Hello) error {
	ctx, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, p.r.t.URL.String()+"/v1/ws", &websocket.DialOptions{HTTPClient: p.r.t.HTTP, Subprotocols: []string{wire.Subprotocol}})
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	ws.SetReadLimit(wire.MaxServerFrame)
	p.ws = ws
	h.Token = p.r.t.Token
	m, err := wire.HelloMessage(h)
	if err != nil {
		return err
	}
	b, err := wire.Encode(m)
	if err != nil {
		return err
	}
	return p.ws.Write(ctx, websocket.MessageText, b)
}

// leave breaks the connection and waits for what was on its way.
func (p *player) leave() {
	p.mu.Lock()
	if p.ws != nil {
		_ = p.ws.CloseNow() // a load does not wait for goodbyes
	}
	p.mu.Unlock()
	p.wg.Wait()
}

func (p *player) send(ctx context.Context, kind, id string, data any) error {
	b, err := frameOf(kind, id, data)
	if err != nil {
		return err
	}
	return p.ws.Write(ctx, websocket.MessageText, b)
}

func frameOf(kind, id string, data any) ([]byte, error) {
	m, err := wire.New(kind, data)
	if err != nil {
		return nil, err
	}
	m.ID = id
	return wire.Encode(m)
}

// next reads a message and counts its seq.
func (p *player) next(ctx context.Context) (heard, error) {
	_, b, err := p.ws.Read(ctx)
	if err != nil {
		return heard{}, fmt.Errorf("read: %w", err)
	}
	var m heard
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("read: %w", err)
	}
	switch {
	case m.Seq == 0:
	case m.Seq <= p.seq:
		p.r.duplicates.Add(1)
	case m.Seq > p.seq+1:
		p.r.gaps.Add(1)
		p.seq = m.Seq
	default:
		p.seq = m.Seq
	}
	if m.Type == wire.TypeError {
		return m, fmt.Errorf("the server refuses: %s", refusal(m.Data))
	}
	return m, nil
}

// refusal is what an error says, fit to be shown.
func refusal(data []byte) string {
	var e wire.Error
	if json.Unmarshal(data, &e) != nil {
		return text.Clean(string(data))
	}
	return fmt.Sprintf("%s (%s)", text.Clean(e.Message), text.Clean(string(e.Code)))
}

// play answers whatever is asked until the interview is complete.
func (p *player) play(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for {
		m, err := p.next(ctx)
		if err != nil {
			return err
		}
		switch m.Type {
		case wire.TypeAck:
			if p.acked(m.Re) && p.r.l.Drop > 0 && rand.Float64() < p.r.l.Drop {
				err = p.comeBack(ctx)
			}
		case string(session.EvEvaluation):
			err = p.judged(m)
		case string(session.EvQuestion):
			err = p.asked(ctx, m)
		case string(session.EvCompleted):
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// turnOf reads which turn a message is about.
func turnOf(m heard) (int, error) {
	var v struct {
		Turn int `json:"turn"`
	}
	if err := json.Unmarshal(m.Data, &v); err != nil {
		return 0, fmt.Errorf("%s: %w", m.Type, err)
	}
	return v.Turn, nil
}

// asked hands an answer in when it is due.
func (p *player) asked(ctx context.Context, m heard) error {
	turn, err := turnOf(m)
	if err != nil || p.r.l.Idle {
		return err
	}
	p.wg.Go(func() {
		due, ok := p.r.wait(ctx)
		if !ok {
			return
		}
		p.answer(ctx, turn, due)
	})
	return nil
}

// answer sends an answer. Whoever reads finds out when that fails.
func (p *player) answer(ctx context.Context, turn int, due time.Time) {
	id := fmt.Sprint("a", turn)
	b, err := frameOf(string(session.CmdAnswer), id, session.Answer{Turn: turn, Text: said})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent[id], p.turn[turn] = answering{due, b}, due
	if err == nil {
		err = p.ws.Write(ctx, websocket.MessageText, b)
	}
	if err != nil {
		_ = p.ws.CloseNow()
	}
}

// acked tells whether an ack is the first for an answer, and counts it.
func (p *player) acked(id string) bool {
	p.mu.Lock()
	a, ok := p.sent[id]
	delete(p.sent, id)
	p.mu.Unlock()
	if ok {
		p.r.answers.Add(1)
		p.r.took(&p.r.acks, a.due)
	}
	return ok
}

func (p *player) judged(m heard) error {
	turn, err := turnOf(m)
	if err != nil {
		return err
	}
	p.mu.Lock()
	due, ok := p.turn[turn]
	delete(p.turn, turn)
	p.mu.Unlock()
	if ok {
		p.r.took(&p.r.evaluated, due)
	}
	return nil
}

// comeBack breaks the connection, resumes, and sends again what has no ack.
func (p *player) comeBack(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.ws.CloseNow() // that is what it is for
	p.r.resumes.Add(1)
	if err := p.connect(ctx, wire.Hello{Interview: p.id, After: p.seq}); err != nil {
		return err
	}
	for _, a := range p.sent {
		if err := p.ws.Write(ctx, websocket.MessageText, a.frame); err != nil {
			return fmt.Errorf("send again: %w", err)
		}
	}
	return nil
}
