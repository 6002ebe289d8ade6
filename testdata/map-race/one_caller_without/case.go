// Package one_caller_without starts goroutines that take a lock which one of its callers does not hold.
package one_caller_without

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
	go n.expire(name) // step "starts a goroutine"
	n.peers[name]++   // want "map n.peers is written while another goroutine may write it"
}

func (n *node) expire(name string) {
	defer n.wait.Done()
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.peers, name)
}

func run(names []string) int {
	n := &node{peers: map[string]int{}}
	n.add("first")
	for _, name := range names {
		n.addLocked(name)
	}
	n.wait.Wait()
	return len(n.peers)
}
