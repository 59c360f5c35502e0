package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// benchRoot is a root in front of the first question, without anything running.
func benchRoot(b *testing.B, h *house) (*root, *interview) {
	b.Helper()
	r := h.newRoom(session.Settings{Bank: "go", Count: 3, Mode: session.Practice}, h.pool...)
	r.send(session.Start{})
	o := options(h)
	o.fill()
	o.Room = r
	ctx, cancel := context.WithCancel(context.Background())
	b.Cleanup(cancel)
	root := newRoot(newEnv(ctx, o), o)
	root.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	m := root.interview
	snap, err := r.Snapshot(ctx)
	if err != nil {
		b.Fatal(err)
	}
	root.Update(roomMsg{m.visit, snapshotMsg{snap: snap}})
	return root, m
}

// BenchmarkKeyToFrame is a key press and the frame after it, with answers of
// several lengths, as prose and as one line; the budget is 16 ms at 10 000 in
// 99 of 100.
func BenchmarkKeyToFrame(b *testing.B) {
	for _, size := range []int{0, 1000, 10_000, 20_000} {
		for _, kind := range []string{"prose", "one-line"} {
			b.Run(fmt.Sprintf("%s-%d", kind, size), func(b *testing.B) {
				root, m := benchRoot(b, newHouse())
				line := "The runtime parks the goroutine until another one is ready to receive. "
				if kind == "prose" {
					line += "\n"
				}
				m.ed.set(strings.Repeat(line, size/len(line)+1)[:size])
				b.ReportAllocs()
				var took []time.Duration
				for i := 0; b.Loop(); i++ {
					began := time.Now()
					k := tea.KeyPressMsg{Code: 'x', Text: "x"}
					if i%2 == 1 {
						k = tea.KeyPressMsg{Code: tea.KeyBackspace}
					}
					root.Update(k)
					_ = root.View()
					took = append(took, time.Since(began))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)*99/100])/1e6, "ms/p99")
			})
		}
	}
}

// BenchmarkFrame is one frame of each screen that has goldens.
func BenchmarkFrame(b *testing.B) {
	for _, s := range scenes {
		b.Run(s.name, func(b *testing.B) {
			p := s.play(b, false)
			for b.Loop() {
				_ = p.root.View()
			}
		})
	}
}

// BenchmarkFirstFrame is what stands between start and the first frame on our
// side: making the screens and drawing home.
func BenchmarkFirstFrame(b *testing.B) {
	h := newHouse()
	o := options(h)
	o.fill()
	for b.Loop() {
		root := newRoot(newEnv(context.Background(), o), o)
		root.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		_ = root.View()
	}
}

// BenchmarkMarkdown is a question with code, drawn anew.
func BenchmarkMarkdown(b *testing.B) {
	k := newLook(true, false)
	src := questions()[0].Ideal
	b.ReportAllocs()
	for b.Loop() {
		_ = k.markdown(src, 78)
	}
}
