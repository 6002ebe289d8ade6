// Package gate has the session that plans run in.
package gate

import (
	"errors"

	join "govetpy.test/map-race/semi_join"
	"govetpy.test/map-race/semi_join/scatter"
)

var errClosed = errors.New("closed")

// Session is the only implementation of join.Session.
type Session struct {
	Conn   *scatter.Conn
	Closed bool
}

// StreamPlan runs a plan, with the callback wrapped.
func (s *Session) StreamPlan(p join.Plan, vars join.Vars, callback func(join.Rows) error) error {
	return p.TryStream(s, vars, s.checked(callback))
}

// StreamShards asks all shards.
func (s *Session) StreamShards(vars join.Vars, callback func(join.Rows) error) error {
	return s.Conn.StreamMulti(func(shard int) error {
		return callback(join.Rows{{"shard": shard}})
	})
}

func (s *Session) checked(callback func(join.Rows) error) func(join.Rows) error {
	return func(rows join.Rows) error {
		if s.Closed {
			return errClosed
		}
		return callback(rows)
	}
}

// Run joins what all shards have.
func Run(shards int) error {
	s := &Session{Conn: &scatter.Conn{Shards: shards}}
	plan := &join.SemiJoin{Left: &join.Route{}, Right: &join.Values{}}
	return s.StreamPlan(plan, join.Vars{}, func(join.Rows) error { return nil })
}
