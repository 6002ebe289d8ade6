// Package main makes a proxy at its start, which the handlers of all requests dial when it is not connected.
package main

import "net/http"

type client struct{ done chan struct{} }

func dial() *client { return &client{done: make(chan struct{})} }

type proxy struct{ client *client }

func newProxy() *proxy { return &proxy{} }

func (p *proxy) connect() *client {
	if p.client != nil { // step "tests p.client"
		return p.client
	}
	p.client = dial() // want "proxy.connect tests p.client and then sets it without a lock: two goroutines may both create one"
	return p.client
}

func main() {
	p := newProxy()
	http.HandleFunc("/", func(http.ResponseWriter, *http.Request) { <-p.connect().done })
	_ = http.ListenAndServe(":0", nil)
}
