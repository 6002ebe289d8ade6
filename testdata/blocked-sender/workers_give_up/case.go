// Package workers_give_up feeds workers that stop at the first failure; the feeder asks for that only between its sends.
package workers_give_up

import (
	"errors"
	"sync"
)

var errBad = errors.New("bad")

func write(row string) error {
	if row == "" {
		return errBad
	}
	return nil
}

// load is the loop of all workers.
func load(rows <-chan string, stop <-chan struct{}) error {
	for {
		select {
		case row, ok := <-rows:
			if !ok {
				return nil
			}
			if err := write(row); err != nil {
				return err
			}
		case <-stop:
			return nil
		}
	}
}

// feed is the loop of those who give them work.
func feed(lines <-chan string, tables []chan string, stop <-chan struct{}) {
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				return
			}
			for _, table := range tables {
				table <- line // want "this send on table may wait for ever: the receiver may stop before all values are received"
			}
		case <-stop:
			return
		}
	}
}

type failure struct {
	once  sync.Once
	first error
	stop  chan struct{}
}

func (f *failure) set(err error) {
	f.once.Do(func() {
		f.first = err
		close(f.stop)
	})
}

// one has one worker for each table.
func one(lines <-chan string, tables int) error {
	failed := &failure{}
	stop := make(chan struct{})
	failed.stop = stop
	queues := make([]chan string, tables)
	var workers, feeders sync.WaitGroup
	for i := range queues {
		queues[i] = make(chan string, 2)
		workers.Add(1)
		go func() {
			defer workers.Done()
			if err := load(queues[i], stop); err != nil {
				failed.set(err)
			}
		}()
	}
	feeders.Add(1)
	go func() {
		defer feeders.Done()
		feed(lines, queues, stop)
	}()
	feeders.Wait()
	for _, queue := range queues {
		close(queue)
	}
	workers.Wait()
	return failed.first
}

type settings struct{ workers, room int }

// many has several workers, which all stop when one has failed.
func many(lines <-chan string, s settings) error {
	stop := make(chan struct{})
	queue := make(chan string, 2*s.room)
	var once sync.Once
	var first error
	var workers, feeders sync.WaitGroup
	for range s.workers {
		workers.Add(1)
		go func() {
			defer workers.Done()
			if err := load(queue, stop); err != nil {
				once.Do(func() {
					first = err
					close(stop)
				})
			}
		}()
	}
	feeders.Add(1)
	go func() {
		defer feeders.Done()
		for line := range lines {
			queue <- line // want "this send on queue may wait for ever"
		}
	}()
	feeders.Wait()
	close(queue)
	workers.Wait()
	return first
}
