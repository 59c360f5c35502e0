package ollama

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Lengths of the texts in a reply, in characters. Unbounded ones run away; a bound over 2000 crashes
// the server's grammar.
const (
	maxEvidence = 300
	maxFeedback = 300
	maxAsk      = 240
)

// The fields of a reply. Those of a point end with its id.
const (
	evidenceField = "evidence_"
	verdictField  = "verdict_"
	levelFieldOf  = "level_"
	own           = "own_" // before those of a follow-up's own points
	beliefField   = "belief_"
	heldField     = "held_"
	feedbackField = "feedback"
	targetField   = "target"
	followUpField = "follow_up"
	noTarget      = "none"
	held, notHeld = "yes", "no"
)

// verdictWords are the statuses a model may give.
var verdictWords = []string{
	string(rubric.Met), string(rubric.Partial), string(rubric.Missed), string(rubric.Contradicted), string(rubric.CannotAssess),
}

// formOf is the shape of a judgement.
func formOf(r session.Request) form {
	f := pointFields("", r.Question.Criteria())
	if r.FollowUp != nil {
		f = append(f, pointFields(own, r.FollowUp.Criteria())...)
	}
	for _, m := range r.Question.Misconceptions {
		f = append(f, field{key: beliefField + m.ID, most: maxEvidence},
			field{key: heldField + m.ID, kind: choiceField, words: []string{held, notHeld}})
	}
	targets := []string{noTarget}
	for _, c := range r.Question.Criteria() {
		targets = append(targets, c.ID)
	}
	return append(f, field{key: feedbackField, most: maxFeedback},
		field{key: targetField, kind: choiceField, words: targets}, field{key: followUpField, most: maxAsk})
}

// pointFields are the evidence and the verdict of each point, in this order: what has to be quoted
// first is decided with the words in sight.
func pointFields(prefix string, criteria []rubric.Criterion) form {
	var f form
	for _, c := range criteria {
		f = append(f, field{key: prefix + evidenceField + c.ID, most: maxEvidence})
		if c.Leveled {
			f = append(f, field{key: prefix + levelFieldOf + c.ID, kind: levelField, most: rubric.MaxLevel})
		} else {
			f = append(f, field{key: prefix + verdictField + c.ID, kind: choiceField, words: verdictWords})
		}
	}
	return f
}

// judgementOf makes a judgement of the fields of a reply.
func judgementOf(in map[string]string, r session.Request) session.Judgement {
	j := session.Judgement{Verdicts: verdictsOf(in, "", r.Question.Criteria()), Feedback: spoken(in[feedbackField])}
	if r.FollowUp != nil {
		j.Own = verdictsOf(in, own, r.FollowUp.Criteria())
	}
	for _, m := range r.Question.Misconceptions {
		if in[heldField+m.ID] == held {
			j.Held = append(j.Held, rubric.Held{ID: m.ID, Penalty: m.Penalty, Evidence: rubric.Evidence{Quote: in[beliefField+m.ID]}})
		}
	}
	if ask := spoken(in[followUpField]); in[targetField] != noTarget && ask != "" {
		j.FollowUp = &session.Suggestion{Ask: ask, Target: in[targetField]}
	}
	return j
}

// token is a control token that a model has written out instead of ending.
var token = regexp.MustCompile(`<[|｜][^<>|｜]{1,40}[|｜]>|</?(?:s|think|start_of_turn|end_of_turn)>|\[/?INST\]`)

// spoken is what a model says to a candidate.
func spoken(s string) string { return strings.TrimSpace(token.ReplaceAllString(s, " ")) }

func verdictsOf(in map[string]string, prefix string, criteria []rubric.Criterion) []rubric.Verdict {
	out := make([]rubric.Verdict, 0, len(criteria))
	for _, c := range criteria {
		out = append(out, verdictOf(c, in[prefix+evidenceField+c.ID], in[prefix+verdictField+c.ID], in[prefix+levelFieldOf+c.ID]))
	}
	return out
}

// verdictOf makes a verdict of fields that hold to their form.
func verdictOf(c rubric.Criterion, evidence, verdict, level string) rubric.Verdict {
	v := rubric.Verdict{Point: c.ID, Status: rubric.Status(verdict), Confidence: rubric.Medium}
	if evidence != "" {
		v.Evidence = []rubric.Evidence{{Quote: evidence}}
	}
	if n, err := strconv.Atoi(level); c.Leveled && err == nil {
		v.Level, v.Status = &n, rubric.StatusOf(n)
	}
	return v
}
