package ollama

import (
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// listen makes a listener that turns a growing reply into partial results: each verdict as soon as
// it is complete, and the feedback word by word.
func listen(r session.Request, emit func(session.Partial)) func(string) {
	l := &listener{emit: emit, criteria: r.Question.Criteria()}
	l.decoder = decoder{value: l.value, text: l.text}
	return l.decoder.write
}

type listener struct {
	decoder  decoder
	emit     func(session.Partial)
	criteria []rubric.Criterion
	evidence string
	done     int
	words    string // of the feedback, told so far
}

func (l *listener) value(path []string, s string) {
	if len(path) != 1 {
		return
	}
	key := path[0]
	switch {
	case key == feedbackField:
		l.feedback(s)
	case strings.HasPrefix(key, evidenceField):
		l.evidence = strings.TrimSpace(text.Clean(s))
	case strings.HasPrefix(key, verdictField), strings.HasPrefix(key, levelFieldOf):
		l.verdict(key, s)
	}
}

// verdict tells of the point whose verdict has just come, if it is one of the form.
func (l *listener) verdict(key, s string) {
	for _, c := range l.criteria {
		f := pointFields("", []rubric.Criterion{c})[1]
		if f.key != key {
			continue
		}
		raw := s
		if f.kind == choiceField {
			raw = encoded(s)
		}
		if _, err := f.read([]byte(raw)); err == nil {
			l.done++
			l.emit(session.Partial{Verdict: verdictOf(c, l.evidence, s, s), Done: l.done, Of: len(l.criteria)})
		}
	}
}

// text is told the feedback as far as it has come; half a word is held back.
func (l *listener) text(path []string, s string) {
	if len(path) != 1 || path[0] != feedbackField {
		return
	}
	if end := strings.LastIndexByte(s, ' '); end > 0 {
		l.feedback(s[:end])
	}
}

func (l *listener) feedback(s string) {
	if s = spoken(text.Clean(s)); s != l.words {
		l.words = s
		l.emit(session.Partial{Feedback: s, Done: l.done, Of: len(l.criteria)})
	}
}
