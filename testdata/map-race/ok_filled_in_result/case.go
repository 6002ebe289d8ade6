// Package ok_filled_in_result fills in a summary of its own, which it then reads under a lock for something else.
package ok_filled_in_result

import "sync"

type summary struct {
	sites map[string]int
}

type cluster struct {
	mu    sync.RWMutex
	peers map[string]int
}

func (c *cluster) join(name string, weight int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.peers[name] = weight
}

// summarise holds the lock for its peers only: nobody else knows the result yet.
func (c *cluster) summarise() (found summary, err error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	found.sites = make(map[string]int, len(c.peers))
	for name, weight := range c.peers {
		found.sites[name] = weight
	}
	return found, nil
}

func (c *cluster) heal(now summary) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.peers["a"] + now.sites["b"] - now.sites["a"]
}

func (c *cluster) rank(now summary) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.peers["b"] + now.sites["b"] - now.sites["a"]
}

func (c *cluster) watch() {
	now, err := c.summarise()
	if err == nil {
		c.heal(now)
		c.rank(now)
	}
}

func run(peers []string) *cluster {
	c := &cluster{peers: map[string]int{}}
	var wg sync.WaitGroup
	for weight, peer := range peers {
		c.join(peer, weight)
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.watch()
		}()
	}
	wg.Wait()
	return c
}
