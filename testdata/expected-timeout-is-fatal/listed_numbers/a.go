// Package listed_numbers asks lists and tables which errors are worth another try.
package listed_numbers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

const (
	lockWaitTimeout = 1205
	deadlockFound   = 1213
	serverGone      = 2006
	queryTimeout    = 3024
)

type dbError struct {
	code int
	text string
}

func (e *dbError) Error() string { return fmt.Sprint(e.code, e.text) }

var (
	passing  = []int{lockWaitTimeout, deadlockFound, serverGone}
	harmless = map[int]bool{lockWaitTimeout: true, deadlockFound: true}
	known    = map[int]struct{}{lockWaitTimeout: {}, serverGone: {}}
	all      = []int{lockWaitTimeout, deadlockFound, serverGone, queryTimeout}
	hopeless = map[int]bool{1146: true, 1054: true}
)

type reader interface {
	read(ctx context.Context, query string, row func(key string)) error
}

type dump struct {
	from reader
	last string
}

func (d *dump) part(ctx context.Context) error {
	query := fmt.Sprintf("select /*+ MAX_EXECUTION_TIME(%d) */ id from t where id > %q", 60000, d.last)
	return d.from.read(ctx, query, func(key string) { d.last = key })
}

func (d *dump) badByList(ctx context.Context) error {
	for ctx.Err() == nil {
		err := d.part(ctx)
		if err == nil {
			return nil
		}
		var failed *dbError
		if !errors.As(err, &failed) || !slices.Contains(passing, failed.code) {
			return fmt.Errorf("dump: %w", err) // want "MySQL error 3024"
		}
		time.Sleep(time.Millisecond)
	}
	return ctx.Err()
}

func (d *dump) badByTable(ctx context.Context) error {
	for ctx.Err() == nil {
		err := d.part(ctx)
		if err == nil {
			return nil
		}
		if !isHarmless(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return ctx.Err()
}

func isHarmless(err error) bool {
	var failed *dbError
	return errors.As(err, &failed) && harmless[failed.code] // want "MySQL error 3024"
}

func (d *dump) badByKeys(ctx context.Context) error {
	for ctx.Err() == nil {
		err := d.part(ctx)
		if err == nil {
			return nil
		}
		var failed *dbError
		if errors.As(err, &failed) {
			if _, ok := known[failed.code]; ok {
				time.Sleep(time.Millisecond)
				continue
			}
		}
		return err // want "MySQL error 3024"
	}
	return ctx.Err()
}

func (d *dump) okByList(ctx context.Context) error {
	for ctx.Err() == nil {
		err := d.part(ctx)
		if err == nil {
			return nil
		}
		var failed *dbError
		if !errors.As(err, &failed) || !slices.Contains(all, failed.code) {
			return fmt.Errorf("dump: %w", err)
		}
		time.Sleep(time.Millisecond)
	}
	return ctx.Err()
}

func (d *dump) okByTable(ctx context.Context) error {
	for ctx.Err() == nil {
		err := d.part(ctx)
		if err == nil {
			return nil
		}
		var failed *dbError
		if errors.As(err, &failed) && hopeless[failed.code] {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return ctx.Err()
}

// taught is filled by who starts the program.
var taught = map[int]bool{lockWaitTimeout: true}

func Teach(code int) { taught[code] = true }

func (d *dump) okTaught(ctx context.Context) error {
	for ctx.Err() == nil {
		err := d.part(ctx)
		if err == nil {
			return nil
		}
		var failed *dbError
		if errors.As(err, &failed) && !taught[failed.code] {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return ctx.Err()
}
