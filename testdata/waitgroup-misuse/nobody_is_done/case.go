// Package nobody_is_done counts goroutines that are never counted down again.
package nobody_is_done

import "sync"

func each(items []int, work func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1) // step "wg is counted up"
		go func() {
			work(item)
		}()
	}
	wg.Wait() // want "wg.Wait never returns: nothing calls wg.Done"
}

type loader struct {
	wg    sync.WaitGroup
	items map[string]int
}

func (l *loader) start(names []string) {
	l.wg.Add(len(names))
	for i, name := range names {
		go l.load(name, i)
	}
}

func (l *loader) load(name string, i int) { l.items[name] = i }

func (l *loader) wait() {
	l.wg.Wait() // want "l.wg.Wait never returns"
}
