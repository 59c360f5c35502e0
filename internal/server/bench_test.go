package server_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
	"github.com/elios/elios/internal/wire"
)

// BenchmarkClosedLoop has 50 remote interviews answer as fast as they are asked.
func BenchmarkClosedLoop(b *testing.B) {
	h := servertest.Start(b, nil)
	var mu sync.Mutex
	var acks []time.Duration
	var wg sync.WaitGroup
	answers := 0
	begun := time.Now()
	for i := range 50 {
		wg.Go(func() {
			for n := i; n < b.N; n += 50 {
				took := whole(b, h)
				mu.Lock()
				acks = append(acks, took...)
				answers += len(took)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	slices.Sort(acks)
	b.ReportMetric(float64(answers)/time.Since(begun).Seconds(), "answers/s")
	b.ReportMetric(float64(acks[len(acks)/2].Microseconds())/1000, "ack-p50-ms")
	b.ReportMetric(float64(acks[len(acks)*99/100].Microseconds())/1000, "ack-p99-ms")
}

// whole has one interview of twenty questions and tells how long each answer took to
// be acknowledged.
func whole(b *testing.B, h *servertest.Host) (acks []time.Duration) {
	const questions = 20
	l := dial(b, h, nil)
	defer l.ws.CloseNow() //nolint:errcheck // the interview is over
	l.hello(h.Host, "", 0)
	count := questions
	l.send(wire.TypeCreate, uuid.NewString(), wire.Create{Bank: "go", Count: &count})
	l.send("start", "s", nil)
	var sent time.Time
	for len(acks) < questions {
		m, err := l.next()
		if err != nil {
			b.Error(err)
			return acks
		}
		switch {
		case m.Type == wire.TypeAck && strings.HasPrefix(m.Re, "a"):
			acks = append(acks, time.Since(sent))
		case m.Type == "question":
			var q session.QuestionAsked
			if err := m.Into(&q); err != nil {
				b.Error(err)
			}
			sent = time.Now()
			l.send("answer", fmt.Sprint("a", q.Turn), session.Answer{Turn: q.Turn, Text: facetest.Full})
		}
	}
	return acks
}

// BenchmarkIdle measures what one more connected, idle interview costs the
// server and the client in this process together.
func BenchmarkIdle(b *testing.B) {
	h := servertest.Start(b, nil)
	var open []*websocket.Conn
	grow := func(n int) {
		for range n {
			m, _ := wire.New(wire.TypeCreate, wire.Create{Bank: "go"})
			m.ID = fmt.Sprint("c", len(open))
			ws, _, err := websocket.Dial(context.Background(), h.URL()+"/v1/ws", nil)
			if err != nil {
				b.Fatal(err)
			}
			hello, _ := wire.HelloMessage(wire.Hello{Token: h.Host})
			for _, m := range []wire.Message{hello, m, {Type: "start", ID: "s"}} {
				text, _ := wire.Encode(m)
				if err := ws.Write(context.Background(), websocket.MessageText, text); err != nil {
					b.Fatal(err)
				}
			}
			if _, _, err := ws.Read(context.Background()); err != nil { // the welcome
				b.Fatal(err)
			}
			open = append(open, ws)
		}
	}
	grow(100)
	before := rss(b)
	const n = 1000
	for range b.N {
		grow(n)
	}
	time.Sleep(2 * time.Second) // what is under way settles
	b.ReportMetric(float64(rss(b)-before)/float64(n*b.N)/1024, "KiB/connection")
	for _, ws := range open {
		_ = ws.CloseNow()
	}
}

// rss is the resident memory of this process in bytes.
func rss(b *testing.B) int {
	runtime.GC()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		b.Skip("no /proc here")
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		b.Fatal(err)
	}
	return pages * os.Getpagesize()
}
