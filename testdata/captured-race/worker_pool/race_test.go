package worker_pool

import "testing"

func TestRace(t *testing.T) {
	p := newPool(4)
	defer p.close()
	c := &checker{pool: p}
	for range 20 {
		c.long([]string{"a", "b", "c", "d", "e", "f"})
		c.short([]string{"a", "b", "c"})
	}
}
