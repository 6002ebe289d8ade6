// Package one_caller_does_not has a method whose name says that its caller holds the lock, and a caller, the watch,
// that does not.
package one_caller_does_not

import "sync"

type report struct {
	shard   string
	serving bool
}

type keyspace struct {
	mu     sync.Mutex
	shards map[string]bool
}

func (k *keyspace) settleLocked(stale []string) {
	for _, shard := range stale {
		delete(k.shards, shard) // want "map k.shards is written while another goroutine may write it"
	}
}

func (k *keyspace) onHealth(r report) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.shards[r.shard] = r.serving // step "writes k.shards"
	k.settleLocked(nil)
}

func (k *keyspace) onRecord(stale []string) {
	k.settleLocked(stale)
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
