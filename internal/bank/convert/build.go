package convert

import (
	"strings"
	"unicode/utf8"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
)

// DefaultLevel is the level of questions whose list says none.
const DefaultLevel = 2

// Options are what a list does not say of the bank it becomes.
type Options struct {
	ID, Title, License string
	Topic              string // of every question, "" for the list's own
	Level              int    // of questions without one, 0 for DefaultLevel
}

// Draft marks the only point of a question that the list has no answer to. Lint
// finds it as a text still to be written, and an interview never asks the
// question.
const Draft = "TODO: what a good answer says."

// Result is a bank made of lists, and what became of each thing in them.
type Result struct {
	Bank   bank.Bank
	Report Report
	made   []made
}

// made is how a question came about.
type made struct {
	derived bool // its points are sentences of the answer
	draft   bool
	file    string
	line    int
}

// Build makes a bank of what was read. The questions keep their order.
func Build(lists []List, o Options) Result {
	b := &builder{opts: o, ids: idSet{}, topics: map[string]string{}, topicIDs: idSet{}, seen: map[string]int{}, answers: map[string]string{}}
	b.Bank = bank.Bank{Elios: bank.Format, ID: o.ID, Title: o.Title, Version: "1.0.0", Language: "en", License: o.License}
	b.Report.Files = len(lists)
	for _, l := range lists {
		b.Report.Left = append(b.Report.Left, l.Left...)
		for _, item := range l.Items {
			b.Report.Read++
			b.add(item)
		}
	}
	return b.Result
}

// builder collects a bank's questions.
type builder struct {
	Result
	opts     Options
	ids      idSet
	topics   map[string]string // title in small letters to id
	topicIDs idSet
	seen     map[string]int    // prompt to the place of its question
	answers  map[string]string // answer to the id of its question
}

func (b *builder) leave(item Item, kind Kind, n int, text string) {
	b.Report.Left = append(b.Report.Left, Left{kind, item.File, item.Line, n, excerpt(text)})
}

// add makes a question of an item, or says why not.
func (b *builder) add(item Item) {
	item.Prompt = tidy(item.Prompt)
	key := strings.ToLower(oneLine(item.Prompt))
	if !hasWord(item.Prompt) {
		b.leave(item, Empty, 1, item.Answer)
		b.Report.Empty++
		return
	}
	p, points := b.answer(item)
	if at, ok := b.seen[key]; ok {
		b.again(item, at, p, points)
		return
	}
	q := bank.Question{Question: rubric.Question{
		ID: b.id(item), Type: rubric.Open, Topic: b.topic(item.Topic), Level: b.level(item.Level),
		Tags: cleanTags(item.Tags), Ask: item.Prompt,
	}}
	if strings.Contains(item.Prompt, "```") {
		q.Type = rubric.CodeReading
	}
	b.seen[key] = len(b.Bank.Questions)
	b.Bank.Questions = append(b.Bank.Questions, q)
	b.made = append(b.made, made{})
	b.fill(item, len(b.made)-1, p, points)
}

// answer takes the item's answer apart.
func (b *builder) answer(item Item) (prose, []rubric.KeyPoint) {
	if len(item.Answer) > maxAnswer {
		b.leave(item, TooLong, 1, item.Prompt)
		item.Answer = ""
	}
	p := proseOf(item.Answer)
	p.text = tidy(p.text)
	if utf8.RuneCountInString(p.text) > bank.MaxText || tooLong(item.Points) {
		b.leave(item, TooLong, 1, item.Prompt)
		p.text, p.parts = "", nil
	}
	if p.images > 0 {
		b.leave(item, Image, p.images, item.Prompt)
	}
	return p, keyPoints(item.Points)
}

func tooLong(list []string) bool {
	for _, s := range list {
		if utf8.RuneCountInString(s) > bank.MaxText {
			return true
		}
	}
	return false
}

// fill gives a question its points, ideal answer and references, and counts it.
func (b *builder) fill(item Item, at int, p prose, points []rubric.KeyPoint) {
	q, m := &b.Bank.Questions[at], &b.made[at]
	*m = made{file: item.File, line: item.Line}
	q.Ideal, q.References, q.KeyPoints = p.text, unique(append(p.links, item.Links...)), points
	q.Context = codeContext(p.code)
	if item.choices != "" {
		b.leave(item, Choices, 1, item.Prompt)
		q.Context = tidyCode("Choices of the list:\n\n" + item.choices + "\n\n" + q.Context)
	}
	switch {
	case len(points) > 0:
		b.Report.WithPoints++
	case p.text != "":
		m.derived = true
		q.KeyPoints = keyPoints(leads(distinct(sentences(p.parts), q.Ask), MaxPoints))
		if len(q.KeyPoints) == 0 {
			q.KeyPoints = keyPoints([]string{p.text})
		}
		b.Report.FromAnswer++
	default:
		m.draft = true
		q.KeyPoints = []rubric.KeyPoint{{ID: "todo", Weight: 1, Point: Draft}}
		if len(p.code) > 0 {
			b.Report.CodeOnly++
			b.leave(item, CodeOnly, 1, item.Prompt)
		} else {
			b.Report.WithoutAnswer++
			b.leave(item, NoAnswer, 1, item.Prompt)
		}
	}
	if !m.draft {
		b.sameAnswer(item, q)
	}
}

// again counts a question that is there already. When only the second has an
// answer, it goes to the first.
func (b *builder) again(item Item, at int, p prose, points []rubric.KeyPoint) {
	q, first := &b.Bank.Questions[at], b.made[at]
	b.Report.Duplicates++
	b.leave(item, Duplicate, 1, q.ID+" of line "+itoa(first.line)+": "+item.Prompt)
	if first.draft && (p.text != "" || len(points) > 0) {
		if q.Context != "" {
			b.Report.CodeOnly--
		} else {
			b.Report.WithoutAnswer--
		}
		item.Line = first.line
		b.fill(item, at, p, points)
	}
}

func (b *builder) sameAnswer(item Item, q *bank.Question) {
	key := strings.ToLower(oneLine(q.Ideal))
	if len(key) < 20 {
		return // "True" answers many questions
	}
	if other, ok := b.answers[key]; ok {
		b.Report.SameAnswers++
		b.leave(item, SameAnswer, 1, "that of "+other+": "+item.Prompt)
		return
	}
	b.answers[key] = q.ID
}

// id is the item's own, or made of its name.
func (b *builder) id(item Item) string {
	if bank.IsID(item.ID) {
		return b.ids.unique(item.ID)
	}
	name := item.Name
	if name == "" {
		name = firstLine(item.Prompt)
	}
	id := slug(name)
	if id == "" {
		id = slug(item.Prompt)
	}
	if id == "" {
		id = "question"
	}
	return b.ids.unique(id)
}

// topic finds or adds a topic by its title.
func (b *builder) topic(title string) string {
	if b.opts.Topic != "" {
		title = b.opts.Topic
	}
	title = oneLine(title)
	if r := []rune(title); len(r) > 80 {
		title = string(r[:80])
	}
	if !hasWord(title) {
		title = "General"
	}
	key := strings.ToLower(title)
	if id, ok := b.topics[key]; ok {
		return id
	}
	id := slug(title)
	if id == "" {
		id = "topic"
	}
	id = b.topicIDs.unique(id)
	b.topics[key] = id
	b.Bank.Topics = append(b.Bank.Topics, bank.Topic{ID: id, Title: title})
	return id
}

func (b *builder) level(n int) int {
	switch {
	case n >= 1 && n <= 5:
		return n
	case b.opts.Level > 0:
		return b.opts.Level
	}
	return DefaultLevel
}
