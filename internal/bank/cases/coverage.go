package cases

import (
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/session"
)

// Coverage is what of a bank its cases test: topics by levels, and the points
// that no case expects anything of.
type Coverage struct {
	Bank      session.BankRef `json:"bank"`
	Questions int             `json:"questions"`
	Cases     int             `json:"cases"`
	Points    int             `json:"points"`
	Untested  int             `json:"untested"` // points
	Topics    []TopicCoverage `json:"topics"`
}

// TopicCoverage is the part of a coverage that is about one topic.
type TopicCoverage struct {
	ID       string          `json:"id"`
	Title    string          `json:"title"`
	Levels   []LevelCoverage `json:"levels"` // 1 to 5
	Cases    int             `json:"cases"`
	Untested []UntestedPart  `json:"untested"`
}

// LevelCoverage counts a topic's questions of one level and their cases.
type LevelCoverage struct {
	Level     int `json:"level"`
	Questions int `json:"questions"`
	Cases     int `json:"cases"`
}

// UntestedPart is a question with points that no case expects anything of.
type UntestedPart struct {
	Question string   `json:"question"`
	Cases    int      `json:"cases"`
	Points   []string `json:"points"`
}

// CoverageOf counts what the cases of a bank test.
func CoverageOf(b *bank.Bank) Coverage {
	c := Coverage{Bank: b.Ref(), Questions: len(b.Questions), Topics: []TopicCoverage{}}
	for _, t := range b.Topics {
		one := TopicCoverage{ID: t.ID, Title: t.Title, Untested: []UntestedPart{}}
		for level := 1; level <= levels; level++ {
			one.Levels = append(one.Levels, LevelCoverage{Level: level})
		}
		for i := range b.Questions {
			if q := &b.Questions[i]; q.Topic == t.ID {
				one.add(q)
				c.Points += len(q.Criteria())
			}
		}
		for _, u := range one.Untested {
			c.Untested += len(u.Points)
		}
		c.Cases += one.Cases
		c.Topics = append(c.Topics, one)
	}
	return c
}

// levels is how many levels there are.
const levels = 5

func (t *TopicCoverage) add(q *bank.Question) {
	l := &t.Levels[q.Level-1]
	l.Questions++
	l.Cases += len(q.Cases)
	t.Cases += len(q.Cases)
	if points := UntestedPoints(q); len(points) > 0 {
		t.Untested = append(t.Untested, UntestedPart{q.ID, len(q.Cases), points})
	}
}
