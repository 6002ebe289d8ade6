// Package ok_readers takes both locks for reading only on one side: readers do not shut each other out.
package ok_readers

import "sync"

type views struct {
	users  sync.RWMutex
	groups sync.RWMutex
	count  int
}

func (v *views) one() int {
	v.users.RLock()
	defer v.users.RUnlock()
	v.groups.RLock()
	defer v.groups.RUnlock()
	return v.count
}

func (v *views) other() int {
	v.groups.RLock()
	defer v.groups.RUnlock()
	v.users.RLock()
	defer v.users.RUnlock()
	return v.count
}
