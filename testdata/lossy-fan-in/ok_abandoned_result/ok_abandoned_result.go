// Package ok_abandoned_result makes a channel for one result inside each call, so that the goroutine can end when
// nobody waits any more (idioms B2, B11).
package ok_abandoned_result

import "time"

type result struct {
	rows []string
	err  error
}

func query(shard string, exec func(string) ([]string, error), limit time.Duration) *result {
	done := make(chan *result, 1)
	go func() {
		rows, err := exec(shard)
		select {
		case done <- &result{rows, err}:
		default:
		}
	}()
	select {
	case r := <-done:
		return r
	case <-time.After(limit):
		return nil
	}
}

func ok(shards []string, exec func(string) ([]string, error)) {
	for _, shard := range shards {
		go query(shard, exec, time.Second)
	}
}
