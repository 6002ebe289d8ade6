// Package ok_workers_give_up feeds workers that stop early, but not before those who feed them.
package ok_workers_give_up

import "sync"

func work(queue <-chan string, stop <-chan struct{}, do func(string) error) error {
	for {
		select {
		case one, ok := <-queue:
			if !ok {
				return nil
			}
			if err := do(one); err != nil {
				return err
			}
		case <-stop:
			return nil
		}
	}
}

// asked stops to feed as well.
func asked(all []string, workers int, do func(string) error) {
	stop, queue := make(chan struct{}), make(chan string)
	var once sync.Once
	for range workers {
		go func(once *sync.Once) {
			if work(queue, stop, do) != nil {
				once.Do(func() { close(stop) })
			}
		}(&once)
	}
	for _, one := range all {
		select {
		case queue <- one:
		case <-stop:
			return
		}
	}
	close(queue)
}

// stopped stops them when nobody feeds them any more.
func stopped(all []string, workers int, do func(string)) {
	stop, queue := make(chan struct{}), make(chan string)
	for range workers {
		go func() {
			for {
				select {
				case one := <-queue:
					do(one)
				case <-stop:
					return
				}
			}
		}()
	}
	var feeders sync.WaitGroup
	for range workers {
		feeders.Add(1)
		go func() {
			defer feeders.Done()
			for _, one := range all {
				queue <- one
			}
		}()
	}
	feeders.Wait()
	close(stop)
}

// drained throws away what is left.
func drained(all []string, do func(string) error) {
	queue, stop := make(chan string), make(chan struct{})
	go func() {
		if work(queue, stop, do) != nil {
			for range queue {
			}
		}
	}()
	for _, one := range all {
		queue <- one
	}
	close(queue)
}

// roomy has room for all.
func roomy(all []string, do func(string) error) {
	queue, stop := make(chan string, len(all)), make(chan struct{})
	go func() { _ = work(queue, stop, do) }()
	for _, one := range all {
		queue <- one
	}
	close(queue)
}
