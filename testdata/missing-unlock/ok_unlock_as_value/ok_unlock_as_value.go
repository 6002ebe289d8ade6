// Package ok_unlock_as_value returns with a lock held, for a caller who gets the method that lets it go as a value.
package ok_unlock_as_value

import (
	"errors"
	"sync"
)

type file struct {
	lock sync.RWMutex
	data []byte
}

type log struct {
	mu    sync.RWMutex
	files map[int]*file
}

func (l *log) fileRLocked(id int) (*file, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	f, ok := l.files[id]
	if !ok {
		return nil, errors.New("no such file")
	}
	f.lock.RLock()
	return f, nil
}

func unlocker(f *file) func() {
	if f == nil {
		return nil
	}
	return f.lock.RUnlock
}

// Read returns data that stays as it is until the function is called.
func (l *log) Read(id int) ([]byte, func(), error) {
	f, err := l.fileRLocked(id)
	if err != nil {
		return nil, nil, err
	}
	return f.data, unlocker(f), nil
}
