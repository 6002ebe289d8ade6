// Package library_of_parts offers parts that its users put together: nothing here makes one.
package library_of_parts

import "sync"

// Row is one of a result.
type Row []string

// Part is a step of a plan.
type Part interface {
	Stream(each func(Row)) error
}

// Scatter runs a query on all shards at once.
type Scatter struct{ Shards []Shard }

// Shard has a part of the rows.
type Shard struct{ Rows []Row }

func (s *Shard) query(each func(Row)) {
	for _, row := range s.Rows {
		each(row)
	}
}

// Stream calls back from many goroutines.
func (s *Scatter) Stream(each func(Row)) error {
	var wg sync.WaitGroup
	for at := range s.Shards {
		wg.Go(func() { s.Shards[at].query(each) }) // step "goroutine"
	}
	wg.Wait()
	return nil
}

// Distinct leaves out what comes again.
type Distinct struct{ Input Part }

type seen struct{ rows map[string]bool }

func (s *seen) add(key string) bool {
	if s.rows[key] {
		return false
	}
	s.rows[key] = true // want "map s.rows is written"
	return true
}

// Stream calls back for each row that is new.
func (d *Distinct) Stream(each func(Row)) error {
	known := &seen{rows: map[string]bool{}}
	return d.Input.Stream(func(row Row) {
		if known.add(row[0]) {
			each(row)
		}
	})
}
