// Package deadline_of_a_connection reads a log from a connection that is idle at times.
package deadline_of_a_connection

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

const idle = 10 * time.Second

type tail struct {
	address string
	offset  uint64
}

func isTransient(err error) bool {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return true
	}
	return false // want "os.ErrDeadlineExceeded is expected here"
}

func (t *tail) read() error {
	conn, err := net.Dial("tcp", t.address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := binary.Write(conn, binary.BigEndian, t.offset); err != nil {
		return err
	}
	for {
		if err := conn.SetReadDeadline(time.Now().Add(idle)); err != nil {
			return err
		}
		var size uint32
		if err := binary.Read(conn, binary.BigEndian, &size); err != nil {
			return err
		}
		t.offset += uint64(size)
	}
}

func (t *tail) run() error {
	for {
		err := t.read()
		if errors.Is(err, os.ErrClosed) {
			return nil
		}
		if !isTransient(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}
