// Package ok_closed_after_panic closes the channel whatever the commands do.
package ok_closed_after_panic

import (
	"fmt"
	"sync"
)

type command func(out chan<- string) error

func handle(err *error) {
	if x := recover(); x != nil {
		*err = fmt.Errorf("panic: %v", x)
	}
}

// deferred closes in a deferred function.
func deferred(run command) (err error) {
	defer handle(&err)
	lines := make(chan string, 10)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for line := range lines {
			fmt.Println(line)
		}
	}()
	defer func() {
		close(lines)
		wg.Wait()
	}()
	return run(lines)
}

// direct has its close deferred as it is.
func direct(run command) (err error) {
	defer handle(&err)
	lines := make(chan string, 10)
	go func() {
		for line := range lines {
			fmt.Println(line)
		}
	}()
	defer close(lines)
	return run(lines)
}

// again panics with what it recovers from: the process ends.
func again(run command) error {
	defer func() {
		if x := recover(); x != nil {
			panic(fmt.Sprintf("command: %v", x))
		}
	}()
	lines := make(chan string, 10)
	go func() {
		for line := range lines {
			fmt.Println(line)
		}
	}()
	err := run(lines)
	close(lines)
	return err
}

// own runs nothing that others have written.
func own(names []string) (err error) {
	defer handle(&err)
	lines := make(chan string, 10)
	go func() {
		for line := range lines {
			fmt.Println(line)
		}
	}()
	each := func(name string) { lines <- name }
	for _, name := range names {
		each(name)
	}
	close(lines)
	return nil
}
