// Package lag collects the lag of replicas.
package lag

// Cache holds what was seen last.
type Cache struct{ Entries map[int]int }

func (c *Cache) add(name, lag int) {
	c.Entries[name] = lag // want "map c.Entries is written while another goroutine may read it"
}

// Latest gives the lag of one replica.
func (c *Cache) Latest(name int) int { return c.Entries[name] }

// Module fills a cache.
type Module struct {
	cache *Cache
	done  chan bool
}

// NewModule makes a module that was not started.
func NewModule() *Module {
	return &Module{cache: &Cache{Entries: map[int]int{}}, done: make(chan bool)}
}

// Cache gives the cache.
func (m *Module) Cache() *Cache { return m.cache }

// Start begins to collect.
func (m *Module) Start(records int) { go m.process(records) }

// Stop waits for the end.
func (m *Module) Stop() { <-m.done }

func (m *Module) process(records int) {
	for i := range records {
		m.cache.add(i%7, i%5)
	}
	m.done <- true
}
