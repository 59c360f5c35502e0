package store

import (
	osexec "os/exec"
	"testing"
)

// exec runs a program of the system. Reading an open database's file within
// this process would drop the process's locks on it.
func exec(t *testing.T, name string, args ...string) ([]byte, error) {
	t.Helper()
	return osexec.CommandContext(t.Context(), name, args...).Output()
}
