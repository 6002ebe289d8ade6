// Package retries_for_ever takes the end of the context for one more failure.
package retries_for_ever

import (
	"context"
	"database/sql"
	"log"
	"time"
)

func connect(ctx context.Context, db *sql.DB) {
	for { // step "the loop begins"
		err := db.PingContext(ctx) // step "fails at once when the context is over"
		if err == nil {
			return
		}
		log.Print(err)
		time.Sleep(time.Second) // want "the loop tries again for ever: .* whether ctx is over"
	}
}
