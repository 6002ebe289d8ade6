// Package ok_body_closed reads its answers while their context lasts.
package ok_body_closed

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"time"
)

type mirror struct {
	client *http.Client
	seen   *http.Response
}

func (m *mirror) ask(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return m.client.Do(req)
}

func (m *mirror) open(ctx context.Context, url string) (io.ReadCloser, error) {
	answer, err := m.ask(ctx, url)
	if err != nil {
		return nil, err
	}
	return answer.Body, nil
}

// Header returns a part that is there already.
func (m *mirror) Header(ctx context.Context, url string) (http.Header, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	answer, err := m.ask(ctx, url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return answer.Header, nil
}

// Buffered returns the answer with another body.
func (m *mirror) Buffered(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	answer, err := m.ask(ctx, url)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	answer.Body = io.NopCloser(bytes.NewReader(data))
	return answer, nil
}

// Decode keeps the answer, whose body nobody reads any more.
func (m *mirror) Decode(ctx context.Context, url string, into any) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	answer, err := m.ask(ctx, url)
	if err != nil {
		return err
	}
	defer func() {
		if err := answer.Body.Close(); err != nil {
			log.Print(err)
		}
	}()
	m.seen = answer
	return json.NewDecoder(answer.Body).Decode(into)
}

// Copy gives out something else in the place of the body.
func (m *mirror) Copy(ctx context.Context, url string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	body, err := m.open(ctx, url)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	body = io.NopCloser(bytes.NewReader(data))
	return body, nil
}

// giving ends the context of its request when it is closed.
type giving struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (g *giving) Close() error {
	defer g.cancel()
	return g.ReadCloser.Close()
}

// Open hands the end of the context over.
func (m *mirror) Open(ctx context.Context, url string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	body, err := m.open(ctx, url)
	if err != nil {
		cancel()
		return nil, err
	}
	return &giving{ReadCloser: body, cancel: cancel}, nil
}

// Lend waits until the body has been read.
func (m *mirror) Lend(ctx context.Context, url string, to chan<- io.Reader, done <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	answer, err := m.ask(ctx, url)
	if err != nil {
		return err
	}
	to <- answer.Body
	<-done
	return answer.Body.Close()
}

// Sizes has all bodies open until it returns.
func (m *mirror) Sizes(ctx context.Context, urls []string) (sizes []int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var open []io.Closer
	defer func() {
		for _, body := range open {
			body.Close()
		}
	}()
	for _, url := range urls {
		answer, err := m.ask(ctx, url)
		if err != nil {
			return nil, err
		}
		open = append(open, answer.Body)
		sizes = append(sizes, answer.ContentLength)
	}
	return sizes, nil
}

// Recorded has an answer that comes from elsewhere.
func Recorded(ctx context.Context, url string, from *bufio.Reader) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.ReadResponse(from, req)
}

// Ping returns no more than the error of its request.
func (m *mirror) Ping(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	answer, err := m.client.Do(req)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}
