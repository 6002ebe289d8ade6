// case: min-confidence=medium

// Package ok_configured_by_request has a server that its first request configures, before all others.
package ok_configured_by_request

type driver struct {
	network string
	prefix  int
}

func (d *driver) SetConfig(network string) (int, error) {
	d.network = network
	d.prefix = len(network)
	return d.prefix, nil
}

func (d *driver) Attach(name string) (int, error) {
	return len(d.network+name) - d.prefix, nil
}

func serve() *driver {
	d := &driver{}
	RegisterDriverServer(d)
	return d
}
