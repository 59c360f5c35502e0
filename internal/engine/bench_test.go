//go:build unix

package engine_test

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// BenchmarkAnswer is one answer from the command to the next question: two
// durable commits, the evaluation between them, and the events read back.
func BenchmarkAnswer(b *testing.B) {
	l := newLab(b)
	e := l.engine(func(c *engine.Config) {
		c.Library, c.Poll = library(slices.Repeat([]rubric.Question{question("map")}, 10)), engine.DefaultPoll
	})
	var room *seat
	var acked, judged []time.Duration
	var cpu time.Duration
	for b.Loop() {
		if room == nil || room.snap().State == session.Complete {
			if room != nil {
				_ = room.Close()
			}
			room = create(b, e, nil)
			room.do(session.Start{})
		}
		began, used := time.Now(), cpuTime(b)
		room.do(session.Answer{Turn: room.snap().Turn, Text: full})
		acked = append(acked, time.Since(began))
		room.until("the evaluation", func(s session.Snapshot) bool { return s.State != session.Evaluating })
		judged = append(judged, time.Since(began))
		cpu += cpuTime(b) - used
	}
	report := func(name string, times []time.Duration) {
		slices.Sort(times)
		b.ReportMetric(ms(times[len(times)/2]), name+"-p50-ms")
		b.ReportMetric(ms(times[len(times)*99/100]), name+"-p99-ms")
	}
	report("ack", acked)
	report("answer", judged)
	b.ReportMetric(ms(cpu)/float64(len(judged)), "cpu-ms/answer")
	b.ReportMetric(ms(fsync(b)), "fsync-p50-ms")
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// cpuTime is what this process has used.
func cpuTime(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// fsync is how long the disk takes to keep a page.
func fsync(tb testing.TB) time.Duration {
	tb.Helper()
	f, err := os.Create(filepath.Join(tb.TempDir(), "page"))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var times []time.Duration
	page := make([]byte, 4096)
	for range 50 {
		if _, err := f.Write(page); err != nil {
			tb.Fatal(err)
		}
		began := time.Now()
		if err := f.Sync(); err != nil {
			tb.Fatal(err)
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[len(times)/2]
}
