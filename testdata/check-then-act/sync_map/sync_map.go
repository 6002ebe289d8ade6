// Package sync_map loads and stores where LoadOrStore is needed.
package sync_map

import "sync"

type queue struct {
	mu    sync.Mutex
	items []string
}

type Queues struct{ byTopic sync.Map }

func (q *Queues) Topic(name string) *queue {
	if found, ok := q.byTopic.Load(name); ok { // step "tests q.byTopic"
		return found.(*queue)
	}
	made := &queue{}
	q.byTopic.Store(name, made) // want "tests q.byTopic and then sets it in two atomic steps: two goroutines may both create one"
	return made
}
