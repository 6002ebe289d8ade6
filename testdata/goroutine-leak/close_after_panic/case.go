// Package close_after_panic recovers from what commands panic with, and leaves the goroutine behind that prints.
package close_after_panic

import (
	"errors"
	"fmt"
	"sync"
)

type command func(out chan<- string) error

type shell struct {
	commands map[string]command
	hooks    []func(name string)
	printed  int
}

func (s *shell) print(lines <-chan string) {
	for line := range lines {
		fmt.Println(line)
		s.printed++
	}
}

func (s *shell) execute(name string, out chan<- string) error {
	run, ok := s.commands[name]
	if !ok {
		return errors.New("no such command")
	}
	return run(out)
}

func handle(err *error) {
	if x := recover(); x != nil {
		*err = fmt.Errorf("panic: %v", x)
	}
}

func (s *shell) run(name string) (err error) {
	defer handle(&err)
	lines := make(chan string, 10)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // want "this goroutine ends when lines is closed, which nobody does after a panic that is recovered"
		for line := range lines {
			fmt.Println(line)
		}
		wg.Done()
	}()
	err = s.execute(name, lines) // step "may panic"
	close(lines)
	wg.Wait()
	return err
}

func (s *shell) try(name string) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = errors.New("try again")
		}
	}()
	lines := make(chan string)
	go s.print(lines) // want "this goroutine ends when lines is closed, which nobody does after a panic that is recovered"
	for _, one := range s.hooks {
		one(name)
	}
	lines <- name
	close(lines)
	return nil
}

func newLines() chan string { return make(chan string, 10) }

// each and all get their lines from one maker, each its own.
func (s *shell) each(names []string) (err error) {
	defer handle(&err)
	lines := newLines()
	go s.print(lines) // want "this goroutine ends when lines is closed, which nobody does after a panic that is recovered"
	for _, name := range names {
		err = errors.Join(err, s.execute(name, lines))
	}
	close(lines)
	return err
}

func (s *shell) all() (err error) {
	defer handle(&err)
	lines := newLines()
	defer close(lines)
	go s.print(lines)
	for name := range s.commands {
		err = errors.Join(err, s.execute(name, lines))
	}
	return err
}
