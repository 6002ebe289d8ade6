// Package ok_children_have_their_own stops children under the lock of their parent; each takes its own lock only.
package ok_children_have_their_own

import "sync"

type node struct {
	mu       sync.Mutex
	stopping chan struct{}
	done     chan struct{}
	wg       sync.WaitGroup
	children []*node
	count    int
}

func (n *node) run() {
	defer close(n.done)
	for {
		select {
		case <-n.stopping:
			return
		default:
			n.bump()
		}
	}
}

func (n *node) bump() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.count++
}

func (n *node) join() {
	close(n.stopping)
	<-n.done
}

func (n *node) stopChildren() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, child := range n.children {
		child.join()
	}
	for _, child := range n.children {
		<-child.done
		child.wg.Wait()
	}
}

func (n *node) spawn() {
	n.wg.Add(1)
	go func() {
		defer n.wg.Done()
		n.bump()
	}()
}

func run() {
	child := &node{stopping: make(chan struct{}), done: make(chan struct{})}
	parent := &node{children: []*node{child}}
	go child.run()
	child.spawn()
	parent.stopChildren()
}
