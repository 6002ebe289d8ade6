// Package main returns to main, which ends the process.
package main

import (
	"fmt"
	"os"
	"os/signal"
)

func run(serve func() error) error {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	failed := make(chan error)
	go func() { failed <- serve() }()
	select {
	case err := <-failed:
		return err
	case <-signals:
		return nil
	}
}

func main() {
	fmt.Println(run(func() error { return nil }))
}
