// Package shared_by_requests hands the variables of one caller to the executors of several requests, which write them.
package shared_by_requests

import "sync"

type vars map[string]string

type executor struct {
	server *server
	vars   vars
}

func (e *executor) execute(query string) int {
	e.vars["limit"] = e.server.limit // want "is written by several goroutines at once"
	return len(e.vars) + len(query)
}

type server struct{ limit string }

func (s *server) run(query string, v vars) int {
	return (&executor{server: s, vars: v}).execute(query)
}

type service interface {
	execute(query string, v vars) int
}

type internal struct{ server *server }

func (i *internal) execute(query string, v vars) int { return i.server.run(query, v) }

func scatter(services []service, query string, v vars) []int {
	results := make([]int, len(services))
	var wg sync.WaitGroup
	for i, s := range services {
		wg.Add(1)
		go func(i int, s service) {
			defer wg.Done()
			results[i] = s.execute(query, v)
		}(i, s)
	}
	wg.Wait()
	return results
}

func run() {
	s := &server{limit: "10"}
	scatter([]service{&internal{s}, &internal{s}, &internal{s}}, "", vars{"a": "b"})
}
