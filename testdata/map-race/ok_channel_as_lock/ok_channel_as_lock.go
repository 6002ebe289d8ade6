// Package ok_channel_as_lock guards a map by a channel that holds one token.
package ok_channel_as_lock

import "sync"

type box struct {
	token chan struct{}
	items map[string]int
}

func (b *box) add(key string) {
	b.token <- struct{}{}
	defer func() { <-b.token }()
	b.items[key]++
}

func ok(keys []string) {
	b := &box{token: make(chan struct{}, 1), items: map[string]int{}}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			b.add(key)
		}()
	}
	wg.Wait()
}
