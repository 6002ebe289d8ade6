// Package stream_behind_interface counts what a source sends: one kind of source runs its callback on many goroutines.
package stream_behind_interface

import "sync"

type source interface {
	stream(emit func(line string) error) error
}

type file struct{ lines []string }

func (f file) stream(emit func(line string) error) error {
	for _, line := range f.lines {
		if err := emit(line); err != nil {
			return err
		}
	}
	return nil
}

type union struct{ parts []source }

func (u union) stream(emit func(line string) error) error {
	errs := make(chan error, len(u.parts))
	var all sync.WaitGroup
	for _, part := range u.parts {
		all.Go(func() { errs <- part.stream(emit) })
	}
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func opened(names []string) source {
	if len(names) == 1 {
		return file{lines: names}
	}
	var whole union
	for _, name := range names {
		whole.parts = append(whole.parts, file{lines: []string{name, name}})
	}
	return whole
}

type viewer struct {
	from source
}

func (v *viewer) show(print func(string) error) (int, error) {
	size, first := 0, true
	err := v.from.stream(func(line string) error {
		size += len(line) // want "variable size is written by several goroutines at once"
		if first {
			first = false
			return nil
		}
		return print(line)
	})
	return size, err
}

func (v *viewer) showInTurn(print func(string) error) (int, error) {
	var mu sync.Mutex
	size := 0
	err := v.from.stream(func(line string) error {
		mu.Lock()
		defer mu.Unlock()
		size += len(line)
		return print(line)
	})
	return size, err
}
