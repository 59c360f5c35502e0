package builtin

import (
	"testing"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func said(id string, weight float64, point, say string, m *rubric.Match) rubric.KeyPoint {
	return rubric.KeyPoint{ID: id, Weight: weight, Point: point, Say: say, Match: m}
}

// denying are questions on which half of what is true is said with a "not".
func denyingQuestions() []rubric.Question {
	bread := open("sourdough", "Why does a loaf of sourdough rise, and what ruins it?",
		said("gas", 3, "Yeasts eat sugar and give off carbon dioxide, which the dough holds in bubbles.",
			"The wild yeasts in the starter turn sugar into carbon dioxide, and the bubbles lift the dough.", allGroups("yeast, starter, culture", "carbon dioxide, co2, gas, bubbles")),
		said("gluten", 2, "Kneading forms a net of gluten that does not let the gas out.",
			"A net of gluten, formed by kneading or folding, keeps the gas inside.", allGroups("gluten, kneading, folding", "net, web, hold, keep, trap, inside")),
		said("no-powder", 2, "No baking powder is needed, and it would not give the taste.",
			"It does without baking powder, which could not bring the sour taste anyway.", anyOf("no baking powder, without baking powder, not need baking powder")),
		said("overproof", 2, "A dough that has stood too long cannot hold its shape and falls flat.",
			"If it proves for too long the net tears, so the loaf does not stand up any more.", anyOf("too long, overproofed, overproved, collapse, falls flat, torn")),
		said("heat", 1, "Above sixty degrees the yeast is dead and nothing rises any further.",
			"Once the crumb is hotter than sixty degrees no yeast survives, so it stops rising.", allGroups("sixty, heat, hot, oven", "dies, dead, kill, survives, stops")))
	brakes := open("brakes", "Why can a car skid when you brake hard, and how does ABS help?",
		said("grip", 3, "A wheel that is locked does not roll, and its sliding tyre has less grip than a rolling one.",
			"A blocked wheel slides instead of rolling, and sliding rubber grips less than rolling rubber.", allGroups("locked, locks, blocked, slides, sliding", "grip, friction, hold")),
		said("steer", 3, "With the front wheels locked the driver cannot steer.",
			"While the front wheels slide, turning the steering wheel has no effect.", anyOf("cannot steer, not steer, lose steering, loses steering, steering lost, unable steer, no steering, steering no effect, keep steering, still steer")),
		said("pulse", 2, "ABS measures the speed of each wheel and releases the brake of one that is about to stop.",
			"Sensors watch how fast every wheel turns, and a valve lets go before it stands still.", allGroups("sensor, sensors, measure, measures, watch", "release, releases, lets go, opens, valve, pressure")),
		said("not-shorter", 2, "It does not always shorten the way: on gravel or fresh snow a locked wheel stops sooner.",
			"The stopping distance is not shorter everywhere; on loose gravel it may even be longer.", allGroups("gravel, snow, loose", "longer, sooner, shorter, distance")),
		said("not-brake", 1, "ABS does not brake by itself; the driver must press the pedal firmly and not pump it.",
			"It never brakes for you, so press the pedal down hard and never pump.", anyOf("pump, press hard, press firmly, pressed down, not brake itself, never brakes")))
	tides := open("tides", "Why are there two high tides a day, and why are they not equal everywhere?",
		said("moon", 3, "The moon pulls the near side more strongly than the far side, so the water bulges on both.",
			"The moon's pull is stronger on the near side and weaker on the far one, which gives two bulges.", nil),
		said("no-wind", 2, "Wind and weather do not cause the tides, they only add to them.",
			"Tides are not made by the wind, which can merely raise or lower them a little.", nil),
		said("turning", 2, "The earth turns beneath the bulges, so each shore passes through both of them in a day.",
			"As the earth rotates under the two bulges every coast meets both within about a day.", nil),
		said("basin", 2, "A closed sea has hardly any tide, since too little water can flow in.",
			"In an almost closed basin such as the Mediterranean the water cannot flow in fast enough, so there is nearly no tide.", nil),
		said("sun", 1, "The sun does the same at half the strength; when it stands at right angles to the moon the tides are not as high.",
			"When sun and moon do not pull in line we get neap tides, which are the lower ones.", nil))
	shared := open("map", "Two tasks write to one map. What can happen, and what do you do?",
		said("fatal", 3, "It is a race; the runtime may end the process with a fatal error.",
			"Two writers race, and when the runtime sees it the process ends with a fatal error.", anyOf("race, fatal, crash, crashes, panic, panics, abort")),
		said("recover", 1, "This is no panic, so a deferred handler does not catch it.", "It cannot be caught by a deferred handler, since it is not an ordinary panic.", anyOf("not panic, no panic, not catch, cannot caught")),
		said("lock", 3, "Put a lock around every write, or give the map to one task alone.", "I guard each write with a lock, or let one task own the map.", anyOf("lock, mutex, one task")))
	shared.Misconceptions = []rubric.Misconception{{ID: "enough", Penalty: 10, Point: "Claims that a lock for single steps is enough.", Match: allGroups("lock, mutex", "enough, sufficient")}}
	return []rubric.Question{bread, brakes, tides, shared}
}

// openQuestions are those of the fixtures and of all built-in banks that have points.
func openQuestions(t *testing.T) []rubric.Question {
	t.Helper()
	out := append(fixtures(), queue())
	out = append(out, denyingQuestions()...)
	lib := bank.NewLibrary(banks.FS, "")
	list, err := lib.Banks(t.Context())
	if err != nil || len(list) == 0 {
		t.Fatalf("%d banks, %v", len(list), err)
	}
	for _, info := range list {
		b, err := lib.Bank(t.Context(), info.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Questions {
			out = append(out, b.Questions[i].Question)
		}
	}
	return out
}

// ownWords are the sentences that a rubric has for a point.
func ownWords(k rubric.KeyPoint) []string {
	if k.Point == k.Say || k.Say == "" {
		return []string{k.Point}
	}
	return []string{k.Point, k.Say}
}

// asker puts answers to one evaluator.
type asker struct {
	*testing.T
	*Evaluator
}

func (a asker) ask(q *rubric.Question, answers ...string) ([]rubric.Verdict, float64) {
	a.Helper()
	given := answersOf(*q, answers...)
	j, err := a.Evaluate(a.Context(), session.Request{Question: *q, Answers: given}, nil)
	if err != nil {
		a.Fatal(err)
	}
	verdicts := rubric.Verify(q.Criteria(), j.Verdicts, given)
	return verdicts, rubric.Compute(q, verdicts, rubric.VerifyHeld(q.Misconceptions, j.Held, given)).Value
}

// What the rubric itself says of a point is no denial of it, nor of another one.
func TestOwnWordsContradictNothing(t *testing.T) {
	a := asker{t, New()}
	for _, q := range openQuestions(t) {
		for _, k := range q.KeyPoints {
			for _, s := range ownWords(k) {
				verdicts, _ := a.ask(&q, s)
				for _, v := range verdicts {
					if v.Status == rubric.Contradicted {
						t.Errorf("%s: a sentence of %s contradicts %s: %s", q.ID, k.ID, v.Point, s)
					}
				}
			}
		}
	}
}

// Whoever goes on with a sentence of the rubric loses nothing: after the ideal answer, after the same
// point, after the one before it.
func TestOwnWordsNeverLower(t *testing.T) {
	a := asker{t, New()}
	for _, q := range openQuestions(t) {
		ideal, n := idealOf(&q), len(q.KeyPoints)
		for i, k := range q.KeyPoints {
			for _, first := range []string{ideal, k.Say, q.KeyPoints[(i+n-1)%n].Say} {
				_, had := a.ask(&q, first)
				for _, s := range ownWords(k) {
					if _, has := a.ask(&q, first, s); has < had {
						t.Errorf("%s: %.0f became %.0f\n%s\nthen %s: %s", q.ID, had, has, first, k.ID, s)
					}
				}
			}
		}
	}
}

// What is true and said with a "not", in a candidate's own words, takes nothing away.
func TestTrueNegations(t *testing.T) {
	a := asker{t, New()}
	for _, q := range denyingQuestions() {
		_, had := a.ask(&q, q.Ideal)
		for _, s := range trueNegations[q.ID] {
			verdicts, has := a.ask(&q, q.Ideal, s)
			for _, v := range verdicts {
				if v.Status == rubric.Contradicted {
					t.Errorf("%s: %s is contradicted by %q", q.ID, v.Point, s)
				}
			}
			if has < had {
				t.Errorf("%s: %.0f became %.0f by %q", q.ID, had, has, s)
			}
		}
	}
}

var trueNegations = map[string][]string{
	"sourdough": {
		"You do not have to add baking powder.",
		"Bought yeast is not necessary.",
		"Wholemeal flour cannot form such a strong net.",
		"The dough must not stand overnight in a warm room.",
		"A flat loaf cannot be rescued, since the net is torn.",
		"Salt does not lift anything.",
		"Nothing rises in the oven after the first ten minutes.",
		"An oven that is not hot enough gives no crust.",
		"Do not open the oven too early.",
		"It is no cake, so sugar is not added.",
		"Gas that is not held inside is of no use.",
		"The starter never dies if you feed it.",
	},
	"brakes": {
		"Your hands cannot turn the car any more.",
		"Pumping is not needed with it.",
		"You must not take your foot off the pedal.",
		"On ice it does not work wonders.",
		"It does not switch the engine off.",
		"Older lorries do not have sensors.",
		"A wheel that does not turn cannot guide the car.",
		"The handbrake has no ABS.",
		"Without it nobody can steer around an obstacle during an emergency stop.",
		"It is no magic, worn tyres never grip well.",
	},
	"tides": {
		"Storms do not make tides.",
		"The Baltic has no tide to speak of.",
		"You will not see two equal tides on every coast.",
		"The moon does not stand still either, so it is not exactly twelve hours.",
		"Rivers have nothing to do with it.",
		"Lakes cannot have a tide that you would notice.",
		"Neap tides are not high.",
	},
	"map": {
		"A deferred handler will not save you here, it is no panic.",
		"You cannot rely on seeing the crash every time.",
		"Without a lock the writers do not agree.",
		"Reads alone do not need one.",
		"Table names cannot be locked.",
		"A lock alone is not enough when a write takes two steps.",
	},
}

// What denies a point takes it away, in the rubric's words or the candidate's.
func TestLaterDenials(t *testing.T) {
	a := asker{t, New()}
	all := make(map[string]rubric.Question)
	for _, q := range append(append(fixtures(), queue()), denyingQuestions()...) {
		all[q.ID] = q
	}
	for _, c := range []struct{ question, point, denial string }{
		{"sourdough", "gas", "No, the yeast does not give off any gas."},
		{"sourdough", "gas", "The wild yeasts in the starter do not turn sugar into carbon dioxide."},
		{"sourdough", "gluten", "Kneading does not form a net of gluten."},
		{"brakes", "grip", "A locked wheel does not have less grip."},
		{"brakes", "pulse", "ABS has no sensors that measure the wheels and release the pressure."},
		{"brakes", "not-shorter", "It is not true that the distance is longer on gravel."},
		{"brakes", "pulse", "The valve never lets go of a wheel that the sensors watch."},
		{"tides", "moon", "The moon's pull is not stronger on the near side and not weaker on the far one, so it does not give two bulges."},
		{"tides", "turning", "The earth does not rotate under the two bulges, so no coast meets both within a day."},
		{"map", "lock", "I do not guard a write with a lock."},
		{"map", "fatal", "The process does not end with a fatal error."},
		{"queue", "duplicates", "We do not make handlers idempotent."},
		{"queue", "dead", "Poison messages never go to a dead letter queue."},
		{"sql-index", "write", "Inserts are not slower with an index."},
		{"hash-map", "collision", "Colliding keys are not kept in a chain."},
		{"tls", "certificate", "The certificate is not signed by any authority."},
	} {
		q := all[c.question]
		verdicts, _ := a.ask(&q, q.Ideal, c.denial)
		if v, _ := rubric.Find(verdicts, c.point); v.Status != rubric.Contradicted {
			t.Errorf("%s: %s is %s after %q", c.question, c.point, v.Status, c.denial)
		}
	}
}
