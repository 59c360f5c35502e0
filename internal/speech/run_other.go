//go:build !unix

package speech

import "os/exec"

// alone leaves a command as it is: there are no process groups to kill here,
// so that a script has to end what it starts.
func alone(*exec.Cmd) {}

func killGroup(cmd *exec.Cmd) error { return cmd.Process.Kill() }
