// Package semi_join fills one map from the callback of a streamed plan: the session is an interface, the plan is one
// of two, and only the last layer, in another package, starts a goroutine for each shard.
package semi_join

// Vars are bind variables, Rows a batch of rows.
type (
	Vars map[string]int
	Rows []Vars
)

// Session runs plans.
type Session interface {
	StreamPlan(p Plan, vars Vars, callback func(Rows) error) error
	StreamShards(vars Vars, callback func(Rows) error) error
}

// Plan is an operator.
type Plan interface {
	TryStream(s Session, vars Vars, callback func(Rows) error) error
}

// Values is a plan that streams what it holds.
type Values struct{ Batch Rows }

// TryStream calls back here and now.
func (v *Values) TryStream(_ Session, _ Vars, callback func(Rows) error) error {
	return callback(v.Batch)
}

// Route is a plan that asks all shards.
type Route struct{}

// TryStream streams from the shards of the session.
func (r *Route) TryStream(s Session, vars Vars, callback func(Rows) error) error {
	return s.StreamShards(vars, callback)
}

// SemiJoin passes the rows of Left for which Right has some.
type SemiJoin struct{ Left, Right Plan }

// TryStream streams both sides.
func (j *SemiJoin) TryStream(s Session, vars Vars, callback func(Rows) error) error {
	joined := make(Vars)
	return s.StreamPlan(j.Left, vars, func(rows Rows) error {
		for _, row := range rows {
			for name, value := range row {
				joined[name] = value // want "map joined is written by several goroutines at once"
			}
			if err := s.StreamPlan(j.Right, vars, func(Rows) error { return nil }); err != nil {
				return err
			}
		}
		return callback(rows)
	})
}
