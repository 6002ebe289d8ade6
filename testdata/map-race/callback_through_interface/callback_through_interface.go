// Package callback_through_interface streams rows through layers: an interface, a wrapped callback, a scatter of goroutines.
package callback_through_interface

import "sync"

type row map[string]int

type source interface {
	stream(callback func(row) error) error
}

type cursor struct{ wrap bool }

func (c *cursor) run(s source, callback func(row) error) error {
	callback = c.wrapped(callback)
	return s.stream(callback)
}

func (c *cursor) wrapped(callback func(row) error) func(row) error {
	if !c.wrap {
		return callback
	}
	return func(r row) error {
		if len(r) == 0 {
			return nil
		}
		return callback(r)
	}
}

type single struct{ rows []row }

func (s *single) stream(callback func(row) error) error {
	for _, r := range s.rows {
		if err := callback(r); err != nil {
			return err
		}
	}
	return nil
}

type scatter struct{ parts []*single }

func (s *scatter) stream(callback func(row) error) error {
	return s.multi(func(part *single) error { return part.stream(callback) })
}

func (s *scatter) multi(action func(*single) error) error {
	one := func(part *single) { _ = action(part) }
	if len(s.parts) == 1 {
		one(s.parts[0])
		return nil
	}
	var wg sync.WaitGroup
	for _, part := range s.parts {
		wg.Add(1)
		go func(part *single) { // step "goroutine"
			defer wg.Done()
			one(part)
		}(part)
	}
	wg.Wait()
	return nil
}

func badJoin(c *cursor, left source) row {
	joined := make(row)
	_ = c.run(left, func(r row) error {
		for key, value := range r {
			joined[key] = value // want "map joined is written by several goroutines at once"
		}
		return nil
	})
	return joined
}

func newSource(parts int) source {
	if parts == 1 {
		return &single{rows: []row{{"a": 1}}}
	}
	s := &scatter{}
	for i := range parts {
		s.parts = append(s.parts, &single{rows: []row{{"a": i, "b": i}}})
	}
	return s
}
