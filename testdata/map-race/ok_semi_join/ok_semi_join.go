// Package ok_semi_join makes the map inside the callback, for every row: the fixed twin of semi_join (idiom C9).
package ok_semi_join

import "sync"

type vars map[string]int

type plan interface {
	stream(s *session, v vars, callback func([]vars) error) error
}

type session struct{ shards int }

func (s *session) streamPlan(p plan, v vars, callback func([]vars) error) error {
	return p.stream(s, v, callback)
}

type route struct{}

func (route) stream(s *session, v vars, callback func([]vars) error) error {
	var wg sync.WaitGroup
	for shard := range s.shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = callback([]vars{{"shard": shard + v["from"]}})
		}()
	}
	wg.Wait()
	return nil
}

func combine(a, b vars) vars {
	out := make(vars, len(a)+len(b))
	for name, value := range a {
		out[name] = value
	}
	for name, value := range b {
		out[name] = value
	}
	return out
}

type semiJoin struct{ left, right plan }

func (j *semiJoin) stream(s *session, v vars, callback func([]vars) error) error {
	return s.streamPlan(j.left, v, func(rows []vars) error {
		for _, row := range rows {
			joined := make(vars)
			for name, value := range row {
				joined[name] = value
			}
			if err := s.streamPlan(j.right, combine(v, joined), callback); err != nil {
				return err
			}
		}
		return callback(rows)
	})
}

func run(shards int) error {
	s := &session{shards}
	j := &semiJoin{left: route{}, right: route{}}
	return s.streamPlan(j, vars{"from": 1}, func([]vars) error { return nil })
}
