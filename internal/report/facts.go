package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/elios/elios/internal/session"
)

// fact is one thing a report says, for either form of it.
type fact struct{ Label, Value string }

// style is how figures are written: for the eye or for the ear.
type style struct {
	score  func(value, upper float64) string
	length func(time.Duration) string
}

var (
	written = style{Score, Length}
	spoken  = style{SpokenScore, SpokenLength}
)

// header says what was done, when and by whom.
func header(r session.Report, s style) []fact {
	iv := r.Interview
	out := []fact{{"Bank", bankText(iv.Bank)}}
	out = append(out, evaluators(r)...)
	out = append(out, []fact{
		{"Mode", Line(string(iv.Mode))},
		{"Date", iv.CreatedAt.UTC().Format("2006-01-02 15:04") + " UTC"},
		{"Duration", s.length(r.Duration)},
		{"Outcome", OutcomeText(iv.Outcome)},
	}...)
	if r.Redacted {
		out = append(out, fact{"Redacted", "answers, quotes and names are left out"})
	}
	return out
}

func bankText(b session.BankRef) string {
	title := Line(b.Title)
	if title == "" {
		title = Line(b.ID)
	}
	return strings.TrimSpace(title + " " + Line(b.Version))
}

// evaluators names everyone who judged; the one chosen when nobody has yet.
func evaluators(r session.Report) []fact {
	if len(r.Evaluators) == 0 {
		return []fact{{"Evaluator", EvaluatorText(r.Interview.Evaluator) + " (nothing judged)"}}
	}
	out := make([]fact, len(r.Evaluators))
	for i, e := range r.Evaluators {
		out[i] = fact{"Evaluator", evaluatorLong(e)}
	}
	return out
}

// evaluatorLong names an evaluator so that two versions of it differ:
// "gemma3:4b (ollama, digest 0a1b2c3d4e5f, version prompt-1)".
func evaluatorLong(e session.EvaluatorInfo) string {
	name := EvaluatorText(e)
	var parts []string
	add := func(label, value string) {
		if value = Line(value); value != "" && value != name {
			parts = append(parts, strings.TrimSpace(label+" "+value))
		}
	}
	if e.Name != session.Builtin {
		add("", e.Name)
	}
	add("digest", short(e.Digest))
	add("version", e.Version)
	if len(parts) == 0 {
		return name
	}
	return name + " (" + strings.Join(parts, ", ") + ")"
}

// short is the beginning of a digest, enough to tell two apart.
func short(digest string) string {
	digest = Line(digest)
	if i := strings.IndexByte(digest, ':'); i >= 0 {
		digest = digest[i+1:]
	}
	if r := []rune(digest); len(r) > 12 {
		return string(r[:12])
	}
	return digest
}

// result says what it came to.
func result(r session.Report, s style) []fact {
	out := []fact{{"Score", scoreText(r, s)}}
	if r.Judged > 0 {
		out = append(out, fact{"Unprompted", Whole(r.Unprompted)}, fact{"After probing", s.score(r.Score, r.Upper)})
	}
	out = append(out,
		fact{"Assessed", coverage(r.Assessed, r.Points)},
		fact{"Questions with a score", fmt.Sprintf("%d of %d", r.Judged, r.Interview.Questions)},
		fact{"Hints used", fmt.Sprint(r.Hints)})
	if r.SelfMarked != nil {
		out = append(out, fact{"With your own marks", Whole(*r.SelfMarked) + " (a second score; it never replaces the first)"})
	}
	return out
}

func scoreText(r session.Report, s style) string {
	if r.Judged == 0 {
		return "none, since no question could be judged"
	}
	score := s.score(r.Score, r.Upper) + " of 100, "
	if r.Band == "" {
		return score + "no band, since less than half could be assessed"
	}
	return score + Line(string(r.Band))
}

func coverage(assessed, points int) string {
	if points == 0 {
		return "no points"
	}
	return fmt.Sprintf("%d of %s (%s %%)", assessed, Count(points, "point"), Whole(100*float64(assessed)/float64(points)))
}

// method says in one sentence how a report comes about.
const method = "an evaluator gives the verdicts, elios looks each quote up in the answer and computes the score"

// provenance says where the figures come from.
func provenance(r session.Report, about About) []fact {
	iv := r.Interview
	out := []fact{
		{"Interview", Line(iv.ID)},
		{"Bank", Line(iv.Bank.ID) + "@" + Line(iv.Bank.Version)},
	}
	for _, e := range r.Evaluators {
		out = append(out, fact{"Evaluator", evaluatorFull(e)})
	}
	out = append(out, fact{"Seed", fmt.Sprint(r.Interview.Settings.Seed)}, fact{"Method", method})
	for _, q := range r.Questions {
		if id := strings.TrimSpace(Line(q.ID) + " " + short(q.Hash)); id != "" {
			out = append(out, fact{fmt.Sprintf("Question %d", q.Number), id})
		}
	}
	return append(out, about.facts()...)
}

func evaluatorFull(e session.EvaluatorInfo) string {
	parts := []string{Line(e.Name)}
	add := func(label, value string) {
		if value = Line(value); value != "" {
			parts = append(parts, label+" "+value)
		}
	}
	add("model", e.Model)
	add("digest", e.Digest)
	add("version", e.Version)
	return strings.Join(parts, ", ")
}
