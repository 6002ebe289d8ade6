// Package ok_load_or_store lets the map decide which queue stays.
package ok_load_or_store

import "sync"

type queue struct {
	mu    sync.Mutex
	items []string
}

type Queues struct{ byTopic sync.Map }

func (q *Queues) Topic(name string) *queue {
	if found, ok := q.byTopic.Load(name); ok {
		return found.(*queue)
	}
	kept, _ := q.byTopic.LoadOrStore(name, &queue{})
	return kept.(*queue)
}
