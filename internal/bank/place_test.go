package bank

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestPlacesOfABank(t *testing.T) {
	b, at, err := LoadPlaced("testdata/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(at.Data("testdata/full.yaml")), "\n")
	for i, q := range b.Questions {
		p := at.Question(i).Key("id").Place()
		if got := lines[p.Line-1][p.Column-1:]; !strings.HasPrefix(got, q.ID) || p.File != "testdata/full.yaml" {
			t.Errorf("question %d is at %+v, where %q stands", i, p, got)
		}
	}
	missing, around := at.Question(0).Key("key_points").Index(0).Key("nothing").Place(), at.Question(0).Key("key_points").Index(0).Place()
	if missing.Line != around.Line || missing.Path != "questions[0].key_points[0].nothing" {
		t.Errorf("what is not there is at %+v", missing)
	}
	if p := at.Bank().Key("title").Place(); !strings.HasPrefix(lines[p.Line-1], "title:") {
		t.Errorf("the title is at %+v", p)
	}
}

func TestPlacesOfAFolder(t *testing.T) {
	b, at, err := LoadPlaced("testdata/folder")
	if err != nil {
		t.Fatal(err)
	}
	for i, q := range b.Questions {
		p := at.Question(i).Key("id").Place()
		data := at.Data(p.File)
		if data == nil || !strings.Contains(strings.Split(string(data), "\n")[p.Line-1], q.ID) {
			t.Errorf("%s is at %+v", q.ID, p)
		}
	}
	if files := at.Files(); len(files) < 2 || files[0] != filepath.Join("testdata/folder", Header) {
		t.Errorf("files %v", files)
	}
}

func TestBlocksAreTheLinesOfTexts(t *testing.T) {
	data := "a: |\n  one\n  two\nb: three\nc: >-\n  four\n\n  five\n"
	_, at, err := ParsePlaced("x.yaml", []byte(data))
	if err == nil {
		t.Fatal("this is no bank")
	}
	inside := at.Blocks("x.yaml")
	for line, want := range map[int]bool{1: false, 2: true, 3: true, 4: false, 5: false, 6: true, 7: true, 8: true} {
		if inside(line) != want {
			t.Errorf("line %d: %v", line, !want)
		}
	}
}

func TestProblemsNameTheirRule(t *testing.T) {
	for _, tc := range []struct{ old, fresh, rule string }{
		{"    level: 2", "    level: 7", RuleLevel},
		{"    level: 2\n", "", RuleLevel},
		{"    level: 2", "    levle: 2\n    level: 2", RuleFormat},
		{"version: 2.1.0-rc.1", "version: 1.2", RuleVersion},
		{"version: 2.1.0-rc.1", `version: "1.2"`, RuleVersion},
	} {
		_, err := Parse("b.yaml", edit(t, tc.old, tc.fresh))
		e, ok := err.(*Error)
		if !ok || len(e.Problems) != 1 || e.Problems[0].Rule != tc.rule {
			t.Errorf("%q: %v, want one problem of %s", tc.fresh, err, tc.rule)
		}
	}
}
