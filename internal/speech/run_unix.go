//go:build unix

package speech

import (
	"os/exec"
	"syscall"
)

// alone gives a command a session of its own: it has no terminal to draw on or
// read keys from, and can be killed with all it has started.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return killGroup(cmd) }
}

func killGroup(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
