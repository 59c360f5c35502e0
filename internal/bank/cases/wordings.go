package cases

import (
	"context"
	"strings"

	"github.com/elios/elios/internal/text"
)

// Scores the best answer has to reach.
const (
	leastIdeal      = 95
	leastBehavioral = 75 // of the joined say sentences
)

// wordings checks that a good answer is a good answer however it is put down.
func (m *metamorphic) wordings(ctx context.Context) error {
	q := m.question
	behavioral := len(q.Dimensions) > 0
	switch {
	case behavioral && q.Say() != "":
		if err := m.least(ctx, Ideal, "say", q.Say(), leastBehavioral); err != nil {
			return err
		}
	case !behavioral && q.Ideal != "":
		if err := m.least(ctx, Ideal, "ideal", q.Ideal, leastIdeal); err != nil {
			return err
		}
	}
	bases := []struct{ name, answer string }{{"say", q.Say()}}
	if !behavioral && folded(q.Ideal) != folded(q.Say()) {
		bases = append(bases, struct{ name, answer string }{"ideal", q.Ideal})
	}
	for _, base := range bases {
		if base.answer == "" {
			continue
		}
		if err := m.reworded(ctx, base.name, base.answer); err != nil {
			return err
		}
	}
	return m.thrice(ctx)
}

// reworded compares an answer with the same in other clothes.
func (m *metamorphic) reworded(ctx context.Context, name, answer string) error {
	o, err := m.hear(ctx, answer)
	if err != nil {
		return err
	}
	for _, w := range rewordings {
		if err := m.near(ctx, w.kind, name+", "+w.name, w.change(answer), o.Score.Value); err != nil {
			return err
		}
	}
	return nil
}

// thrice checks that saying it again earns nothing.
func (m *metamorphic) thrice(ctx context.Context) error {
	answer := best(m.question)
	if answer == "" {
		return nil
	}
	once, err := m.hear(ctx, answer)
	if err != nil {
		return err
	}
	if err := m.most(ctx, Thrice, "in three paragraphs", strings.Repeat(answer+"\n\n", 3), once.Score.Value); err != nil {
		return err
	}
	return m.most(ctx, Thrice, "in one paragraph", strings.Repeat(strings.TrimSpace(answer)+" ", 3), once.Score.Value)
}

// rewordings leave the sense of an answer as it is.
var rewordings = []struct {
	kind   Kind
	name   string
	change func(string) string
}{
	{Order, "back to front", backToFront},
	{Order, "last sentence first", lastFirst},
	{Bullets, "bullets", func(s string) string { return "- " + strings.Join(sentences(s), "\n- ") }},
	{Bullets, "stars", func(s string) string { return "* " + strings.Join(sentences(s), "\n* ") }},
	{Bullets, "numbers", numbered},
	{Letters, "capitals", strings.ToUpper},
	{Letters, "small letters", strings.ToLower},
	{Space, "wide", func(s string) string { return "  " + strings.Join(strings.Fields(s), "   ") + " \n" }},
	{Space, "a line each", func(s string) string { return strings.Join(sentences(s), "\n") }},
	{Space, "a paragraph each", func(s string) string { return strings.Join(sentences(s), "\n\n") }},
	{Space, "wrapped", wrapped},
}

// sentences gives the sentences of an answer, those that run over a line end
// joined again.
func sentences(s string) []string {
	s = unwrapped(s)
	var out []string
	for _, span := range text.Sentences(s) {
		out = append(out, s[span.Start:span.End])
	}
	return out
}

// unwrapped joins the lines of each paragraph, but for lists.
func unwrapped(s string) string {
	var out []string
	for paragraph := range strings.SplitSeq(strings.TrimSpace(s), "\n\n") {
		lines := strings.Split(paragraph, "\n")
		joined := lines[0]
		for _, line := range lines[1:] {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") {
				joined += "\n" + line
			} else {
				joined += " " + line
			}
		}
		out = append(out, joined)
	}
	return strings.Join(out, "\n\n")
}

func backToFront(s string) string {
	all := sentences(s)
	var out []string
	for i := len(all) - 1; i >= 0; i-- {
		out = append(out, all[i])
	}
	return strings.Join(out, " ")
}

func lastFirst(s string) string {
	all := sentences(s)
	if len(all) < 2 {
		return s
	}
	return strings.Join(append([]string{all[len(all)-1]}, all[:len(all)-1]...), " ")
}

func numbered(s string) string {
	var b strings.Builder
	for i, one := range sentences(s) {
		b.WriteString(number(float64(i+1)) + ". " + one + "\n")
	}
	return b.String()
}

// wrapped breaks lines as an editor does.
func wrapped(s string) string {
	const width = 60
	var b strings.Builder
	column := 0
	for _, w := range strings.Fields(s) {
		switch {
		case column == 0:
		case column+1+len(w) > width:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(w)
		column += len(w)
	}
	return b.String()
}

// folded is a text by its words alone.
func folded(s string) string { return strings.Join(text.Tokens(s), " ") }
