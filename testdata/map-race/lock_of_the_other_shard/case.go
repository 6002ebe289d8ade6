// Package lock_of_the_other_shard locks the shard that an entry comes from, not the one that it goes to.
package lock_of_the_other_shard

import "sync"

type shard struct {
	mu    sync.Mutex
	items map[string]int
}

type table struct {
	shards []*shard
}

func newTable(n int) *table {
	t := &table{}
	for range n {
		t.shards = append(t.shards, &shard{items: map[string]int{}})
	}
	return t
}

func (t *table) of(key string) *shard {
	return t.shards[len(key)%len(t.shards)]
}

func (t *table) put(key string, value int) {
	s := t.of(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[key] = value
}

func (t *table) get(key string) int {
	s := t.of(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items[key]
}

func (t *table) rename(old, new string) {
	from, to := t.of(old), t.of(new)
	from.mu.Lock()
	defer from.mu.Unlock()
	value := from.items[old]
	delete(from.items, old)
	to.items[new] = value // want "map lock_of_the_other_shard.shard.items is written without lock_of_the_other_shard.shard.mu"
}

// touch looks up the shard again by the same key.
func (t *table) touch(key string) {
	locked, same := t.of(key), t.of(key)
	locked.mu.Lock()
	defer locked.mu.Unlock()
	same.items[key]++
}
