// Package field_never_read keeps cancel functions where nobody looks.
package field_never_read

import "context"

type server struct {
	ctx	context.Context
	cancel context.CancelFunc
}

type client struct {
	stop context.CancelFunc
}

func newServer() *server {
	s := &server{}
	s.ctx, s.cancel = context.WithCancel(context.Background()) // want "field_never_read.server.cancel keeps a cancel function that nothing in the program calls"
	return s
}

func newClient(ctx context.Context) (*client, context.Context) {
	ctx, cancel := context.WithCancel(ctx) // want "field_never_read.client.stop keeps a cancel function"
	return &client{stop: cancel}, ctx
}

func (c *client) running() bool { return c.stop != nil }

var _, _ = newServer, newClient
