// Package behind_semaphore lets a few goroutines in at a time, which still meet at one variable.
package behind_semaphore

import (
	"errors"
	"sync"
	"time"
)

type semaphore struct{ slots chan struct{} }

func newSemaphore(count int) *semaphore {
	s := &semaphore{slots: make(chan struct{}, count)}
	for range count {
		s.slots <- struct{}{}
	}
	return s
}

func (s *semaphore) acquire() { <-s.slots }

func (s *semaphore) release() { s.slots <- struct{}{} }

func copyAll(tables []string) error {
	var err error
	var wg sync.WaitGroup
	sem := newSemaphore(4)
	for _, table := range tables {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem.acquire()
			defer sem.release()
			if err = copyOne(table); err != nil { // want "variable err is written by several goroutines at once"
				return
			}
		}()
	}
	wg.Wait()
	return err
}

func copyOne(table string) error {
	time.Sleep(time.Millisecond)
	if table == "" {
		return errors.New("no table")
	}
	return nil
}
