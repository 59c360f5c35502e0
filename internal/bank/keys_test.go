package bank

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/invopop/jsonschema"
)

// keys describes every key of the format for editors.
var keys = map[string]string{
	"Bank.elios":       "The format: bank/v1.",
	"Bank.id":          "Stable name of the bank; history is kept by it.",
	"Bank.title":       "What people read.",
	"Bank.version":     "Semver. Patch: wording; minor: points or cases added; major: scores are not comparable.",
	"Bank.language":    "Of the texts, such as en. The built-in evaluator reads en.",
	"Bank.license":     "SPDX id, such as CC-BY-4.0.",
	"Bank.authors":     "Who wrote the bank.",
	"Bank.description": "One or two sentences.",
	"Bank.defaults":    "For questions that do not say otherwise.",
	"Bank.topics":      "Reports run on topics; questions refer to them.",
	"Bank.questions":   "The questions. In a folder they may stand in further files.",
	"Bank.test":        "How the cases are run.",

	"Author.name":  "Full name.",
	"Author.email": "Mail address.",
	"Author.url":   "Web address.",

	"Defaults.time_limit":     "For an answer in exam mode, such as 4m.",
	"Defaults.max_follow_ups": "Most follow-ups a question, 0 to 3.",
	"Defaults.scoring":        "Rules that bend the score.",

	"Scoring.cap_if_must_missing": "Highest score while a must point is open, 0 to 100.",

	"Topic.id":    "Name that questions refer to.",
	"Topic.title": "What people read.",

	"Question.id":             "Stable name, unique in the bank.",
	"Question.type":           "open, code-reading (open, with code in ask) or behavioral.",
	"Question.topic":          "The id of a topic.",
	"Question.level":          "1 (entry) to 5 (expert).",
	"Question.tags":           "Free words.",
	"Question.roles":          "Jobs the question is for.",
	"Question.time_limit":     "For an answer in exam mode, such as 5m.",
	"Question.max_follow_ups": "Most follow-ups, 0 to 3.",
	"Question.scoring":        "Rules that bend the score.",
	"Question.ask":            "The question, Markdown.",
	"Question.context":        "For the evaluator; never shown to the candidate.",
	"Question.key_points":     "What a good answer says.",
	"Question.dimensions":     "Sides of a behavioral answer, judged 0 to 5.",
	"Question.misconceptions": "Wrong beliefs that cost points.",
	"Question.ideal":          "The ideal answer, shown when the question is over.",
	"Question.hints":          "Given one by one in practice mode.",
	"Question.follow_ups":     "Further questions.",
	"Question.references":     "Where to read on.",
	"Question.cases":          "Calibration answers with what their grading must come to.",

	"KeyPoint.id":     "Name, unique in the question.",
	"KeyPoint.weight": "Share of the score, above 0.",
	"KeyPoint.must":   "The score is capped without it.",
	"KeyPoint.point":  "What the answer says, for people and models.",
	"KeyPoint.say":    "A sentence of a candidate who meets it.",
	"KeyPoint.probe":  "A question that aims at it without telling it.",
	"KeyPoint.match":  "Words that show it, for the built-in evaluator.",

	"Match.any": "One of these terms.",
	"Match.all": "One term of each group, in any order.",
	"Match.seq": "One term of each group, in this order.",

	"Dimension.id":      "Name, unique in the question.",
	"Dimension.weight":  "Share of the score, above 0.",
	"Dimension.probe":   "A question that aims at it.",
	"Dimension.anchors": "Level (0 to 5) to what it looks like.",
	"Dimension.say":     "A sentence of a candidate at level 5.",

	"Misconception.id":      "Name, unique among the question's misconceptions.",
	"Misconception.penalty": "Points of 100 it costs.",
	"Misconception.point":   "What is wrongly believed.",
	"Misconception.match":   "Words that show it, for the built-in evaluator.",

	"FollowUp.id":         "Name, unique among the question's follow-ups.",
	"FollowUp.when":       "Everything here must hold for it to be asked.",
	"FollowUp.level":      "1 to 5.",
	"FollowUp.ask":        "The follow-up, Markdown.",
	"FollowUp.covers":     "The ids of the points it aims at.",
	"FollowUp.key_points": "Points of its own, judged and shown, never in the question's score.",

	"When.missed":       "These points are open.",
	"When.met":          "These points are met.",
	"When.contradicted": "These points are contradicted.",
	"When.score":        "Bound on the score so far.",

	"Reference.title": "What people read.",
	"Reference.url":   "Web address.",

	"Case.id":      "Name, unique among the question's cases.",
	"Case.answer":  "The answer; $ideal or $say stand for those texts.",
	"Case.answers": "Answers to the follow-ups, in the order they come.",
	"Case.expect":  "What must hold of the grading.",

	"Expect.score":          "Bound on the score.",
	"Expect.met":            "Points that are met; [] for none at all.",
	"Expect.missed":         "Points that are open; [] for none at all.",
	"Expect.contradicted":   "Points that are contradicted; [] for none at all.",
	"Expect.misconceptions": "Misconceptions held; [] for none at all.",
	"Expect.follow_up":      "The follow-up that must come.",
	"Expect.dimensions":     "Dimension to a bound on its level.",

	"Test.metamorphic": "Also run checks made from the say sentences.",
	"Test.repeat":      "Runs of a case by a model evaluator.",
	"Test.pass_rate":   "Share of a case's runs that must pass, 0 to 1.",
	"Test.tolerance":   "Points of 100 a score may lie outside its bound.",
}

// constraints are the ranges and forms that Go types cannot say.
var constraints = map[string]func(*jsonschema.Schema){
	"Bank.elios":       func(s *jsonschema.Schema) { s.Enum, s.MinLength, s.MaxLength = []any{Format}, nil, nil },
	"Bank.id":          slug,
	"Bank.version":     pattern(versionPattern),
	"Bank.language":    pattern(languagePattern),
	"Bank.topics":      items(1),
	"Bank.questions":   itemsTo(1, MaxQuestions),
	"Author.url":       pattern(`^https?://`),
	"Topic.id":         slug,
	"Question.id":      slug,
	"Question.topic":   slug,
	"Question.level":   inRange(1, 5),
	"KeyPoint.id":      slug,
	"KeyPoint.weight":  weight,
	"Dimension.id":     slug,
	"Dimension.weight": weight,

	"Defaults.max_follow_ups":     inRange(0, maxFollowUps),
	"Question.max_follow_ups":     inRange(0, maxFollowUps),
	"Scoring.cap_if_must_missing": inRange(0, 100),
	"Question.key_points":         items(1),
	"Question.dimensions":         items(1),
	"Misconception.id":            slug,
	"Misconception.penalty":       inRange(0, 100),
	"Match.any":                   items(1),
	"Match.all":                   groups,
	"Match.seq":                   groups,
	"FollowUp.id":                 slug,
	"FollowUp.level":              inRange(1, 5),
	"Reference.url":               pattern(`^https?://`),
	"Case.id":                     slug,
	"Test.repeat":                 inRange(1, MaxRepeat),
	"Test.pass_rate":              inRange(0, 1),
	"Test.tolerance":              inRange(0, 100),
}

func slug(s *jsonschema.Schema) {
	s.Pattern, s.MinLength, s.MaxLength = slugPattern, nil, count(MaxID)
}

func weight(s *jsonschema.Schema) {
	s.ExclusiveMinimum, s.Maximum = "0", json.Number(fmt.Sprint(MaxWeight))
}

func groups(s *jsonschema.Schema) { s.MinItems, s.Items.MinItems = count(1), count(1) }

func pattern(p string) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Pattern, s.MinLength = p, nil }
}

func items(least uint64) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.MinItems = &least }
}

func itemsTo(least, most uint64) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.MinItems, s.MaxItems = &least, &most }
}

func inRange(low, high int) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) {
		s.Minimum, s.Maximum = json.Number(fmt.Sprint(low)), json.Number(fmt.Sprint(high))
	}
}

var bankType = reflect.TypeFor[Bank]()
