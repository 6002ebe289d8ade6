// Package streamer runs the query of a copy.
package streamer

import "fmt"

// Numbers of MySQL errors.
const (
	LockWait     = 1205
	QueryTimeout = 3024
)

// Rows streams the rows of a table.
type Rows struct {
	Limit int
	Query func(sql string, each func(string) error) error
}

// Stream calls send for every row.
func (r *Rows) Stream(table string, send func(string) error) error {
	return r.Query(fmt.Sprintf("select /*+ MAX_EXECUTION_TIME(%d) */ * from %s", r.Limit, table), send)
}
