// Package streamer runs the query of a copy.
package streamer

import (
	"fmt"
	"time"
)

// CopyPhase is how long one pass of a copy may take.
var CopyPhase = time.Hour

// Engine is a database.
type Engine interface {
	Query(sql string, each func(row []string) error) error
}

// Rows streams the rows of a table, for as long as a pass may take.
type Rows struct{ Engine Engine }

// Stream calls send for every row.
func (r *Rows) Stream(table string, send func([]string) error) error {
	return r.Engine.Query(r.build(table), send)
}

func (r *Rows) build(table string) string {
	hint := fmt.Sprintf("/*+ MAX_EXECUTION_TIME(%v) */ ", CopyPhase.Milliseconds()) // step "MAX_EXECUTION_TIME"
	return "select " + hint + "* from " + table
}
