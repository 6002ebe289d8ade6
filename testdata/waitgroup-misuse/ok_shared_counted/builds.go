// Package ok_shared_counted counts itself before it puts the group into a map for others to wait for.
package ok_shared_counted

import "sync"

type builds struct {
	running sync.Map
	mu      sync.Mutex
}

func (b *builds) once(target string, build func()) {
	mine := new(sync.WaitGroup)
	mine.Add(1)
	found, running := b.running.LoadOrStore(target, mine)
	if running {
		found.(*sync.WaitGroup).Wait()
		return
	}
	defer mine.Done()
	build()
}

type job struct {
	ended sync.WaitGroup
}

func (b *builds) more(target string, steps []func()) {
	mine := &job{}
	mine.ended.Add(1)
	found, running := b.running.LoadOrStore(target, mine)
	if running {
		found.(*job).ended.Wait()
		return
	}
	defer mine.ended.Done()
	for _, step := range steps {
		mine.ended.Add(1)
		go func() {
			defer mine.ended.Done()
			step()
		}()
	}
}

func (b *builds) locked(target string) *sync.WaitGroup {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, _ := b.running.LoadOrStore(target, new(sync.WaitGroup))
	group := found.(*sync.WaitGroup)
	group.Add(1)
	return group
}
