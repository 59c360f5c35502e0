package builtin

import (
	"regexp"
	"strings"
)

// role is what a sentence does besides saying something.
type role int

// The roles. Only sentences that assert or deny are evidence.
const (
	asserts    role = iota
	denies          // "it is not true that …"
	attributes      // "some people think that …"
	asks            // "is the log written first?"
	commands        // addressed to the grader, not to the interviewer
	lists           // words without grammar
)

// The phrases that give a sentence its role, after package text's tokens.
var (
	denials = phrases(`not true that/not the case that/not so that/not right that/not correct that/false that/wrong that/
wrong to/incorrect that/incorrect to/untrue that/myth/misconception/fallacy/do not think/do not believe/not think that/
doubt that/contrary to/i disagree/a lie/mistake to think/mistake to believe/mistake to say/error to think/wrongly/nobody says/nobody thinks/
nobody believes/no one says/no one thinks/hardly the case/hardly true/never true/never the case/never so/cannot be that/can not be that/
not say that/not claim that/not agree that/not agree with/far from true/false to/untrue to/deny that/disagree that/opposite of`)
	attributions = phrases(`you ask/you asked/you want to know/you wanted to know/the question asks/some people/people think/people say/people believe/people often/people assume/many think/many believe/
some think/some say/some believe/some claim/often claimed/is claimed/supposedly/allegedly/might think/could think/may think/
might assume/might believe/one could say/one might say/could claim/might claim`)
	orders = phrases(`ignore the/ignore all/ignore any/ignore your/ignore previous/ignore prior/ignore above/ignore every/disregard/
full marks/full mark/full credit/full score/full points/maximum score/maximum points/maximum marks/perfect score/top marks/top score/
highest score/grader/evaluator/rubric/system prompt/you are now/mark this/mark every/mark all/mark each/mark me/award/score 100/
score of 100/100 points/as an ai/verdict/verdicts/give me/grade this/grade me/grade my/all points/every point/each point/key points/
this answer is/my answer is correct/the candidate/status met/points met/point met/instructions above/previous instructions/
your instructions/new instructions/
following points/points above/i have met/as met/i hereby/key point/score it/
misconceptions/must points/ideal answer/reference answer/expected answer/previous answer/answer above/answer was verified/judge that/
judge this/judge me/judge my/the judge/simulate a candidate/language model/developer note`)
)

// speaker finds the name of a part in a dialogue that the candidate has made up.
var speaker = regexp.MustCompile(`(?i)^\W*(system|assistant|user|developer|admin|administrator|human|interviewer|grader)\s*:`)

// roleOf tells what a sentence does.
func (p *prepared) roleOf(d *doc, s sentence) role {
	tokens := d.tokens[s.lo:s.hi]
	all, only := d.takesBack(s.lo, s.hi)
	if n := len(d.sentences); only && n > 0 && d.sentences[n-1].role == asserts {
		d.sentences[n-1].role = denies
	}
	switch {
	case orders.find(tokens, p.speaks) >= 0, p.speaksOfGrading(tokens), speaker.MatchString(d.Text[s.start:s.end]):
		return commands
	case isQuestion(d.Text[s.start:s.end], tokens):
		return asks
	case denials.find(tokens, nil) >= 0, endsFalse(tokens), all:
		return denies
	case attributions.find(tokens, nil) >= 0:
		return attributes
	}
	return asserts
}

// Words about grading, and words that only mean grading beside them.
var (
	gradingWords = words(`grader graders grading graded rubric verdict verdicts evaluator examiner examiners marks score scored criteria criterion
ideal candidate hereby met marker judge judged`)
	perhapsGrading = words(`answer answers response point points question mark pass passed full maximum perfect highest correct complete
record accept award grant count credit treat consider assume output print reply following above stated said everything every each all requirements
satisfied fulfilled covered verified`)
)

// speaksOfGrading tells whether a sentence is about what the answer is worth instead of about the question: "I have
// covered all criteria". Words that the rubric or the question has are about the subject.
func (p *prepared) speaksOfGrading(tokens []token) bool {
	sure, perhaps := make(map[string]bool), make(map[string]bool)
	for _, t := range tokens {
		switch {
		case !gradingWords[t.text] && !perhapsGrading[t.text], p.speaks([]string{t.text}):
		case gradingWords[t.text]:
			sure[t.text] = true
		default:
			perhaps[t.text] = true
		}
	}
	return len(sure) > 1 || len(sure) == 1 && len(perhaps) > 1
}

// add appends a sentence. One that first reports what others think and then, after "but", what
// the candidate does, is two.
func (d *doc) add(p *prepared, s sentence) {
	s.role = p.roleOf(d, s)
	if all, _ := d.takesBack(s.lo, s.hi); !all && (s.role == denies || s.role == attributes) {
		for i := s.lo + 3; i+1 < s.hi; i++ {
			if t := d.tokens[i].text; (t == "but" || t == "however") && !p.has(d, i) {
				rest := sentence{lo: i, hi: s.hi, start: d.tokens[i].start, end: s.end}
				s.hi, s.end = i, d.tokens[i-1].end
				s.role, rest.role = p.roleOf(d, s), p.roleOf(d, rest)
				d.sentences = append(d.sentences, s, rest)
				return
			}
		}
	}
	d.sentences = append(d.sentences, s)
}

// has tells whether the words around token i stand so in the rubric.
func (p *prepared) has(d *doc, i int) bool {
	a, b, c := d.tokens[i-1].id, d.tokens[i].id, d.tokens[i+1].id
	return p.wording[[2]int32{a, b}] && p.wording[[2]int32{b, c}]
}

var asksFirst = words(`is are was were do does did can could will would should what why how which who where when has have may might`)

func isQuestion(source string, tokens []token) bool {
	return strings.HasSuffix(strings.TrimRight(source, `"')] `), "?") && asksFirst[tokens[0].text]
}

// endsFalse finds "That … is false" and "… is not so". Elsewhere "ok is false" is a value.
func endsFalse(tokens []token) bool {
	n := len(tokens)
	return n > 3 && tokens[n-1].text == "false" && tokens[n-2].text == "is" &&
		(tokens[0].text == "that" || anaphors[tokens[n-3].text])
}

// phraseSet holds phrases by their first word.
type phraseSet map[string][][]string

func phrases(list string) phraseSet {
	set := make(phraseSet)
	for p := range strings.SplitSeq(list, "/") {
		w := strings.Fields(p)
		set[w[0]] = append(set[w[0]], w)
	}
	return set
}

// find gives the place after the first phrase of the set, or -1. Phrases that skip accepts, such
// as those that the rubric itself speaks, do not count.
func (set phraseSet) find(tokens []token, skip func(phrase []string) bool) int {
	for i := range tokens {
		for _, p := range set[tokens[i].text] {
			if standsAt(tokens[i:], p) && (skip == nil || !skip(p)) {
				return i + len(p)
			}
		}
	}
	return -1
}

func standsAt(tokens []token, phrase []string) bool {
	if len(tokens) < len(phrase) {
		return false
	}
	for i, w := range phrase {
		if tokens[i].text != w {
			return false
		}
	}
	return true
}
