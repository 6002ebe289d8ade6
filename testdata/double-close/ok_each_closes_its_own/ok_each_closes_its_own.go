// Package ok_each_closes_its_own starts a method of each of many objects, which closes the channel of that one.
package ok_each_closes_its_own

import "sync"

type block struct {
	in, out chan int
}

func (b *block) work() {
	for value := range b.in {
		b.out <- value
	}
	close(b.out)
}

func run(blocks []*block) {
	var wg sync.WaitGroup
	for _, b := range blocks {
		wg.Go(b.work)
	}
	wg.Wait()
}
