package rubric

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Type is the kind of a question.
type Type string

// The types of questions. A code-reading question is an open one with code in
// its text; a behavioral one has dimensions instead of key points.
const (
	Open        Type = "open"
	CodeReading Type = "code-reading"
	Behavioral  Type = "behavioral"
)

// Question is everything elios knows of one question, with the defaults of its
// bank filled in. Only Ask, Type, Topic and Level are ever shown before the
// question is over.
type Question struct {
	ID             string          `json:"id" yaml:"id"`
	Type           Type            `json:"type" yaml:"type"`
	Topic          string          `json:"topic" yaml:"topic"`
	TopicTitle     string          `json:"topic_title,omitempty" yaml:"-"`
	Level          int             `json:"level" yaml:"level"` // 1 (entry) to 5 (expert)
	Tags           []string        `json:"tags,omitempty" yaml:"tags,omitempty"`
	Roles          []string        `json:"roles,omitempty" yaml:"roles,omitempty"`
	Language       string          `json:"language,omitempty" yaml:"-"` // of the bank; "en" is what the built-in evaluator reads
	TimeLimit      Duration        `json:"time_limit,omitempty" yaml:"time_limit,omitempty"`
	MaxFollowUps   *int            `json:"max_follow_ups,omitempty" yaml:"max_follow_ups,omitempty"` // 0 to 3
	Scoring        Scoring         `json:"scoring,omitzero" yaml:"scoring,omitempty"`
	Ask            string          `json:"ask" yaml:"ask"`                             // Markdown
	Context        string          `json:"context,omitempty" yaml:"context,omitempty"` // for the evaluator, never shown
	KeyPoints      []KeyPoint      `json:"key_points,omitempty" yaml:"key_points,omitempty"`
	Dimensions     []Dimension     `json:"dimensions,omitempty" yaml:"dimensions,omitempty"`
	Misconceptions []Misconception `json:"misconceptions,omitempty" yaml:"misconceptions,omitempty"`
	Ideal          string          `json:"ideal,omitempty" yaml:"ideal,omitempty"`
	Hints          []string        `json:"hints,omitempty" yaml:"hints,omitempty"`
	FollowUps      []FollowUp      `json:"follow_ups,omitempty" yaml:"follow_ups,omitempty"`
	References     []Reference     `json:"references,omitempty" yaml:"references,omitempty"`
}

// KeyPoint is one thing a good answer says.
type KeyPoint struct {
	ID     string  `json:"id" yaml:"id"`
	Weight float64 `json:"weight" yaml:"weight"`                   // > 0
	Must   bool    `json:"must,omitempty" yaml:"must,omitempty"`   // the score is capped without it
	Point  string  `json:"point" yaml:"point"`                     // the rubric's words, for people and models
	Say    string  `json:"say,omitempty" yaml:"say,omitempty"`     // what a candidate who meets it might say
	Probe  string  `json:"probe,omitempty" yaml:"probe,omitempty"` // a question that aims at it without telling it
	Match  *Match  `json:"match,omitempty" yaml:"match,omitempty"` // for the built-in evaluator
}

// Dimension is one side of a behavioral answer, judged at a level from 0 to 5
// against its anchors.
type Dimension struct {
	ID      string         `json:"id" yaml:"id"`
	Weight  float64        `json:"weight" yaml:"weight"` // > 0
	Probe   string         `json:"probe,omitempty" yaml:"probe,omitempty"`
	Anchors map[int]string `json:"anchors" yaml:"anchors"` // level (0–5) to what it looks like
	Say     string         `json:"say,omitempty" yaml:"say,omitempty"`
}

// Misconception is a wrong belief that costs points when the answer holds it.
type Misconception struct {
	ID      string  `json:"id" yaml:"id"`
	Penalty float64 `json:"penalty" yaml:"penalty"` // points of 100
	Point   string  `json:"point" yaml:"point"`
	Match   *Match  `json:"match,omitempty" yaml:"match,omitempty"`
}

// FollowUp is a further question by the bank's author. When it has key points
// of its own they are judged and shown but never enter the question's score.
type FollowUp struct {
	ID        string     `json:"id" yaml:"id"`
	When      When       `json:"when,omitzero" yaml:"when,omitempty"`
	Level     int        `json:"level,omitempty" yaml:"level,omitempty"`
	Ask       string     `json:"ask" yaml:"ask"`
	Covers    []string   `json:"covers,omitempty" yaml:"covers,omitempty"`
	KeyPoints []KeyPoint `json:"key_points,omitempty" yaml:"key_points,omitempty"`
}

// Scoring holds the rules of a bank or question that bend the score.
type Scoring struct {
	CapIfMustMissing *int `json:"cap_if_must_missing,omitempty" yaml:"cap_if_must_missing,omitempty"` // 0–100, default 69
}

// Reference is where to read on.
type Reference struct {
	Title string `json:"title" yaml:"title"`
	URL   string `json:"url,omitempty" yaml:"url,omitempty"`
}

// DefaultCap is the highest score without every must point.
const DefaultCap = 69

// Cap is the highest score the question gives while a must point is open.
func (q *Question) Cap() float64 {
	if q.Scoring.CapIfMustMissing != nil {
		return float64(*q.Scoring.CapIfMustMissing)
	}
	return DefaultCap
}

// Hash names the content of a question: two questions with the same hash are
// the same to a candidate and to an evaluator.
func (q *Question) Hash() (string, error) {
	b, err := json.Marshal(q)
	if err != nil {
		return "", fmt.Errorf("question %q: %w", q.ID, err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// Criterion is a key point or dimension seen the same way: something with a
// weight that gets one verdict.
type Criterion struct {
	ID     string
	Weight float64
	Must   bool
	Text   string // the point, or the anchor for level 5
	Say    string
	Probe  string
	// Leveled marks a dimension: its verdict is a level from 0 to 5.
	Leveled bool
}

// Criteria lists what the question is scored on, in file order.
func (q *Question) Criteria() []Criterion {
	out := criteria(q.KeyPoints)
	for _, d := range q.Dimensions {
		out = append(out, Criterion{ID: d.ID, Weight: d.Weight, Text: d.top(), Say: d.Say, Probe: d.Probe, Leveled: true})
	}
	return out
}

// Criteria lists the follow-up's own points.
func (f *FollowUp) Criteria() []Criterion { return criteria(f.KeyPoints) }

func criteria(points []KeyPoint) []Criterion {
	out := make([]Criterion, 0, len(points))
	for _, p := range points {
		out = append(out, Criterion{ID: p.ID, Weight: p.Weight, Must: p.Must, Text: p.Point, Say: p.Say, Probe: p.Probe})
	}
	return out
}

// Criterion finds one by its id.
func (q *Question) Criterion(id string) (Criterion, bool) {
	for _, c := range q.Criteria() {
		if c.ID == id {
			return c, true
		}
	}
	return Criterion{}, false
}

// Misconception finds one by its id, nil when there is none.
func (q *Question) Misconception(id string) *Misconception {
	for i := range q.Misconceptions {
		if q.Misconceptions[i].ID == id {
			return &q.Misconceptions[i]
		}
	}
	return nil
}

// FollowUp finds an author's follow-up by its id, nil when there is none.
func (q *Question) FollowUp(id string) *FollowUp {
	for i := range q.FollowUps {
		if q.FollowUps[i].ID == id {
			return &q.FollowUps[i]
		}
	}
	return nil
}

// top is the text of the highest anchor.
func (d *Dimension) top() string {
	for level := MaxLevel; level >= 0; level-- {
		if s, ok := d.Anchors[level]; ok {
			return s
		}
	}
	return ""
}
