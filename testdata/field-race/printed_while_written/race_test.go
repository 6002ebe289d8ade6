package printed_while_written

import (
	"io"
	"runtime"
	"testing"
)

type yielding struct{}

func (yielding) Write(text []byte) (int, error) {
	runtime.Gosched()
	return len(text), nil
}

func TestPrinted(t *testing.T) {
	for range 50 {
		report(io.MultiWriter(yielding{}), []string{"a", "b", "c"})
	}
}

func TestSerialised(t *testing.T) {
	for range 50 {
		if _, err := page([]string{"a", "b", "c"}); err != nil {
			t.Fatal(err)
		}
	}
}
