package bank

import (
	"slices"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Format is what the key elios of a bank says.
const Format = "bank/v1"

// Bank is a question bank as it was loaded: checked, cleaned, and with its
// defaults filled into every question.
type Bank struct {
	Elios       string     `json:"elios" yaml:"elios"`
	ID          string     `json:"id" yaml:"id"`
	Title       string     `json:"title" yaml:"title"`
	Version     string     `json:"version" yaml:"version"`
	Language    string     `json:"language" yaml:"language"`
	License     string     `json:"license,omitempty" yaml:"license,omitempty"`
	Authors     []Author   `json:"authors,omitempty" yaml:"authors,omitempty"`
	Description string     `json:"description,omitempty" yaml:"description,omitempty"`
	Defaults    Defaults   `json:"defaults,omitzero" yaml:"defaults,omitempty"`
	Topics      []Topic    `json:"topics" yaml:"topics"`
	Questions   []Question `json:"questions" yaml:"questions,omitempty"` // a folder may keep them in other files
	Test        Test       `json:"test" yaml:"test,omitempty"`
}

// Author is somebody who wrote a bank.
type Author struct {
	Name  string `json:"name" yaml:"name"`
	Email string `json:"email,omitempty" yaml:"email,omitempty"`
	URL   string `json:"url,omitempty" yaml:"url,omitempty"`
}

// Defaults hold for every question that does not say otherwise.
type Defaults struct {
	TimeLimit    rubric.Duration `json:"time_limit,omitempty" yaml:"time_limit,omitempty"`
	MaxFollowUps *int            `json:"max_follow_ups,omitempty" yaml:"max_follow_ups,omitempty"`
	Scoring      rubric.Scoring  `json:"scoring,omitzero" yaml:"scoring,omitempty"`
}

// Topic is what reports group questions by.
type Topic struct {
	ID    string `json:"id" yaml:"id"`
	Title string `json:"title" yaml:"title"`
}

// Question is a question with its calibration cases.
type Question struct {
	rubric.Question `yaml:",inline"`
	Cases           []Case `json:"cases,omitempty" yaml:"cases,omitempty"`
}

// Test says how a bank's cases are run.
type Test struct {
	Metamorphic bool    `json:"metamorphic" yaml:"metamorphic,omitempty"` // also checks made from the say sentences
	Repeat      int     `json:"repeat" yaml:"repeat,omitempty"`           // runs of a case by a model
	PassRate    float64 `json:"pass_rate" yaml:"pass_rate,omitempty"`     // of a case's runs, 0–1
	Tolerance   float64 `json:"tolerance" yaml:"tolerance,omitempty"`     // points of 100 a score may lie off
}

// DefaultTest is what a bank without the key test gets.
func DefaultTest() Test { return Test{Metamorphic: true, Repeat: 5, PassRate: 0.8} }

// Ref names the bank as interviews remember it.
func (b *Bank) Ref() session.BankRef {
	return session.BankRef{ID: b.ID, Title: b.Title, Version: b.Version}
}

// Question finds a question by its id, nil when there is none.
func (b *Bank) Question(id string) *Question {
	for i := range b.Questions {
		if b.Questions[i].ID == id {
			return &b.Questions[i]
		}
	}
	return nil
}

// Info is the bank as a picker shows it. Source is left to the library.
func (b *Bank) Info() session.BankInfo {
	info := session.BankInfo{
		ID: b.ID, Title: b.Title, Version: b.Version, Description: b.Description,
		Language: b.Language, License: b.License, Questions: len(b.Questions), Levels: b.levels(),
	}
	perTopic := map[string]int{}
	for _, q := range b.Questions {
		info.Cases += len(q.Cases)
		perTopic[q.Topic]++
	}
	for _, t := range b.Topics {
		info.Topics = append(info.Topics, session.TopicInfo{ID: t.ID, Title: t.Title, Questions: perTopic[t.ID]})
	}
	return info
}

// QuestionInfos lists the questions as a browser shows them.
func (b *Bank) QuestionInfos() []session.QuestionInfo {
	out := make([]session.QuestionInfo, len(b.Questions))
	for i := range b.Questions {
		q := &b.Questions[i]
		out[i] = session.QuestionInfo{
			ID: q.ID, Type: q.Type, Topic: q.TopicTitle, Level: q.Level, Ask: q.Ask,
			Points: len(q.Criteria()), Hints: len(q.Hints), Cases: len(q.Cases),
		}
	}
	return out
}

// levels lists the levels that occur, ascending.
func (b *Bank) levels() []int {
	var out []int
	for _, q := range b.Questions {
		out = append(out, q.Level)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
