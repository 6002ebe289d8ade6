// Package left_to_do says so itself.
package left_to_do

import (
	"context"
	"os/exec"
)

func version(ctx context.Context, tool string) (string, error) {
	path, err := exec.LookPath(tool)
	if err != nil {
		return "", err
	}
	out, err := exec.CommandContext(context.TODO(), path, "--version").Output() // want "exec.CommandContext waits under a fresh context"
	return string(out), err
}
