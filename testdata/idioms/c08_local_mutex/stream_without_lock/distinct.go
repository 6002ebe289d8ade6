// Package stream_without_lock keeps what it has seen in the callback of a stream that runs on a goroutine for each shard.
package stream_without_lock

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
	p.seen[r.id] = true // want "map p.seen is written"
	return false
}

func distinct(from source, callback func(row) error) error {
	p := &probe{seen: map[int]bool{}}
	return from.stream(func(rows []row) error {
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

func run() { _ = distinct(shards(8), func(row) error { return nil }) }
