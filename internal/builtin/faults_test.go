package builtin

import (
	"strings"
	"testing"

	"github.com/elios/elios/internal/rubric"
)

// lookup asks about identifiers that hold negators.
func lookup() rubric.Question {
	return open("lookup", "A repository looks a customer up. How does its caller learn that there is none?",
		keyPoint("sentinel", 2, "The repository returns the sentinel ErrNotFound, which callers recognise.", allGroups("sentinel, err not found, errnotfound", "return, returns, recognise, compare, compared")),
		keyPoint("proxy", 1, "The list in no_proxy names the hosts that are reached directly.", allGroups("no_proxy, proxy", "direct, directly, bypass")),
		keyPoint("retry", 2, "A call that is not idempotent must not be repeated blindly, so it carries a key.", allGroups("idempotent", "key, repeat, repeated, repeating")),
		keyPoint("once", 2, "Delivering exactly once means at least once plus deduplication.", allGroups("exactly once", "dedup, deduplication, at least once")),
		keyPoint("output", 1, "It prints 4 1 7 and then 9.", anyOf("4 1 7")))
}

// printing asks for what a program prints; all its numbers stand in the question.
func printing() rubric.Question {
	return open("printing", "What does `x := []int{7, 1, 4, 9}; swap(x, 0, 2); fmt.Println(x)` print?",
		keyPoint("output", 1, "It prints [4 1 7 9].", anyOf("4 1 7 9")))
}

type verdictCase struct {
	answer, point string
	want          rubric.Status
}

func checkVerdicts(t *testing.T, q rubric.Question, all []verdictCase) {
	t.Helper()
	for _, c := range all {
		j := judgeOf(t, q, c.answer)
		if v, _ := rubric.Find(j.Verdicts, c.point); v.Status != c.want {
			t.Errorf("%s: %s is %s, want %s\n%s", c.answer, c.point, v.Status, c.want, describe(j))
		}
	}
}

// The "no" and "not" of identifiers deny nothing, and code is no list of keywords.
func TestIdentifiers(t *testing.T) {
	checkVerdicts(t, lookup(), []verdictCase{
		{"We map sql.ErrNoRows to a sentinel and return that.", "sentinel", rubric.Met},
		{"The layer returns store.ErrNotFound, and callers compare it as a sentinel.", "sentinel", rubric.Met},
		{"With no_proxy set, those hosts are reached directly.", "proxy", rubric.Met},
		{"We do not return a sentinel.", "sentinel", rubric.Contradicted},
		{"We don't return any sentinel.", "sentinel", rubric.Contradicted},
		{"It isn't true that a sentinel is returned.", "sentinel", rubric.Contradicted},
		{"func find() (c Customer, err error) { if n == 0 { return c, ErrNotFound } } is compared by the caller as a sentinel", "sentinel", rubric.Met},
		{"Prints 4 1 7 and 9.", "output", rubric.Met},
		{"[4 1 7] 9", "output", rubric.Met},
	})
	if got := scoreOf(t, printing(), "[4 1 7 9]"); got != 100 {
		t.Errorf("the output alone earns %.0f", got)
	}
	if got := scoreOf(t, printing(), "Prints [4 1 7 9]."); got != 100 {
		t.Errorf("a sentence of the output alone earns %.0f", got)
	}
	two := printing()
	two.KeyPoints[0].Match = allGroups("4 1 7 9", "9 7 1")
	if got := scoreOf(t, two, "Prints [4 1 7 9]\n[9 7 1]"); got != 100 {
		t.Errorf("two lines of output earn %.0f", got)
	}
	for _, echo := range []string{"[7 1 4 9]", "Prints 7 1 4 9.", printing().Ask} {
		if got := scoreOf(t, printing(), echo); got != 0 {
			t.Errorf("%q earns %.0f", echo, got)
		}
	}
}

// What is a list of words, and what a sentence, with terms that hold function words.
func TestLists(t *testing.T) {
	q := open("sync", "How do goroutines share data?",
		keyPoint("lock", 1, "A mutex guards the data.", anyOf("mutex, compare and set, is the owner")),
		keyPoint("pass", 1, "A channel passes the ownership on.", anyOf("channel")),
		keyPoint("race", 1, "Otherwise there is a data race or a deadlock.", anyOf("race, deadlock")),
		keyPoint("once", 1, "Exactly once means at least once plus deduplication.", anyOf("at least once, at most once, exactly once")))
	for _, list := range []string{
		"mutex, channel, deadlock, race",
		"Mutex. Channel. Deadlock. Race.",
		"mutex / channel / deadlock / race",
		"mutex -> channel -> deadlock -> race",
		"at-least-once, at-most-once, exactly-once",
		"the mutex the channel the deadlock the race the owner",
		"the mutex of is channel the to deadlock a and race of",
		"It is about mutex, channel, race, deadlock, ownership, compare and set.",
		"- mutex\n- compare and set\n- channel\n- race\n- deadlock",
		"mutex guards channel passes ownership race deadlock exactly once deduplication",
	} {
		if got := scoreOf(t, q, list); got > 10 {
			t.Errorf("%q earns %.0f", list, got)
		}
	}
	checkVerdicts(t, q, []verdictCase{
		{"Exactly once is really at least once plus dedup.", "once", rubric.Met},
		{"The goroutine that holds the mutex is the owner.", "lock", rubric.Met},
		{"Mutex, RWMutex or an atomic.", "lock", rubric.Met},
		{"A mutex. Or I send it through a channel.", "pass", rubric.Met},
		{"You can run into a deadlock, a livelock or a race.", "race", rubric.Met},
		{"I use a mutex, a condition variable, an atomic counter and now and then a channel.", "pass", rubric.Met},
	})
}

// Disapproval behind a clause governs the clause.
func TestDisapproval(t *testing.T) {
	checkVerdicts(t, queue(), []verdictCase{
		{"Making handlers idempotent is a bad idea.", "duplicates", rubric.Contradicted},
		{"Idempotent handlers are a mistake.", "duplicates", rubric.Contradicted},
		{"Deduplication is never a good idea.", "duplicates", rubric.Contradicted},
		{"Idempotent handlers do not work.", "duplicates", rubric.Contradicted},
		{"Deduplication is not a solution.", "duplicates", rubric.Contradicted},
		{"Having idempotent handlers is wrong.", "duplicates", rubric.Contradicted},
		{"That handlers must be idempotent is a common myth.", "duplicates", rubric.Contradicted},
		{"Idempotent handlers are needed. That is nonsense.", "duplicates", rubric.Contradicted},
		{"Handlers must be idempotent, which is wrong.", "duplicates", rubric.Contradicted},
		{"Committing first is a bad idea, so handlers must be idempotent.", "duplicates", rubric.Met},
		{"Not having idempotent handlers is a mistake.", "duplicates", rubric.Met},
		{"A handler that isn't idempotent books twice, so make it so.", "duplicates", rubric.Met},
		{"The retry does not work unless handlers are idempotent.", "duplicates", rubric.Met},
	})
	checkVerdicts(t, lookup(), []verdictCase{
		{"If it isn't idempotent, it needs a key before it is repeated.", "retry", rubric.Met},
		{"Repeating is fine where it is idempotent; what isn't idempotent gets a key.", "retry", rubric.Met},
	})
}

// A phrase is the candidate's own where the question has its words, but not the phrase.
func TestFreshPhrases(t *testing.T) {
	q := open("fresh", "A write is acknowledged by the leader. Who reads it, and what does the leader do first?",
		keyPoint("order", 2, "The leader reads first what it acknowledged.", anyOf("leader reads, reads first")))
	q.Misconceptions = []rubric.Misconception{
		{ID: "any", Penalty: 10, Point: "Claims that a write is acknowledged by the leader.", Match: anyOf("acknowledged leader")},
		{ID: "bare", Penalty: 10, Point: "Claims that every follower answers linearizable reads by itself."},
	}
	checkVerdicts(t, q, []verdictCase{
		{"The leader reads it before others may.", "order", rubric.Met},
		{q.Ask, "order", rubric.Missed},
	})
	held := func(answer string) string {
		var ids []string
		for _, h := range judgeOf(t, q, answer).Held {
			ids = append(ids, h.ID)
		}
		return strings.Join(ids, " ")
	}
	for answer, want := range map[string]string{
		"It was acknowledged by the leader long ago.":                         "any",
		"I think every follower answers linearizable reads all by itself.":    "bare",
		"No follower answers linearizable reads by itself.":                   "",
		"It is not true that every follower answers linearizable reads.":      "",
		"Followers forward their reads.":                                      "",
		"The leader confirms with a majority that it still leads, and reads.": "",
	} {
		if got := held(answer); got != want {
			t.Errorf("%q holds %q, want %q", answer, got, want)
		}
	}
}

// Two sentences are one where the second goes on with the first, not where it turns to another thing.
func TestTwoSentences(t *testing.T) {
	q := open("threads", "How do goroutines differ from threads?",
		keyPoint("who", 1, "Goroutines are scheduled by the runtime in user space.", allGroups("runtime", "user space")),
		keyPoint("stack", 1, "A goroutine begins with a small stack.", allGroups("goroutine, goroutines", "small stack, tiny stack")))
	checkVerdicts(t, q, []verdictCase{
		{"The runtime watches the timers. Threads come from libraries in user space.", "who", rubric.Partial},
		{"The runtime multiplexes them. It does so in user space.", "who", rubric.Met},
		{"The runtime multiplexes them. This happens in user space.", "who", rubric.Met},
		{"There are goroutines everywhere. They begin with a tiny stack.", "stack", rubric.Met},
		{"There are goroutines everywhere. Threads have a small stack.", "stack", rubric.Partial},
	})
}

// A line that ends in a colon goes on with the next.
func TestColonLines(t *testing.T) {
	for text, want := range map[string]int{
		"Two things are needed here:\nthe handlers must be idempotent.": 1,
		"Two things:\n- first\n- second":                                3,
	} {
		if got := len(unwrapped(text)); got != want {
			t.Errorf("%q: %d sentences, want %d", text, got, want)
		}
	}
}
