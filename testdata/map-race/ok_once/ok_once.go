// Package ok_once fills a map under sync.Once (idiom C17).
package ok_once

import "sync"

type lazy struct {
	once  sync.Once
	table map[string]int
}

func (l *lazy) get(key string) int {
	l.once.Do(func() {
		l.table = map[string]int{}
		l.table["a"] = 1
	})
	return l.table[key]
}

func ok(keys []string) {
	l := &lazy{}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			l.get(key)
		}()
	}
	wg.Wait()
}
