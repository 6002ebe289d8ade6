// Package wrapper_without calls the function that leaves the context out, though there is one with it.
package wrapper_without

import (
	"context"
	"net"
)

func dial(address string) (net.Conn, error) {
	return dialContext(context.Background(), address)
}

func dialContext(ctx context.Context, address string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", address)
}

func probe(ctx context.Context, address string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	conn, err := dial(address) // want "dial waits under a fresh context: the end of ctx"
	if err != nil {
		return err
	}
	return conn.Close()
}

func main() {
	_, _ = dial("localhost:80")
}
