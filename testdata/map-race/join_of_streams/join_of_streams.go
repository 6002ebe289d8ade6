// Package join_of_streams fills a map in the callback of the outer stream and reads it in that of the inner one; a
// function value in between decides whether the callback is wrapped.
package join_of_streams

import "sync"

type batch []map[string]int

type source interface {
	stream(vars map[string]int, callback func(batch) error) error
}

type table struct{ shards int }

func (t *table) stream(vars map[string]int, callback func(batch) error) error {
	var wg sync.WaitGroup
	for shard := range t.shards {
		wg.Go(func() { // step "goroutine"
			_ = callback(batch{{"id": shard + vars["from"]}})
		})
	}
	wg.Wait()
	return nil
}

type empty struct{}

func (empty) stream(map[string]int, func(batch) error) error { return nil }

func skipEmpty(callback func(batch) error) func(batch) error {
	return func(b batch) error {
		if len(b) == 0 {
			return nil
		}
		return callback(b)
	}
}

type join struct{ left, right source }

func (j *join) stream(vars map[string]int, callback func(batch) error) error {
	inner := map[string]int{}
	return j.left.stream(vars, skipEmpty(func(rows batch) error {
		for _, row := range rows {
			inner["from"] = row["id"] // want "map inner is written by several goroutines at once"
			if err := j.right.stream(inner, callback); err != nil {
				return err
			}
		}
		return nil
	}))
}

func run(shards int, test bool) error {
	j := &join{left: &table{shards}, right: empty{}}
	if test {
		j.right = &table{1}
	}
	return j.stream(nil, func(batch) error { return nil })
}
