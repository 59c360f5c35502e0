package cases

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// An evaluator that knows every say sentence by heart passes every check, with
// nothing but the bank at hand.
func TestPerfectEvaluatorPasses(t *testing.T) {
	r := runFlow(t, by(literal{}), Options{Metamorphic: true})
	kinds := map[Kind]int{}
	for _, c := range r.Suites[0].Checks {
		kinds[c.Kind]++
		if !c.OK {
			t.Errorf("%s %s, %s: expected %s, got %s\n%s", c.Question, c.Kind, c.Name, c.Expected, c.Got, c.Answer)
		}
	}
	for _, k := range []Kind{
		Subset, Drop, Add, Order, Bullets, Letters, Space, Ideal, Thrice, Echo, List, Shuffled, Negated, Others, DontKnow, Empty, Injection, Ramble,
	} {
		if kinds[k] == 0 {
			t.Errorf("there is no check of the kind %s", k)
		}
	}
	if kinds[Subset] != 7 || kinds[Add] != 9 || kinds[Drop] != 3 {
		t.Errorf("three points make %d subsets, %d additions and %d drops", kinds[Subset], kinds[Add], kinds[Drop])
	}
}

// One that takes everything for the ideal answer fails every kind that it can:
// the machine itself sees that nothing is no evidence.
func TestGullibleEvaluatorFails(t *testing.T) {
	failed := map[Kind]bool{}
	for _, c := range runFlow(t, by(gullible{}), Options{Metamorphic: true}).Suites[0].Checks {
		if !c.OK {
			failed[c.Kind] = true
			if c.Answer == "" || len(c.Verdicts) == 0 {
				t.Errorf("%s, %s: no answer or verdicts to mend it by", c.Kind, c.Name)
			}
		}
	}
	for _, k := range []Kind{Subset, Drop, List, Shuffled, Negated, Others, DontKnow, Injection, Ramble} {
		if !failed[k] {
			t.Errorf("no check of the kind %s failed", k)
		}
	}
}

func TestBankWithoutMetamorphic(t *testing.T) {
	b := parsed(t, strings.Replace(flow, "test: {", "test: {metamorphic: false, ", 1))
	if s, err := newSuite(b, by(literal{})[0], nil, Options{Metamorphic: true}); err != nil || len(s.questions) > 0 {
		t.Errorf("%d questions are checked, %v", len(s.questions), err)
	}
}

func TestSubsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "points")
		all := subsets(n)
		if len(all) > mostSubsets+1 {
			t.Fatalf("%d subsets of %d points", len(all), n)
		}
		seen, largest := map[uint]bool{}, 0
		for _, mask := range all {
			if mask == 0 || bits.Len(mask) > n || seen[mask] {
				t.Fatalf("%b among the subsets of %d points", mask, n)
			}
			seen[mask] = true
			if mask != 1<<n-1 {
				largest = max(largest, bits.OnesCount(mask))
			}
		}
		if !seen[1<<n-1] {
			t.Fatal("that of all points is missing")
		}
		if n <= mostPoints && len(all) != 1<<n-1 || largest > mostPoints {
			t.Fatalf("%d subsets of %d points, the largest has %d", len(all), n, largest)
		}
	})
}

// drawText makes answers of sentences in one or several lines and paragraphs.
func drawText(t *rapid.T) string {
	words := rapid.SampledFrom([]string{"the", "queue", "is", "bounded", "can", "wait", "not", "I", "TCP", "1.5", "fsync", "it", "which", "are", "old,"})
	var s strings.Builder
	for range rapid.IntRange(1, 6).Draw(t, "sentences") {
		s.WriteString("Now " + strings.Join(rapid.SliceOfN(words, 1, 12).Draw(t, "words"), " ") + ".")
		s.WriteString(rapid.SampledFrom([]string{" ", "\n", "\n\n"}).Draw(t, "gap"))
	}
	return s.String()
}

// bag is what words a text has, the numbers and stars of lists aside.
func bag(s string) string {
	var out []string
	for _, w := range text.Tokens(s) {
		if len(w) > 1 || w[0] >= 'a' {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestRewordingsKeepTheWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawText(t)
		for _, w := range rewordings {
			changed := w.change(s)
			if bag(changed) != bag(s) {
				t.Fatalf("%s: %q became %q", w.name, s, changed)
			}
			if got, want := len(sentences(changed)), len(sentences(s)); w.kind != Space && got != want {
				t.Fatalf("%s: %d sentences of %q became %d of %q", w.name, want, s, got, changed)
			}
		}
	})
}

func TestNegationsDenyEverySentence(t *testing.T) {
	count := func(s string) int {
		n := 0
		for _, w := range text.Tokens(s) {
			if text.IsNegator(w) {
				n++
			}
		}
		return n
	}
	rapid.Check(t, func(t *rapid.T) {
		for _, s := range sentences(drawText(t)) {
			if got := count(negated(s)); got == count(s) {
				t.Fatalf("%q became %q", s, negated(s))
			}
		}
	})
}

func TestNegated(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"The queue is bounded.", "The queue is not bounded."},
		{"The queue is not bounded.", "The queue is bounded."},
		{"Writers wait.", "It is not true that writers wait."},
		{"TCP waits.", "It is not true that TCP waits."},
		{"I repeat it only if it is safe; otherwise it is dropped.", "It is not true that I repeat it only if it is safe; otherwise it is not dropped."},
		{"It is not only fast, it is safe.", "It is only fast, it is safe."},
		{"It is only safe under a lock.", "It is not true that it is only safe under a lock."},
		{"The cache is full, and writers wait.", "It is not true that the cache is full, and writers wait."},
		{"Waiting, which is cheap, helps.", "It is not true that waiting, which is cheap, helps."},
	} {
		if got := negated(tc.in); got != tc.want {
			t.Errorf("%q became %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestSentences(t *testing.T) {
	got := strings.Join(sentences("One runs\nover a line. Two.\n\n- a point\n- another\n\nThree"), "|")
	if want := "One runs over a line.|Two.|a point|another|Three"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAttacks(t *testing.T) {
	q := parsed(t, flow).Question("backpressure")
	seen := map[string]string{}
	perKind := map[Kind]int{}
	for _, a := range attacksOn(q) {
		if other, twice := seen[a.answer]; twice {
			t.Errorf("%s, %s is the answer of %s", a.kind, a.name, other)
		}
		seen[a.answer] = string(a.kind) + ", " + a.name
		perKind[a.kind]++
		if strings.ContainsAny(a.answer, "{}") && strings.Contains(a.answer, "{ask}") || strings.Contains(a.answer, "{ids}") {
			t.Errorf("%s, %s is not filled in: %s", a.kind, a.name, a.answer)
		}
		if a.answer != text.Clean(a.answer) {
			t.Errorf("%s, %s would be cleaned", a.kind, a.name)
		}
		if a.kind == Ramble && len(strings.Fields(a.answer)) < 100 {
			t.Errorf("a ramble of %d words", len(strings.Fields(a.answer)))
		}
		if a.kind == Shuffled && bag(a.answer) != bag(q.Ideal) {
			t.Errorf("other words: %s", a.answer)
		}
	}
	if perKind[Injection] < 20 {
		t.Errorf("%d injections", perKind[Injection])
	}
	for _, s := range dontKnows {
		if !text.DontKnow(s) {
			t.Errorf("%q is an answer", s)
		}
	}
}

// Two sentences and fifteen words are the least that can be shuffled.
func TestShortAnswersAreNotShuffled(t *testing.T) {
	q := *parsed(t, flow).Question("backpressure")
	q.Ideal = "The producer waits. That is all there is to say."
	if got := shuffles(&q); len(got) > 0 {
		t.Errorf("%d orders of %q", len(got), q.Ideal)
	}
}

// An answer nobody can hand in is no check.
func TestTooLongIsNoCheck(t *testing.T) {
	long := "The producer waits until the consumer has caught up. " + strings.Repeat("It waits. ", session.MaxAnswer/len("It waits. ")/2)
	b := parsed(t, flow)
	b.Questions[0].Ideal = long
	m := &metamorphic{suite: &suite{bank: b, judge: judge{evaluator: literal{}}}, question: &b.Questions[0]}
	if err := m.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range m.results {
		if c.Kind == Thrice {
			t.Errorf("%s was checked", c.Name)
		}
	}
}

func TestWorthIsTheRubrics(t *testing.T) {
	b := parsed(t, flow)
	m := &metamorphic{suite: &suite{bank: b}, question: &b.Questions[0]}
	points := sayings(m.question)
	for mask, want := range map[uint]float64{0b001: 50, 0b010: 25, 0b110: 50, 0b111: 100, 0b011: 75} {
		if got := m.worth(chosen(points, mask)); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is worth %g, want %g", ids(chosen(points, mask)), got, want)
		}
	}
	cap30 := 30
	m.question.Scoring.CapIfMustMissing = &cap30
	if got := m.worth(chosen(points, 0b110)); got != 30 {
		t.Errorf("without the must point %g, want the cap", got)
	}
}
