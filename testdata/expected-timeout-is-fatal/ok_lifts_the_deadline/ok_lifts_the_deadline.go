// Package ok_lifts_the_deadline reads a log from a connection, however long that takes.
package ok_lifts_the_deadline

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

type tail struct {
	address string
	offset  uint64
}

func isTransient(err error) bool {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return true
	}
	return false
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
		if err := conn.SetReadDeadline(time.Time{}); err != nil {
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
