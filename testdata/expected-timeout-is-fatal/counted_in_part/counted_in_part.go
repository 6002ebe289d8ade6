// Package counted_in_part copies what fits into the time of a round, and the next begins behind it.
package counted_in_part

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

var errBusy = errors.New("busy")

type policy struct{ again func(error) bool }

func repeat(ctx context.Context, p policy, work func(context.Context) error) error {
	for {
		err := work(ctx)
		if err == nil || !p.again(err) {
			return err
		}
	}
}

type mirror struct {
	to     io.Writer
	offset int64
}

func (m *mirror) pull(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute) // step "the deadline of one cycle is set"
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://origin.example/file", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Range", fmt.Sprintf("bytes=%d-", m.offset))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	n, err := io.Copy(m.to, response.Body)
	m.offset += n
	if err != nil {
		return fmt.Errorf("at %d: %w", m.offset, err)
	}
	return nil
}

func resumable(err error) bool {
	return errors.Is(err, errBusy) || errors.Is(err, io.ErrUnexpectedEOF) // want "context.DeadlineExceeded is expected here"
}

func (m *mirror) run(ctx context.Context) error {
	return repeat(ctx, policy{again: resumable}, m.pull)
}
