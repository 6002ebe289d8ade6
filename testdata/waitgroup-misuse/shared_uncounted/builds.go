// Package shared_uncounted puts a group into a map for others to wait for, and counts itself only then.
package shared_uncounted

import "sync"

type builds struct {
	running sync.Map
}

func (b *builds) once(target string, build func()) {
	found, running := b.running.LoadOrStore(target, new(sync.WaitGroup)) // step "others may find the group"
	group := found.(*sync.WaitGroup)
	if running {
		group.Wait() // step "finds it, and does not wait"
		return
	}
	group.Add(1) // want "group.Add comes after the group is shared: group.Wait may return before"
	defer group.Done()
	build()
}

type job struct {
	ended  sync.WaitGroup
	result int
}

func (b *builds) result(target string, build func() int) int {
	mine := &job{}
	if found, running := b.running.LoadOrStore(target, mine); running {
		theirs := found.(*job)
		theirs.ended.Wait()
		return theirs.result
	}
	mine.ended.Add(1) // want "mine.ended.Add comes after the group is shared: theirs.ended.Wait may return before"
	go func() {
		defer mine.ended.Done()
		mine.result = build()
	}()
	mine.ended.Wait()
	return mine.result
}
