package convert

import "github.com/elios/elios/internal/rubric"

// Item is one question as a list has it.
type Item struct {
	File   string
	Line   int    // from 1
	ID     string // as the list has it; "" for one made of the prompt
	Prompt string // Markdown
	Name   string // what the id is made of; "" for the prompt
	Answer string // Markdown, "" for none
	Points []string
	Topic  string // as people read it
	Level  int    // 1–5, 0 when the list does not say
	Tags   []string
	Links  []rubric.Reference

	text    string // a field that may be the answer or the question
	choices string // Markdown; not part of the prompt
}

// Left is something of a list that was not taken over as it stood.
type Left struct {
	Kind  Kind   `json:"kind"`
	File  string `json:"file"`
	Line  int    `json:"line"`
	Count int    `json:"count"` // of entries, 1 for a single thing
	Text  string `json:"text,omitempty"`
}

// Kind says what was left, in words that stand before a number of them.
type Kind string

// The kinds of things that are left.
const (
	Contents    Kind = "table of contents"
	BackToTop   Kind = "back-to-top link"
	Banner      Kind = "banner"
	LinkList    Kind = "link without a question"
	Image       Kind = "image"
	Prose       Kind = "text that asks nothing"
	Section     Kind = "section about the list itself"
	Duplicate   Kind = "duplicate question"
	Empty       Kind = "question without a text"
	SameAnswer  Kind = "same answer as another question (kept)"
	NoAnswer    Kind = "question without an answer (kept as a draft)"
	CodeOnly    Kind = "answer of nothing but code (kept as a draft)"
	TooLong     Kind = "answer too long for a bank"
	Choices     Kind = "question with choices, which are in its context now"
	NotUTF8     Kind = "byte that is not UTF-8 (replaced)"
	Unreadable  Kind = "row that cannot be read"
	Unsettled   Kind = "ideal answer that does not show its points (kept in context)"
	Unprovable  Kind = "sentence that the built-in evaluator cannot tell (in the ideal answer only)"
	OtherFormat Kind = "kind of question that elios does not have"
)

// List is what a decoder read.
type List struct {
	Items []Item
	Left  []Left
}

func (l *List) leave(kind Kind, file string, line, count int, text string) {
	l.Left = append(l.Left, Left{kind, file, line, count, excerpt(text)})
}

// excerpt is enough of a text to know it again.
func excerpt(s string) string {
	s = oneLine(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
