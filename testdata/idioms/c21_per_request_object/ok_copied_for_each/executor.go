// Package ok_copied_for_each makes an executor for each request, which writes into the variables of its request; the one
// transport that hands over its caller's map copies it before.
package ok_copied_for_each

import "sync"

type vars map[string]string

func (v vars) copied() vars {
	out := make(vars, len(v))
	for name, value := range v {
		out[name] = value
	}
	return out
}

type executor struct {
	server *server
	vars   vars
}

func (e *executor) execute(query string) int {
	e.vars["limit"] = e.server.limit
	if query == "" {
		e.vars["schema"] = "main"
	}
	return len(e.vars)
}

type server struct{ limit string }

func (s *server) run(query string, v vars) int {
	return (&executor{server: s, vars: v}).execute(query)
}

type service interface {
	execute(query string, v vars) int
}

type internal struct{ server *server }

func (i *internal) execute(query string, v vars) int { return i.server.run(query, v.copied()) }

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
