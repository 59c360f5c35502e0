//go:build unix

package ollamatest

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps the server's processes together.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func killGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
