// Package mutated_three_calls_down shares one map argument between parallel callees, one of which changes it three calls down.
package mutated_three_calls_down

import "sync"

type vars map[string]string

type step interface{ run(v vars) int }

type limit struct{}

func (limit) run(v vars) int { return prepare(v) }

func prepare(v vars) int { return setLimit(v, "10") }

func setLimit(v vars, n string) int {
	v["limit"] = n // want "map v is written"
	return len(n)
}

type scan struct{}

func (scan) run(v vars) int { return len(v["table"]) }

func bad() {
	steps := []step{limit{}, scan{}, limit{}, scan{}, limit{}}
	shared := vars{"table": "t"}
	var wg sync.WaitGroup
	for _, s := range steps {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			s.run(shared)
		}()
	}
	wg.Wait()
}
