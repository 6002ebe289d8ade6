// Package ok_own_slots leaves slots taken in a channel that ends with the function, and gives back what is not nil.
package ok_own_slots

import "errors"

func each(items []int, stop <-chan struct{}, work func(int)) error {
	slots := make(chan bool, 4)
	for _, item := range items {
		slots <- true
		select {
		case <-stop:
			return errors.New("stopped")
		default:
			go func() {
				defer func() { <-slots }()
				work(item)
			}()
		}
	}
	return nil
}

type conn struct{ open bool }

func (c *conn) Close() { c.open = false }

func dial(ok bool) (*conn, error) {
	if !ok {
		return nil, errors.New("no")
	}
	return &conn{true}, nil
}

func one(ok bool) error {
	c, err := dial(ok)
	if err != nil {
		return err
	}
	defer c.Close()
	return nil
}

func two(ok bool) error {
	c, err := dial(ok)
	if err != nil {
		return err
	}
	defer c.Close()
	return nil
}

func three(ok bool) error {
	c, err := dial(ok)
	if err != nil {
		return err
	}
	defer c.Close()
	return nil
}

func four(ok bool) (bool, error) {
	c, err := dial(ok)
	if c != nil && err == nil {
		defer c.Close()
	}
	if err != nil {
		return false, err
	}
	return c.open, nil
}

func skips(items []int, work func(int)) {
	slots := make(chan bool, 4)
	for _, item := range items {
		slots <- true
		if item == 0 {
			<-slots
			continue
		}
		go func() {
			defer func() { <-slots }()
			work(item)
		}()
	}
	for range cap(slots) {
		slots <- true
	}
}

func counted(items []int, work func(int)) {
	done := make(chan bool, len(items))
	for _, item := range items {
		if item == 0 {
			done <- true
			continue
		}
		go func() {
			work(item)
			done <- true
		}()
	}
	for range items {
		<-done
	}
}
