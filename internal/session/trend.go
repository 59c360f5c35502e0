package session

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Trend is how the scores of a bank, or of one of its topics, went over time.
// Interviews with different major versions of a bank are different trends:
// their scores are not comparable.
type Trend struct {
	Bank   BankRef      `json:"bank"`            // as in the latest of the interviews
	Major  string       `json:"major"`           // the major version of the bank
	Topic  string       `json:"topic,omitempty"` // "": all of the bank
	Points []TrendPoint `json:"points"`          // the earliest first
}

// TrendPoint is the score of one interview.
type TrendPoint struct {
	Interview string    `json:"interview"`
	At        time.Time `json:"at"`    // when the interview ended
	Score     float64   `json:"score"` // 0–100
}

// Last is the latest score of a trend.
func (t Trend) Last() float64 { return t.Points[len(t.Points)-1].Score }

// Scores lists the scores of a trend, the earliest first.
func (t Trend) Scores() []float64 {
	out := make([]float64, len(t.Points))
	for i, p := range t.Points {
		out[i] = p.Score
	}
	return out
}

// Trends gathers the scores of complete interviews by bank, each bank followed
// by its topics. The bank with the latest interview comes first. A question
// asked again tells about that question alone and is left out.
func Trends(list []Summary) []Trend {
	g := trends{at: map[trendKey]int{}, last: map[trendKey]time.Time{}}
	for _, s := range byEnd(list) {
		g.add(s, "", *s.Score)
		for _, t := range s.Topics {
			g.add(s, t.Topic, t.Score)
		}
	}
	slices.SortStableFunc(g.list, func(a, b *Trend) int {
		return cmp.Or(g.last[b.bank()].Compare(g.last[a.bank()]),
			cmp.Compare(a.Bank.ID, b.Bank.ID), cmp.Compare(a.Major, b.Major), cmp.Compare(a.Topic, b.Topic))
	})
	out := make([]Trend, len(g.list))
	for i, t := range g.list {
		out[i] = *t
	}
	return out
}

// byEnd are the interviews that tell about a bank, in the order they ended.
func byEnd(list []Summary) []Summary {
	var out []Summary
	for _, s := range list {
		if s.State == Complete && s.Score != nil && s.Settings.Again == nil {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Summary) int { return a.EndedAt.Compare(b.EndedAt) })
	return out
}

// trends is a list in the making.
type trends struct {
	list []*Trend
	at   map[trendKey]int       // places in the list
	last map[trendKey]time.Time // the end of the latest interview with a bank
}

// trendKey tells trends apart; without a topic it tells banks apart.
type trendKey struct{ bank, major, topic string }

func (g *trends) add(s Summary, topic string, score float64) {
	m := major(s.Bank.Version)
	i, ok := g.at[trendKey{s.Bank.ID, m, topic}]
	if !ok {
		i = len(g.list)
		g.at[trendKey{s.Bank.ID, m, topic}] = i
		g.list = append(g.list, &Trend{Major: m, Topic: topic})
	}
	t := g.list[i]
	t.Bank, t.Points = s.Bank, append(t.Points, TrendPoint{s.ID, s.EndedAt, score})
	g.last[t.bank()] = s.EndedAt
}

func (t *Trend) bank() trendKey { return trendKey{bank: t.Bank.ID, major: t.Major} }

// major is the first number of a version, as in semver.
func major(version string) string {
	m, _, _ := strings.Cut(version, ".")
	return m
}
