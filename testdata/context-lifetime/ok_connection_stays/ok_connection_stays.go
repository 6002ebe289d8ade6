// Package ok_connection_stays returns what needed the context for its making only.
package ok_connection_stays

import (
	"context"
	"net"
	"time"
)

type client struct{ conn net.Conn }

func dial(ctx context.Context, address string) (*client, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn}, nil
}
