package main

import (
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
)

func TestAnExportNeverTakesAnotherFilesPlace(t *testing.T) {
	t.Chdir(t.TempDir())
	for i, want := range []string{"r.md", "r-2.md", "r-3.md"} {
		path, err := writeNew("r", "md", func(w io.Writer) error {
			_, err := w.Write([]byte{byte('a' + i)})
			return err
		})
		if err != nil || path != want {
			t.Fatalf("%q, %v; want %q", path, err, want)
		}
		if b, err := os.ReadFile(path); err != nil || string(b) != string(rune('a'+i)) {
			t.Errorf("%s holds %q, %v", path, b, err)
		}
		if st, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v", path, st.Mode())
		}
	}
	if b, _ := os.ReadFile("r.md"); string(b) != "a" {
		t.Errorf("the first report became %q", b)
	}
}

func TestAnExportThatCannotBeWrittenSaysWhatToDo(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := writeNew("no/such/folder", "md", func(io.Writer) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "no/such/") || !strings.Contains(err.Error(), "a folder you may write to") {
		t.Errorf("%v", err)
	}
}
