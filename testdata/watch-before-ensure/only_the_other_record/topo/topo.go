// Package topo is a small topology service.
package topo

import (
	"errors"
	"sync"
)

// ErrNoNode says that a record is absent.
var ErrNoNode = errors.New("no node")

// Server keeps records.
type Server struct {
	mu      sync.Mutex
	records map[string]string
}

// NewServer gives an empty server.
func NewServer() *Server { return &Server{records: map[string]string{}} }

func (s *Server) get(path string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if value, ok := s.records[path]; ok {
		return value, nil
	}
	return "", ErrNoNode
}

func (s *Server) put(path, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records[path] = value
	return nil
}

// GetSrvVSchema reads the record of a cell.
func (s *Server) GetSrvVSchema(cell string) (string, error) { return s.get(cell) }

// WatchSrvVSchema calls back with the record and its changes.
func (s *Server) WatchSrvVSchema(cell string, f func(string, error)) { f(s.get(cell)) }

// UpdateSrvVSchema writes the record of a cell.
func (s *Server) UpdateSrvVSchema(cell, value string) error { return s.put(cell, value) }

// RebuildSrvVSchema builds the record of every cell.
func (s *Server) RebuildSrvVSchema(cells []string) error {
	for _, cell := range cells {
		if err := s.UpdateSrvVSchema(cell, "built"); err != nil {
			return err
		}
	}
	return nil
}

// GetSrvKeyspace reads the record of a keyspace in a cell.
func (s *Server) GetSrvKeyspace(cell, keyspace string) (string, error) {
	return s.get(cell + "/" + keyspace)
}

// WatchSrvKeyspace calls back with the record and its changes.
func (s *Server) WatchSrvKeyspace(cell, keyspace string, f func(string, error)) {
	f(s.get(cell + "/" + keyspace))
}

// UpdateSrvKeyspace writes the record of a keyspace in a cell.
func (s *Server) UpdateSrvKeyspace(cell, keyspace, value string) error {
	return s.put(cell+"/"+keyspace, value)
}
