//go:build unix

package bank

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe in a folder would block whoever opens it.
func TestFolderWithAPipe(t *testing.T) {
	dir := folder(t, nil)
	if err := syscall.Mkfifo(filepath.Join(dir, "c.yaml"), 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Errorf("got %v", err)
	}
}
