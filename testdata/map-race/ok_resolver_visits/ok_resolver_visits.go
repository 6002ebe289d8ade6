// Package ok_resolver_visits passes callbacks to synchronous visitors behind an interface, one of which calls twice;
// the work that follows is concurrent and only reads (idiom C23).
package ok_resolver_visits

import "sync"

type destination interface {
	resolve(shards []string, add func(string) error) error
}

type all struct{}

func (all) resolve(shards []string, add func(string) error) error {
	for _, shard := range shards {
		if err := add(shard); err != nil {
			return err
		}
	}
	return nil
}

type first struct{}

func (first) resolve(shards []string, add func(string) error) error {
	if err := add(shards[0]); err != nil {
		return add(shards[0])
	}
	return nil
}

func ok(shards []string, d destination) int {
	targets := map[string]int{}
	_ = d.resolve(shards, func(shard string) error {
		targets[shard] = len(targets)
		return nil
	})
	places := make([]int, len(shards))
	var wg sync.WaitGroup
	for i, shard := range shards {
		wg.Go(func() { places[i] = targets[shard] })
	}
	wg.Wait()
	return len(places)
}

func run(shards []string) int { return ok(shards, all{}) + ok(shards, first{}) }
