package rubric_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/elios/elios/internal/rubric"
)

func TestCriteriaSeePointsAndDimensionsTheSameWay(t *testing.T) {
	if got := three().Criteria(); len(got) != 3 || !reflect.DeepEqual(got[0], rubric.Criterion{ID: "a", Weight: 2, Must: true, Text: "first", Say: "say a", Probe: "probe a"}) {
		t.Errorf("%+v", got)
	}
	got := story().Criteria()
	if len(got) != 2 || got[0].Text != "some" || !got[0].Leveled || got[1].Text != "" {
		t.Errorf("%+v", got)
	}
	if c, ok := three().Criterion("b"); !ok || c.Text != "second" {
		t.Errorf("%+v", c)
	}
	if _, ok := three().Criterion("z"); ok {
		t.Error("found a stranger")
	}
}

func TestFollowUpByID(t *testing.T) {
	q := rubric.Question{FollowUps: []rubric.FollowUp{{ID: "f", KeyPoints: []rubric.KeyPoint{{ID: "own", Weight: 1}}}}}
	if f := q.FollowUp("f"); f == nil || f.Criteria()[0].ID != "own" {
		t.Errorf("%+v", f)
	}
	if q.FollowUp("g") != nil {
		t.Error("found a stranger")
	}
}

func hash(t *testing.T, q rubric.Question) string {
	t.Helper()
	h, err := q.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHashNamesTheContent(t *testing.T) {
	q := *story()
	for range 20 { // maps have no order
		if hash(t, q) != hash(t, *story()) {
			t.Fatal("the same question has two hashes")
		}
	}
	b, _ := json.Marshal(q)
	var back rubric.Question
	if err := json.Unmarshal(b, &back); err != nil || hash(t, back) != hash(t, q) {
		t.Errorf("the hash changed on its way through JSON: %v", err)
	}
	other := q
	other.Ask = "Something else?"
	if hash(t, other) == hash(t, q) {
		t.Error("another question has the same hash")
	}
	// Stored plans name questions by it: it must not change with the program.
	if got := hash(t, rubric.Question{ID: "q", Type: rubric.Open, Topic: "t", Level: 1, Ask: "Why?"}); !strings.HasPrefix(got, "aad385bd16574aeb") {
		t.Errorf("hash %s", got)
	}
	weird := rubric.Question{KeyPoints: []rubric.KeyPoint{{Weight: inf()}}}
	if _, err := weird.Hash(); err == nil {
		t.Error("hashed what JSON cannot hold")
	}
}

func inf() float64 { x := 1e300; return x * x }

func TestCap(t *testing.T) {
	q := three()
	if q.Cap() != rubric.DefaultCap {
		t.Error(q.Cap())
	}
	n := 40
	q.Scoring.CapIfMustMissing = &n
	if q.Cap() != 40 {
		t.Error(q.Cap())
	}
}

func TestMatchGroups(t *testing.T) {
	var none *rubric.Match
	for _, tc := range []struct {
		m       *rubric.Match
		groups  int
		ordered bool
	}{
		{none, 0, false},
		{&rubric.Match{}, 0, false},
		{&rubric.Match{Any: []string{"a", "b"}}, 1, false},
		{&rubric.Match{All: [][]string{{"a"}, {"b"}}}, 2, false},
		{&rubric.Match{Seq: [][]string{{"a"}, {"b"}}}, 2, true},
	} {
		if groups, ordered := tc.m.Groups(); len(groups) != tc.groups || ordered != tc.ordered {
			t.Errorf("%+v: %v %v", tc.m, groups, ordered)
		}
	}
}

func TestDuration(t *testing.T) {
	var d rubric.Duration
	if err := json.Unmarshal([]byte(`"90s"`), &d); err != nil || d != rubric.Duration(90*time.Second) {
		t.Errorf("%v %v", d, err)
	}
	if b, err := json.Marshal(d); err != nil || string(b) != `"1m30s"` {
		t.Errorf("%s %v", b, err)
	}
	for _, bad := range []string{`"-5m"`, `"soon"`, `""`, `"5"`} {
		if err := json.Unmarshal([]byte(bad), &d); err == nil || d != rubric.Duration(90*time.Second) {
			t.Errorf("%s was taken: %v", bad, d)
		}
	}
}
