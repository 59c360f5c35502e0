package store

import (
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/elios/elios/internal/session"
)

// fsyncTime is what one fsync of a small write costs on the disk of dir: what a
// durable commit cannot be faster than.
func fsyncTime(b *testing.B, dir string) time.Duration {
	b.Helper()
	f, err := os.Create(filepath.Join(dir, "fsync"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	const n = 100
	page := make([]byte, 4096)
	start := time.Now()
	for range n {
		if _, err := f.Write(page); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(start) / n
}

// player commits pauses and resumes, answers being over too soon.
func (g *game) player(b *testing.B) func() {
	g.do(session.Start{}, session.Answer{Turn: 1, Text: fmt.Sprintf("%0200d", 1)})
	g.do(g.judge("a"))
	n := 0
	return func() {
		n++
		var cmd session.Command = session.Pause{}
		if g.iv.Paused {
			cmd = session.Resume{}
		}
		c := g.decide(cmd)
		c.Command = &session.CommandRecord{Interview: g.iv.ID, ID: fmt.Sprint(n), Hash: "hash"}
		g.commit(c)
	}
}

func BenchmarkCommit(b *testing.B) {
	dir := b.TempDir()
	s := mustOpen(b, filepath.Join(dir, "elios.db"))
	play := newGame(b, s, "one").player(b)
	for b.Loop() {
		play()
	}
	b.ReportMetric(float64(fsyncTime(b, dir).Microseconds()), "fsync-µs")
}

func BenchmarkCommitParallel(b *testing.B) {
	dir := b.TempDir()
	s := mustOpen(b, filepath.Join(dir, "elios.db"))
	const players = 64
	plays := make([]func(), players)
	for i := range plays {
		plays[i] = newGame(b, s, fmt.Sprint("iv", i)).player(b)
	}
	before := s.Stats()
	var next atomic.Int64
	b.SetParallelism(players / 2)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		play := plays[int(next.Add(1)-1)%players]
		for pb.Next() {
			play()
		}
	})
	b.StopTimer()
	after := s.Stats()
	b.ReportMetric(float64(after.Writes-before.Writes)/float64(after.Commits-before.Commits), "writes/commit")
	b.ReportMetric(float64(fsyncTime(b, dir).Microseconds()), "fsync-µs")
}

// BenchmarkAnswer is a whole question: an answer and its evaluation, two
// commits with everything a real one carries.
func BenchmarkAnswer(b *testing.B) {
	dir := b.TempDir()
	s := mustOpen(b, filepath.Join(dir, "elios.db"))
	n := 0
	for b.Loop() {
		b.StopTimer()
		n++
		g := newGame(b, s, fmt.Sprint("iv", n)).do(session.Start{})
		b.StartTimer()
		g.do(session.Answer{Turn: 1, Text: fmt.Sprintf("%02000d", 1)})
		g.do(g.judge("a"))
	}
	b.ReportMetric(float64(fsyncTime(b, dir).Microseconds()), "fsync-µs")
}

func BenchmarkLoad(b *testing.B) {
	s := fresh(b)
	newGame(b, s, "one").answerAll()
	for b.Loop() {
		if _, err := s.Load(b.Context(), "one"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "elios.db")
	for b.Loop() {
		s, err := Open(b.Context(), path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
