// Package ok_callers_hold_it starts goroutines where all callers hold the lock that these take.
package ok_callers_hold_it

import "sync"

type node struct {
	mu    sync.Mutex
	wait  sync.WaitGroup
	peers map[string]int
}

func (n *node) add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.addLocked(name)
}

func (n *node) addLocked(name string) {
	n.wait.Add(1)
	go n.expire(name)
	n.peers[name]++
}

func (n *node) expire(name string) {
	defer n.wait.Done()
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.peers, name)
}

func run(names []string) int {
	n := &node{peers: map[string]int{}}
	for _, name := range names {
		n.add(name)
	}
	n.wait.Wait()
	return len(n.peers)
}
