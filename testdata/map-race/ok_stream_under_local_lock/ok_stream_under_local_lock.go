// Package ok_stream_under_local_lock serialises a stream's callback by a local lock; the callee that keeps the map has
// no lock of its own (idiom C8).
package ok_stream_under_local_lock

import "sync"

type row struct{ id int }

type source interface {
	stream(callback func([]row) error) error
}

type shards int

func (s shards) stream(callback func([]row) error) error {
	var wg sync.WaitGroup
	for shard := range s {
		wg.Go(func() { _ = callback([]row{{int(shard)}, {1}}) })
	}
	wg.Wait()
	return nil
}

type probe struct{ seen map[int]bool }

func (p *probe) exists(r row) bool {
	if p.seen[r.id] {
		return true
	}
	p.seen[r.id] = true
	return false
}

func distinct(from source, callback func(row) error) error {
	var mu sync.Mutex
	p := &probe{seen: map[int]bool{}}
	return from.stream(func(rows []row) error {
		mu.Lock()
		defer mu.Unlock()
		for _, r := range rows {
			if p.exists(r) {
				continue
			}
			if err := callback(r); err != nil {
				return err
			}
		}
		return nil
	})
}

func run(n int) (int, error) {
	count := 0
	err := distinct(shards(n), func(row) error { count++; return nil })
	return count, err
}
