// Package workers_give_up_one_by_one feeds workers that end at a failure of their own: when all have, nobody receives.
package workers_give_up_one_by_one

import "sync"

func run(all []string, workers int, do func(string) error) {
	queue := make(chan string)
	for range workers {
		go func() {
			for one := range queue {
				if do(one) != nil {
					return
				}
			}
		}()
	}
	for _, one := range all {
		queue <- one // want "this send on queue may wait for ever: the receiver may stop before all values are received"
	}
	close(queue)
}

type store interface{ put(part []byte) error }

type upload struct {
	to    store
	mu    sync.Mutex
	first error
}

func (u *upload) work(parts <-chan []byte) {
	for part := range parts {
		if err := u.to.put(part); err != nil {
			u.mu.Lock()
			u.first = err
			u.mu.Unlock()
			return
		}
	}
}

func (u *upload) all(parts [][]byte, workers int) error {
	var group sync.WaitGroup
	queue := make(chan []byte)
	for range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			u.work(queue)
		}()
	}
	for _, part := range parts {
		queue <- part // want "this send on queue may wait for ever: the receiver may stop before all values are received"
	}
	close(queue)
	group.Wait()
	return u.first
}
