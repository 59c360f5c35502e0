package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/elios/elios/internal/conformance"
)

// used is what the server needed while it was measured.
type used struct {
	Restarted    bool     `json:"restarted,omitempty"` // the server, while it was measured: its processor time is unknown then
	CPUPerAnswer float64  `json:"cpu_ms_per_answer"`
	CPU          float64  `json:"cpu_share"` // of one processor
	CommitP50    float64  `json:"commit_p50_ms"`
	RSSBefore    float64  `json:"rss_before_mib"` // before anybody had connected
	Fsync        float64  `json:"fsync_p50_ms,omitempty"`
	Samples      []sample `json:"samples"`
}

// sample is what the server says of itself at one moment.
type sample struct {
	Seconds    float64 `json:"at_s"` // since the measurement began
	RSS        float64 `json:"rss_mib"`
	Goroutines float64 `json:"goroutines"`
}

// last is the sample at the end of the measurement, with every client connected.
func (u *used) last() sample { return u.Samples[len(u.Samples)-1] }

// observer reads the server's metrics while it is under load. Without a host's
// token there are none, and it sees nothing.
type observer struct {
	ctx    context.Context
	target conformance.Target

	before, first, end series
	fsync              time.Duration

	mu      sync.Mutex
	begun   time.Time
	samples []sample
	stop    context.CancelFunc
	wg      sync.WaitGroup
}

// sampling is how many samples are taken in a measurement.
const sampling = 40

// observe looks at a server before the load. dir is where its database is, if that is
// on this machine, else "".
func observe(ctx context.Context, t conformance.Target, dir string) *observer {
	o := &observer{ctx: ctx, target: t}
	o.before = o.metrics()
	if dir != "" && o.before != nil {
		o.fsync = fsyncTime(dir)
	}
	return o
}

// watch has a load tell when its measurement begins and ends.
func (o *observer) watch(l *conformance.Load) {
	if o.before == nil {
		return
	}
	l.Begin = func() {
		o.first, o.begun = o.metrics(), time.Now()
		o.sample(o.first)
		ctx, stop := context.WithCancel(o.ctx)
		o.stop = stop
		o.wg.Go(func() { o.sampleEvery(ctx, max(l.Duration/sampling, time.Second)) })
	}
	l.End = func() {
		o.stop()
		o.wg.Wait()
		o.end = o.metrics()
		o.sample(o.end)
	}
}

func (o *observer) sampleEvery(ctx context.Context, d time.Duration) {
	t := time.NewTicker(d)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			o.sample(o.metrics())
		}
	}
}

func (o *observer) sample(m series) {
	if m == nil {
		return // a server that is too busy to say is seen the next time
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.samples = append(o.samples, sample{time.Since(o.begun).Seconds(), m["process_resident_memory_bytes"] / (1 << 20), m["go_goroutines"]})
}

// used is what the server needed, nil when nobody knows.
func (o *observer) used(answers int) *used {
	if o.before == nil || o.first == nil || o.end == nil {
		return nil
	}
	u := &used{RSSBefore: o.before["process_resident_memory_bytes"] / (1 << 20), Fsync: float64(o.fsync.Microseconds()) / 1000, Samples: o.samples}
	if o.end["process_start_time_seconds"] != o.first["process_start_time_seconds"] {
		u.Restarted = true
		return u
	}
	cpu := o.end["process_cpu_seconds_total"] - o.first["process_cpu_seconds_total"]
	u.CPU = cpu / u.last().Seconds
	u.CommitP50 = 1000 * o.end.medianSince(o.first, "elios_commit_seconds")
	if answers > 0 {
		u.CPUPerAnswer = 1000 * cpu / float64(answers)
	}
	return u
}

// series is Prometheus' text form: numbers by name and labels.
type series map[string]float64

// metricsWithin is how long a busy server may take to say how it is.
const metricsWithin = 5 * time.Second

// metrics reads what the server says of itself; nil when it does not.
func (o *observer) metrics() series {
	// Also for whoever has interrupted it, and waits for what was measured.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(o.ctx), metricsWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.target.URL.String()+"/metrics", nil)
	if err != nil {
		return nil
	}
	req.Header.Set("Authorization", "Bearer "+o.target.Token.Reveal())
	res, err := o.target.HTTP.Do(req)
	if err != nil {
		return nil
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 8<<20))
	if err != nil || res.StatusCode != http.StatusOK {
		return nil
	}
	return parseMetrics(b)
}

func parseMetrics(b []byte) series {
	out := series{}
	for line := range bytes.Lines(b) {
		name, value, ok := strings.Cut(strings.TrimSpace(string(line)), " ")
		if v, err := strconv.ParseFloat(value, 64); ok && err == nil {
			out[name] = v
		}
	}
	return out
}

// medianSince is the upper bound, in seconds, of the bucket of a histogram that has
// the median of what came since then, 0 when nothing did.
func (m series) medianSince(then series, name string) float64 {
	half := (m[name+"_count"] - then[name+"_count"]) / 2
	if half == 0 {
		return 0
	}
	best := 0.0
	for key, n := range m {
		rest, ok := strings.CutPrefix(key, name+`_bucket{le="`)
		if !ok || n-then[key] < half {
			continue
		}
		le, err := strconv.ParseFloat(strings.TrimSuffix(rest, `"}`), 64)
		if err == nil && (best == 0 || le < best) {
			best = le
		}
	}
	return best
}

// fsyncTime is the median of what one fsync after a small write costs on the disk of a
// folder: no durable commit is faster. 0 when it cannot be measured.
func fsyncTime(dir string) time.Duration {
	f, err := os.CreateTemp(dir, "fsync-")
	if err != nil {
		return 0
	}
	defer func() {
		_ = f.Close()
		_ = os.Remove(f.Name()) // nobody needs it, and nobody misses it
	}()
	page := make([]byte, 4096)
	var all []time.Duration
	for range 100 {
		begun := time.Now()
		if _, err := f.Write(page); err != nil {
			return 0
		}
		if err := f.Sync(); err != nil {
			return 0
		}
		all = append(all, time.Since(begun))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// databaseDir is where the database of a server on this machine is, "" for one
// elsewhere.
func (o *benchOptions) databaseDir(t conformance.Target) string {
	if !loopback(t.URL.Hostname()) {
		return ""
	}
	cfg, err := o.configuration()
	if err != nil {
		return ""
	}
	if _, err := os.Stat(cfg.DB); err != nil {
		return "" // the server's is another
	}
	return filepath.Dir(cfg.DB)
}

// print writes what the server needed, and how its memory went.
func (u *used) print(w io.Writer) {
	last := u.last()
	var says []string
	if u.CPUPerAnswer > 0 {
		says = append(says, fmt.Sprintf("%.2f ms of CPU an answer", u.CPUPerAnswer))
	}
	if u.Restarted {
		says = append(says, "it was started anew meanwhile")
	} else {
		says = append(says, fmt.Sprintf("%.0f %% of a processor", 100*u.CPU))
	}
	says = append(says, fmt.Sprintf("%.0f MiB resident (%.0f before)", last.RSS, u.RSSBefore), fmt.Sprintf("%.0f goroutines", last.Goroutines))
	if u.CommitP50 > 0 {
		says = append(says, fmt.Sprintf("commit p50 at most %.2f ms", u.CommitP50))
	}
	fmt.Fprintf(w, "the server: %s\n", strings.Join(says, ", "))
	if u.Fsync > 0 {
		fmt.Fprintf(w, "its disk:   one fsync takes %.2f ms\n", u.Fsync)
	}
	if last.Seconds >= 60 {
		fmt.Fprint(w, "its memory:")
		for i := range 5 {
			s := u.Samples[i*(len(u.Samples)-1)/4]
			fmt.Fprintf(w, " %.0f MiB, %.0f goroutines after %.0f s;", s.RSS, s.Goroutines, s.Seconds)
		}
		fmt.Fprintln(w)
	}
}
