package bank

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/elios/elios/banks"
	"github.com/elios/elios/internal/rubric"
)

func mustLoad(t testing.TB, path string) *Bank {
	t.Helper()
	b, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFullBank(t *testing.T) {
	b := mustLoad(t, "testdata/full.yaml")
	q := b.Question("at-least-once")
	if q == nil || b.Question("none") != nil {
		t.Fatal("Question does not find by id")
	}
	if want := (Test{false, 3, 1, 2.5}); b.Test != want {
		t.Errorf("test %+v, want %+v", b.Test, want)
	}
	if e := q.Cases[1].Expect; e.Met == nil || e.Missed == nil || len(e.Met) != 0 || q.Cases[0].Expect.Met != nil {
		t.Errorf("an empty list and none are the same: %+v", e)
	}
	if got := q.Cases[2].Expect.Score; got.IsZero() || !got.Holds(0) || got.Holds(1) {
		t.Errorf("a bare number as bound: %v", got)
	}
	if got := q.AnswerText(q.Cases[0]); got != q.Ideal {
		t.Errorf("$ideal is %q", got)
	}
	said := b.Question("conflict")
	if got := said.AnswerText(said.Cases[0]); got != "I asked both of them for their numbers." {
		t.Errorf("$say is %q", got)
	}
	if got := q.AnswerText(q.Cases[2]); got != "$5 per message" {
		t.Errorf("an answer is %q", got)
	}
	if q.Ask != "Your consumer gets the **same message twice**. Why, and what do you do?" {
		t.Errorf("ask %q", q.Ask)
	}
	if diff := cmp.Diff([]string{"queues", "messaging"}, b.Question("code").Tags); diff != "" {
		t.Error("alias:", diff)
	}
	if diff := cmp.Diff(map[int]string{0: "Nothing.", 5: "Own steps and their reasons."}, said.Dimensions[0].Anchors); diff != "" {
		t.Error("anchors:", diff)
	}
}

func TestDefaults(t *testing.T) {
	b := mustLoad(t, "testdata/full.yaml")
	own, left := b.Question("at-least-once"), b.Question("code")
	check := func(what string, got, want any) {
		t.Helper()
		if got != want {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	check("own time limit", time.Duration(own.TimeLimit), 90*time.Second)
	check("own follow-ups", *own.MaxFollowUps, 2)
	check("own cap", own.Cap(), 50.0)
	check("bank's time limit", time.Duration(left.TimeLimit), 3*time.Minute)
	check("bank's follow-ups", *left.MaxFollowUps, 1)
	check("bank's cap", left.Cap(), 60.0)
	check("topic title", left.TopicTitle, "Delivery guarantees")
	check("language", left.Language, "en")
	plain := mustLoad(t, "testdata/folder")
	check("elios' follow-ups", *plain.Questions[0].MaxFollowUps, 3)
	check("elios' cap", *plain.Questions[0].Scoring.CapIfMustMissing, rubric.DefaultCap)
	check("elios' test", plain.Test, DefaultTest())
	if _, err := own.Hash(); err != nil {
		t.Error(err)
	}
}

func TestInfo(t *testing.T) {
	b := mustLoad(t, "testdata/full.yaml")
	got, _ := json.Marshal(b.Info())
	want := `{"id":"queues","title":"Message queues","version":"2.1.0-rc.1","description":"Delivery, order and backpressure.",` +
		`"language":"en","license":"CC0-1.0","questions":3,"cases":4,"topics":[{"id":"delivery","title":"Delivery guarantees","questions":2},` +
		`{"id":"teamwork","title":"Teamwork","questions":1}],"levels":[1,2,3],"source":""}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	if r := b.Ref(); r.ID != "queues" || r.Title != "Message queues" || r.Version != "2.1.0-rc.1" {
		t.Errorf("ref %+v", r)
	}
}

func TestFolder(t *testing.T) {
	b := mustLoad(t, "testdata/folder")
	if len(b.Questions) != 2 || b.Questions[0].ID != "first" || b.Questions[0].Language != "pt-BR" {
		t.Errorf("questions %+v", b.Questions)
	}
	for _, load := range []func() (*Bank, error){
		func() (*Bank, error) { return LoadDir("testdata/folder") },
		func() (*Bank, error) { return LoadFS(os.DirFS("testdata"), "folder") },
	} {
		again, err := load()
		if err != nil {
			t.Fatal(err)
		}
		x, _ := json.Marshal(b)
		y, _ := json.Marshal(again)
		if string(x) != string(y) {
			t.Error("the same folder loads differently")
		}
	}
}

func TestLoadErrors(t *testing.T) {
	fsys := fstest.MapFS{"dir.yaml/x": {}}
	for _, load := range []func() (*Bank, error){
		func() (*Bank, error) { return Load("testdata/none.yaml") },
		func() (*Bank, error) { return LoadFile("testdata/none.yaml") },
		func() (*Bank, error) { return LoadDir("testdata/none") },
		func() (*Bank, error) { return LoadFS(fsys, "none.yaml") },
	} {
		if b, err := load(); b != nil || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("got %v, %v", b, err)
		}
	}
	if _, err := LoadFile("testdata"); err == nil {
		t.Error("a folder was read as a file")
	}
}

func TestBuiltInBanksLoad(t *testing.T) {
	names, err := fs.Glob(banks.FS, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("there are no built-in banks", err)
	}
	for _, name := range names {
		if _, err := LoadFS(banks.FS, name); err != nil {
			t.Error(err)
		}
	}
}

func TestTheBankOnThePageLoads(t *testing.T) {
	page, err := os.ReadFile("../../docs/bank-format.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\n")
	example, _, _ := strings.Cut(rest, "```")
	if _, err := Parse("page", []byte(example)); err != nil {
		t.Error(err)
	}
}
