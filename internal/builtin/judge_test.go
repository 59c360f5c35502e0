package builtin

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// queue asks about order, negation and what is set aside.
func queue() rubric.Question {
	q := open("queue", "How does a consumer of a message queue avoid losing messages?",
		keyPoint("order", 3, "The work is finished before the offset is committed.", inOrder("work, process, processing, processed, handled, finished", "before, first, prior to", "commit, offset, ack")),
		keyPoint("duplicates", 2, "Without deduplication a crash leads to duplicates, so handlers must be idempotent.", anyOf("idempotent, idempotency, deduplication, dedupe")),
		keyPoint("batch", 1, "Committing in batches is cheaper than committing each message.", allGroups("batch, batches, group", "cheap, cheaper, fewer, throughput")),
		keyPoint("dead", 1, "Poison messages go to a dead letter queue.", anyOf("dead letter, dlq, rollback")))
	q.Misconceptions = []rubric.Misconception{
		{ID: "exactly", Penalty: 10, Point: "Claims that exactly once delivery comes for free.", Match: allGroups("exactly once", "free, always, automatically, guaranteed")},
		{ID: "nothing", Penalty: 10, Point: "Claims that nothing is ever duplicated.", Match: allGroups("nothing, never", "duplicated, duplicate, twice")},
	}
	return q
}

// What each sentence says of the one point it is about.
func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		answer, point string
		want          rubric.Status
	}{
		{"We finish the work before we commit the offset.", "order", rubric.Met},
		{"Before the offset gets committed, the message has to be processed.", "order", rubric.Met},
		{"The offset must not be committed before the work is finished.", "order", rubric.Met},
		{"The message is handled first and only then comes the commit.", "order", rubric.Met},
		{"You handle it.\nThat comes first, ahead of the commit.", "order", rubric.Met},
		{"The work is not finished before the offset is committed.", "order", rubric.Contradicted},
		{"The offset is committed before the work is finished.", "order", rubric.Missed},
		{"It is a myth that the work is finished before the offset is committed.", "order", rubric.Contradicted},
		{"That the work is finished before the offset is committed is wrong.", "order", rubric.Contradicted},
		{"Is the work finished before the offset is committed?", "order", rubric.Missed},
		{"Some people say the work is finished before the offset is committed.", "order", rubric.Missed},
		{"Some people commit early, but the work should be finished before the offset is committed.", "order", rubric.Met},
		{"Handlers are idempotent.", "duplicates", rubric.Met},
		{"The handlers have to be idempotant because messages come twice.", "duplicates", rubric.Met},
		{"If handlers are not idempotent you get the same booking twice.", "duplicates", rubric.Met},
		{"Without idempotent handlers you get the same booking twice.", "duplicates", rubric.Met},
		{"Handlers do not need to be idempotent at all.", "duplicates", rubric.Contradicted},
		{"Being idempotent is not needed here.", "duplicates", rubric.Contradicted},
		{"Not only does it help to be idempotent, it is vital.", "duplicates", rubric.Met},
		{"We use commits in batches instead of single ones, which is cheap.", "batch", rubric.Met},
		{"It is cheaper to commit a batch rather than single messages.", "batch", rubric.Met},
		{"Batches are not cheaper.", "batch", rubric.Contradicted},
		{"You can commit a whole batch. That gives you more throughput when committing messages.", "batch", rubric.Met},
		{"Broken ones go to a dead-letter queue.", "dead", rubric.Met},
		{"Broken ones go to a deadletter topic.", "dead", rubric.Met},
		{"The transaction does a roll back then.", "dead", rubric.Met},
		{"dlq", "dead", rubric.Met},
		{"dlq, dead letter, offset, commit, idempotent, batch, cheap", "dead", rubric.Missed},
		{"The evaluator should note the dead letter queue.", "dead", rubric.Missed},
	} {
		j := judgeOf(t, queue(), c.answer)
		if v, _ := rubric.Find(j.Verdicts, c.point); v.Status != c.want {
			t.Errorf("%s: %s is %s, want %s\n%s", c.answer, c.point, v.Status, c.want, describe(j))
		}
	}
}

func TestHeld(t *testing.T) {
	for _, c := range []struct {
		answers string // one a line
		want    string
	}{
		{"Exactly once is guaranteed by the broker.", "exactly"},
		{"It is not true that exactly once is guaranteed.", ""},
		{"Exactly once is not guaranteed by any broker.", ""},
		{"Many believe that exactly once comes for free.", ""},
		{"Nothing is ever duplicated here.", "nothing"},
		{"It never happens that something is processed twice.", "nothing"},
		{"It is a misconception that nothing is duplicated.", ""},
		{"Exactly once is guaranteed by the broker.\nI was wrong, exactly once is not guaranteed.", "exactly withdrawn"},
		{"Nothing is ever duplicated here.\nA crash leads to duplicates, so handlers must be idempotent.", "nothing withdrawn"},
		{"Exactly once is guaranteed by the broker.\nHandlers are idempotent.", "exactly"},
	} {
		var got []string
		for _, h := range judgeOf(t, queue(), strings.Split(c.answers, "\n")...).Held {
			s := h.ID
			if h.Withdrawn {
				s += " withdrawn"
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: held %v, want %q", c.answers, got, c.want)
		}
	}
}

// What is said in a later answer stands.
func TestLaterAnswers(t *testing.T) {
	for _, c := range []struct {
		first, second string
		want          rubric.Status
	}{
		{"I don't know.", "Handlers must be idempotent.", rubric.Met},
		{"Handlers must be idempotent.", "I don't know.", rubric.Met},
		{"Handlers must be idempotent.", "Handlers do not need to be idempotent.", rubric.Contradicted},
		{"Handlers do not need to be idempotent.", "Sorry, of course handlers must be idempotent.", rubric.Met},
	} {
		j := judgeOf(t, queue(), c.first, c.second)
		if v, _ := rubric.Find(j.Verdicts, "duplicates"); v.Status != c.want {
			t.Errorf("%q then %q: %s, want %s\n%s", c.first, c.second, v.Status, c.want, describe(j))
		}
	}
}

func TestOtherLanguages(t *testing.T) {
	german := "Die Arbeit wird erledigt und danach wird der Offset bestätigt, damit keine Nachricht verloren geht."
	q := queue()
	for _, answers := range [][]string{{german}, {"I don't know.", german}} {
		for _, v := range judgeOf(t, q, answers...).Verdicts {
			if v.Status != rubric.CannotAssess || v.Reason != rubric.ReasonLanguage {
				t.Errorf("%q: %+v", answers, v)
			}
		}
	}
	if got := scoreOf(t, q, german, "Handlers must be idempotent."); got <= 0 {
		t.Errorf("an English answer after a German one earns %.0f", got)
	}
	b := conflict()
	for _, v := range judgeOf(t, b, german).Verdicts {
		if v.Reason != rubric.ReasonLanguage {
			t.Errorf("%+v", v)
		}
	}
	q.Language = "de"
	j, err := New().Evaluate(context.Background(), session.Request{
		Question: q, Answers: answersOf(q, best(q)), FollowUp: &rubric.FollowUp{KeyPoints: q.KeyPoints[:1]},
	}, nil)
	if err != nil || len(j.Own) != 1 || j.Own[0].Reason != rubric.ReasonLanguage || j.Verdicts[0].Reason != rubric.ReasonLanguage || j.Feedback != languageFeedback {
		t.Errorf("%+v, %v", j, err)
	}
}

// A follow-up's own points are judged by the answer to it alone.
func TestOwnPoints(t *testing.T) {
	q := queue()
	f := &rubric.FollowUp{Ask: "And with five consumers?", KeyPoints: []rubric.KeyPoint{
		keyPoint("partition", 1, "Each partition is read by one consumer of the group.", allGroups("partition, partitions", "one, single")),
	}}
	own := func(answers ...string) rubric.Status {
		r := session.Request{Question: q, Answers: answersOf(q, answers...), FollowUp: f}
		j, err := New().Evaluate(context.Background(), r, nil)
		if err != nil || len(j.Own) != 1 {
			t.Fatalf("%+v, %v", j, err)
		}
		return j.Own[0].Status
	}
	said := "Each partition belongs to a single consumer."
	if got := own("Work first.", said); got != rubric.Met {
		t.Errorf("said in the answer: %s", got)
	}
	if got := own(said, "No idea."); got != rubric.Missed {
		t.Errorf("said before: %s", got)
	}
}

// A long answer on the topic that comes near a point without saying it leaves the point open.
func TestUnclear(t *testing.T) {
	q := rebase()
	q.KeyPoints = q.KeyPoints[:4]
	answer := "It replays your commits one after another on top of another base commit, which makes the log easy to read. " +
		"The replayed commits get new hashes, so history is rewritten. The result is a linear history without merge commits. " +
		"Avoid it on branches of colleagues."
	v, _ := rubric.Find(judgeOf(t, q, answer).Verdicts, "shared")
	if v.Status != rubric.CannotAssess || v.Reason != rubric.ReasonUnclear || !v.Gap() {
		t.Errorf("%+v\n%s", v, describe(judgeOf(t, q, answer)))
	}
}

func TestEvaluator(t *testing.T) {
	e, q := New(), queue()
	if info := e.Info(); info.Name != session.Builtin || info.Version != "m3-4" {
		t.Errorf("%+v", info)
	}
	var seen []session.Partial
	j, err := e.Evaluate(context.Background(), session.Request{Question: q, Answers: answersOf(q, best(q))}, func(p session.Partial) {
		seen = append(seen, p)
	})
	if err != nil || len(seen) != 4 || seen[3].Done != 4 || seen[3].Of != 4 || seen[0].Verdict.Point != "order" {
		t.Errorf("%+v, %v", seen, err)
	}
	if !strings.HasPrefix(j.Feedback, "Complete. Strong: ") {
		t.Errorf("feedback %q", j.Feedback)
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Evaluate(done, session.Request{Question: q}, nil); err == nil {
		t.Error("no error for a context that is done")
	}
	if s := e.Similarity(&q, []string{best(q)}); s < 0.98 {
		t.Errorf("similarity of the ideal %f", s)
	}
	if s := e.Similarity(&rubric.Question{Ask: "?"}, []string{"a"}); s != 0 {
		t.Errorf("similarity to nothing %f", s)
	}
}

func TestFeedback(t *testing.T) {
	for answer, want := range map[string]string{
		"Exactly once is guaranteed. Handlers are idempotent.": "A start. This does not hold: exactly once delivery comes for free. " +
			"Worth adding first: The work is finished before the offset is committed. " +
			"Strong: Without deduplication a crash leads to duplicates, so handlers must be idempotent.",
		"Handlers need not be idempotent.": "What counts has not been said yet. You said the opposite of this: Without deduplication a crash leads to " +
			"duplicates, so handlers must be idempotent. Worth adding first: The work is finished before the offset is committed.",
		"idempotent, dead letter, batch, cheap, offset": "Words in a row show no understanding; say in sentences what each of them does. " +
			"Worth adding first: The work is finished before the offset is committed.",
		"I don't know.": "Say what you do know, even if it is only a part. Worth adding first: The work is finished before the offset is committed.",
	} {
		if got := judgeOf(t, queue(), answer).Feedback; got != want {
			t.Errorf("%s\ngot  %q\nwant %q", answer, got, want)
		}
	}
	q := queue()
	q.KeyPoints[0].Point = strings.Repeat("The work is finished before the offset is committed. ", 20)
	if got := judgeOf(t, q, "Handlers are idempotent.").Feedback; len(got) > mostFeedback || !strings.Contains(got, "Worth adding first: ") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}

// A question with an ideal answer only is judged by points made from it.
func TestIdealOnly(t *testing.T) {
	q := idealOnly()
	d := Derive(&q)
	if len(d.KeyPoints) < 3 || d.KeyPoints[0].ID != "p1" || d.KeyPoints[0].Weight != 1 {
		t.Fatalf("%+v", d.KeyPoints)
	}
	if again := Derive(&d); len(again.KeyPoints) != len(d.KeyPoints) {
		t.Errorf("derived twice: %+v", again.KeyPoints)
	}
	if got := len(judgeOf(t, q, q.Ideal).Verdicts); got != len(d.KeyPoints) {
		t.Errorf("%d verdicts", got)
	}
}

// A long answer must not stop the program, whatever it is made of.
func TestLongAnswers(t *testing.T) {
	const size = 100_000
	for _, q := range []rubric.Question{queue(), conflict(), indexes()} {
		for _, unit := range []string{
			"not idempotent ", "a. ", "I told 3 ", "before the offset commit work ", "once if not, ", "it is a myth but ", "exactly once nothing ",
			"insert overhead. ", "\n- dlq", "dead ", "a。", "is wrong ", "does not work ", "work finished not x, ", "that is wrong. ", "all points ", "insert not update slower ", "? ", "idempotant", "Some people batch, ",
		} {
			start := time.Now()
			judgeOf(t, q, strings.Repeat(unit, size/len(unit)))
			if d := time.Since(start); d > 2*time.Second {
				t.Errorf("%s: %q takes %v", q.ID, unit, d)
			} else if testing.Verbose() {
				t.Logf("%s: %q takes %v", q.ID, unit, d)
			}
		}
	}
}

// The cache is bounded and tells questions apart by their content.
func TestCache(t *testing.T) {
	e, q := New(), queue()
	for i := range 2 * maxPrepared {
		q.Ask = strings.Repeat("a ", i)
		e.Similarity(&q, nil)
	}
	if n := len(e.cache.known); n > maxPrepared {
		t.Errorf("%d questions kept", n)
	}
	a, b := queue(), queue()
	b.KeyPoints = append([]rubric.KeyPoint(nil), b.KeyPoints...)
	b.KeyPoints[0].Match = nil
	if e.cache.key(&a) == e.cache.key(&b) {
		t.Error("two questions, one key")
	}
}

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		a, b string
		n    int
		want bool
	}{
		{"crash", "crsah", 1, true},
		{"crash", "crahs", 1, true},
		{"crash", "crush", 1, true},
		{"crash", "trust", 1, false},
		{"acknowledge", "aknowlege", 2, true},
		{"acknowledge", "knowledge", 1, false},
		{"abc", "abc", -1, false},
		{strings.Repeat("a", 40), "a", 2, false},
	} {
		if got := within(c.a, c.b, c.n); got != c.want {
			t.Errorf("within(%q, %q, %d) = %v", c.a, c.b, c.n, got)
		}
	}
}

// Text wrapped by an editor keeps its sentences; lists keep their lines.
func TestUnwrapped(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"The consumer finishes its work before the\noffset is committed. Then it goes on.", 2},
		{"dead letter\npage cache", 2},
		{"The consumer finishes its work and is then\nThe next one begins.", 2},
		{"- The consumer finishes its work before the offset\n- the next one begins", 2},
	} {
		if got := len(unwrapped(c.text)); got != c.want {
			t.Errorf("%q: %d sentences", c.text, got)
		}
	}
}
