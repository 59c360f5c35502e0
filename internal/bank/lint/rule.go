package lint

import "github.com/elios/elios/internal/bank"

// Severity is how bad a finding is.
type Severity string

// The severities. A bank with an error is invalid; a warning says that the bank
// works and could be better.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Rule is something a good bank keeps to.
type Rule struct {
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	Summary  string   `json:"summary"` // what is wrong when it is broken
	Mend     string   `json:"mend"`    // how to mend it
}

// The ids of the rules that package bank does not hold when it loads.
const (
	unreachable     = "unreachable-follow-up"
	impossible      = "impossible-expect"
	weakIdeal       = "weak-ideal"
	placeholder     = "placeholder"
	notObservable   = "not-observable"
	overlap         = "overlapping-points"
	noSay           = "no-say"
	noProbe         = "no-probe"
	tellsAnswer     = "tells-answer"
	matchInQuestion = "match-in-question"
	repeatedTerm    = "repeated-term"
	noMatch         = "misconception-without-match"
	untested        = "untested"
	onlyStrong      = "only-strong-cases"
	doubleBarrelled = "double-barrelled"
	leading         = "leading-question"
	noLicense       = "no-license"
	unusedTopic     = "unused-topic"
	whitespace      = "white-space"
)

// rules are all rules, errors first.
var rules = []Rule{
	{bank.RuleFormat, Error, "The file is not as the format has it", "Write it as docs/bank-format.md says; `elios bank schema` gives editors completion."},
	{bank.RuleVersion, Error, "The version is no semver", "Write three numbers: major.minor.patch, such as 1.2.0. --fix adds a missing patch."},
	{bank.RuleLevel, Error, "A question has no level from 1 to 5", "Give it a level: 1 entry, 3 experienced, 5 expert."},
	{bank.RuleDuplicate, Error, "An id is there twice", "Give each thing an id of its own; history hangs on the ids of questions."},
	{bank.RuleDangling, Error, "An id names nothing", "Name something there is, or add what is named."},
	{bank.RuleCovers, Error, "A follow-up covers a point there is not", "Cover points or dimensions of the same question; points of the follow-up's own go under its key_points."},
	{bank.RuleCriteria, Error, "A question has nothing to be scored on", "Give an open question key_points, a behavioral one dimensions."},
	{bank.RuleWeight, Error, "A weight is not above 0", "Give the point a weight above 0, or take it out."},
	{bank.RuleExpect, Error, "A case expects nothing", "Say what its grading must come to: a score, or which points are met or missed."},
	{unreachable, Error, "A follow-up can never be asked", "Change its `when` or `covers`, put it before the one that always wins, or raise max_follow_ups."},
	{impossible, Error, "No grading can fulfil what a case expects", "Count the weights again: the score a case expects must fit the points it expects."},
	{weakIdeal, Error, "The ideal answer does not score as one", "Let the ideal answer say every point, in words that `match` or `say` know; behavioral: let each `say` show level 5."},

	{placeholder, Warning, "A text is still to be written", "Write the text that stands after TODO."},
	{notObservable, Warning, "A point names nothing that can be heard in an answer", "Write what a candidate says who understands it: a fact, a step, a reason."},
	{overlap, Warning, "Two points ask for nearly the same", "Join them, or write what each has that the other has not."},
	{noSay, Warning, "A point or dimension has no say", "Write one sentence of a candidate who meets it; tests are made of these."},
	{noProbe, Warning, "A point or dimension has no probe", "Write a question that aims at it without telling it."},
	{tellsAnswer, Warning, "A probe, hint or follow-up tells the answer", "Ask for the point without its own words."},
	{matchInQuestion, Warning, "A term of match stands in the question", "Take it out or make it longer: words of the question show nothing."},
	{repeatedTerm, Warning, "A term is twice in a group of match", "Take the second out; --fix does."},
	{noMatch, Warning, "A misconception has no match", "Give it a match: without one the built-in evaluator cannot find it."},
	{untested, Warning, "A question has no cases", "Add cases: a good answer, a vague one, a wrong one, and I don't know."},
	{onlyStrong, Warning, "All cases of a question are strong answers", "Add a weak case: a vague or wrong answer, or I don't know, with the low score it must get."},
	{doubleBarrelled, Warning, "Two unrelated questions are asked as one", "Make it two questions, or ask the second as a follow-up."},
	{leading, Warning, "A question suggests its answer", "Ask openly: what, how or why."},
	{noLicense, Warning, "The bank has no licence", "Add `license:` with an SPDX id such as CC-BY-4.0, so that others know what they may do."},
	{unusedTopic, Warning, "A topic has no question", "Take the topic out, or write a question for it."},
	{whitespace, Warning, "White space stands where it means nothing", "Take it out; --fix does."},
}

// Rules lists all rules, errors first.
func Rules() []Rule { return append([]Rule(nil), rules...) }

// ruleOf finds a rule by its id; what is no rule of ours breaks the format.
func ruleOf(id string) Rule {
	for _, r := range rules {
		if r.ID == id {
			return r
		}
	}
	return rules[0]
}
