package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/elios/elios/internal/session"
)

func exportOf(t testing.TB, s *Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Export(t.Context(), &b, session.Filter{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// full is an export of interviews that have everything.
func full(t testing.TB) string {
	t.Helper()
	s := fresh(t)
	g := newGame(t, s, "waits").do(session.Start{}, session.Hint{})
	c := g.decide(session.Answer{Turn: 1, Text: "an answer"})
	c.Job.Put = &session.Job{Turn: 1, Evaluator: "builtin", RunAt: g.at, Attempt: 2, Owner: "me", Lease: g.at}
	c.Command = &session.CommandRecord{Interview: "waits", ID: "c1", Hash: "h", Ack: session.Ack{Seq: 7}}
	g.commit(c)
	if err := s.SaveDraft(t.Context(), "waits", 1, "half\r\nof"); err != nil { // it came late
		t.Fatal(err)
	}
	newGame(t, s, "done").answerAll().do(session.Mark{Question: 1, Point: "b", Status: "met"},
		session.Dispute{Question: 1, Point: "b", Reason: "no"}, session.Regrade{Turn: 1, Judgement: session.Judgement{}})
	sound(t, s)
	return exportOf(t, s)
}

func TestExportImport(t *testing.T) {
	out := full(t)
	s := fresh(t)
	added, skipped, err := s.Import(t.Context(), strings.NewReader(out))
	if err != nil || added != 2 || skipped != 0 {
		t.Fatal(added, skipped, err)
	}
	sound(t, s)
	if again := exportOf(t, s); again != out {
		t.Errorf("exported\n%s\nimported and exported\n%s", out, again)
	}
	added, skipped, err = s.Import(t.Context(), strings.NewReader(out))
	if err != nil || added != 0 || skipped != 2 {
		t.Fatal(added, skipped, err)
	}
	if draft, err := s.Draft(t.Context(), "waits", 1); err != nil || draft != "half\nof" {
		t.Error(draft, err)
	}
	if j, err := s.ClaimJob(t.Context(), "waits", "me", day, day, nil); err != nil || j.Attempt != 2 {
		t.Error(j, err)
	}
	if r, err := s.Command(t.Context(), "waits", "c1"); err != nil || r.Hash != "h" {
		t.Error(r, err)
	}
}

func TestExportFilter(t *testing.T) {
	s := fresh(t)
	newGame(t, s, "open")
	newGame(t, s, "done").answerAll()
	var b bytes.Buffer
	if err := s.Export(t.Context(), &b, session.Filter{Open: true}); err != nil || strings.Count(b.String(), "\n") != 2 {
		t.Error(b.String(), err)
	}
	if err := s.Export(t.Context(), brokenPipe{}, session.Filter{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
func (brokenPipe) Read([]byte) (int, error)  { return 0, io.ErrClosedPipe }

func TestImportRefuses(t *testing.T) {
	out := full(t)
	lines := strings.SplitAfter(out, "\n")
	swap := func(old, with string) string {
		if !strings.Contains(out, old) {
			t.Fatalf("no %q in %s", old, out)
		}
		return strings.ReplaceAll(out, old, with)
	}
	for name, test := range map[string]struct{ in, want string }{
		"empty":       {"", "line 1: this is not an export"},
		"no header":   {lines[1], "line 1: this is not an export"},
		"version":     {swap("export/v1", "export/v2"), "line 1: this is not an export"},
		"blank line":  {lines[0] + "\n", "line 2: the line is empty"},
		"cut":         {out[:len(out)-40], "line 3: "},
		"two values":  {lines[0] + "{} {}\n", "line 2: there is something after"},
		"unknown":     {swap(`"questions":[{`, `"quests":1,"questions":[{`), "line 2: "},
		"nothing":     {lines[0] + "{}\n", "line 2: there is no interview"},
		"escape":      {swap("an answer", `an\u001b[31m answer`), "control characters"},
		"escape key":  {swap(`"drafts":{"1"`, `"drafts":{"\u001b1"`), "line "},
		"hole":        {swap(`"seq":2`, `"seq":3`), "event 3 after event 1"},
		"last seq":    {swap(`"last_seq":`, `"last_seq":1`), "last_seq"},
		"question":    {swap("What is a *map*", "What is a *cat*"), "not the one that was planned"},
		"no question": {regexp.MustCompile(`"questions":\[\{.*\}\],"events"`).ReplaceAllString(out, `"questions":[null,null],"events"`), "question 1 is not there"},
		"plan":        {swap(`"plan":["`, `"plan":["x","`), "3"},
		"turn":        {swap(`"turns":[{"n":1`, `"turns":[{"n":2`), "turn 1 is out of place"},
		"result":      {swap(`"results":[{"question":1`, `"results":[{"question":2`), "out of place"},
		"position":    {swap(`"turn":1,"question":1,"turns"`, `"turn":9,"question":1,"turns"`), "does not have"},
		"draft":       {swap(`"drafts":{"1"`, `"drafts":{"9"`), "draft for turn 9"},
		"job":         {swap(`"job":{"turn":1`, `"job":{"turn":8`), "job for turn 8"},
		"state":       {swap(`"state":"EVALUATING","turn"`, `"state":"ASLEEP","turn"`), "holds something it cannot"},
		"created":     {swap(`"type":"created"`, `"type":"started"`), "not its creation"},
	} {
		t.Run(name, func(t *testing.T) {
			s := fresh(t)
			added, skipped, err := s.Import(t.Context(), strings.NewReader(test.in))
			wantKind(t, err, session.Invalid)
			if !strings.Contains(err.Error(), test.want) || added+skipped != 0 {
				t.Errorf("%v, want %q", err, test.want)
			}
			if n := count(t, s, "SELECT count(*) FROM interviews"); n != 0 {
				t.Error(n, "interviews were added")
			}
		})
	}
}

func TestImportConflict(t *testing.T) {
	out := full(t)
	s := fresh(t)
	g := newGame(t, s, "waits").do(session.Start{})
	_, _, err := s.Import(t.Context(), strings.NewReader(out))
	wantKind(t, err, session.Conflict)
	if !strings.Contains(err.Error(), "waits") || !strings.Contains(err.Error(), "line ") {
		t.Error(err)
	}
	g.stored()
	if n := count(t, s, "SELECT count(*) FROM interviews"); n != 1 {
		t.Error("half an import stays")
	}
}

func TestImportReader(t *testing.T) {
	s := fresh(t)
	if _, _, err := s.Import(t.Context(), brokenPipe{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
	long := io.MultiReader(strings.NewReader("{\"elios\":\"export/v1\"}\n"), io.LimitReader(zeros{}, MaxImportLine+1))
	_, _, err := s.Import(t.Context(), long)
	wantKind(t, err, session.Invalid)
	if !strings.Contains(err.Error(), "line 2 is longer than 64 MiB") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.Import(ctx, strings.NewReader("{\"elios\":\"export/v1\"}\n")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = '0'
	}
	return len(b), nil
}

// FuzzImport: whatever the file, Import neither panics nor lets anything in
// that Export does not give back the same.
func FuzzImport(f *testing.F) {
	out := full(f)
	f.Add(out)
	f.Add("{\"elios\":\"export/v1\"}\n{}")
	f.Add(strings.SplitAfter(out, "\n")[0])
	s := fresh(f)
	f.Fuzz(func(t *testing.T, in string) {
		added, _, err := s.Import(context.Background(), strings.NewReader(in))
		if err != nil || added == 0 {
			return
		}
		first := exportOf(t, s)
		if a, k, err := s.Import(context.Background(), strings.NewReader(first)); err != nil || a != 0 || k < added {
			t.Fatalf("what was imported is exported otherwise: %d added, %d skipped, %v\n%s", a, k, err, in)
		}
		all, err := s.List(context.Background(), session.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range all {
			if err := s.Delete(context.Background(), v.ID); err != nil {
				t.Fatal(err)
			}
		}
	})
}
