// Package ok_all_callers_hold has a method whose name says that its caller holds the lock; both callers, the stream of
// health reports and the watch, do.
package ok_all_callers_hold

import "sync"

type report struct {
	shard   string
	serving bool
}

type keyspace struct {
	mu     sync.Mutex
	shards map[string]bool
	events int
}

func (k *keyspace) settleLocked() {
	for shard, serving := range k.shards {
		if !serving {
			delete(k.shards, shard)
		}
	}
	k.events++
}

func (k *keyspace) onHealth(r report) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.shards[r.shard] = r.serving
	k.settleLocked()
}

func (k *keyspace) onRecord(shards []string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, shard := range shards {
		k.shards[shard] = true
	}
	k.settleLocked()
	return len(k.shards) > 0
}

func (k *keyspace) follow(reports <-chan report) {
	for r := range reports {
		k.onHealth(r)
	}
}

func run() {
	k := &keyspace{shards: map[string]bool{}}
	reports := make(chan report)
	var wg sync.WaitGroup
	wg.Go(func() { k.follow(reports) })
	wg.Go(func() { k.onRecord([]string{"-80", "80-"}) })
	reports <- report{shard: "-80"}
	reports <- report{shard: "80-", serving: true}
	close(reports)
	wg.Wait()
}
