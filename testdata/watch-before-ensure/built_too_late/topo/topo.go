// Package topo is a small topology service.
package topo

import "errors"

// ErrNoNode says that a record is absent.
var ErrNoNode = errors.New("no node")

// Server keeps records.
type Server struct{ records map[string]string }

// GetSrvVSchema reads the record.
func (s *Server) GetSrvVSchema(cell string) (string, error) {
	if value, ok := s.records[cell]; ok {
		return value, nil
	}
	return "", ErrNoNode
}

// WatchSrvVSchema calls back on changes.
func (s *Server) WatchSrvVSchema(cell string, f func(string)) { f(s.records[cell]) }

// UpdateSrvVSchema writes the record.
func (s *Server) UpdateSrvVSchema(cell, value string) { s.records[cell] = value }

// RebuildSrvVSchema builds the record.
func (s *Server) RebuildSrvVSchema(cell string) { s.UpdateSrvVSchema(cell, "built") }

// GetSrvKeyspace reads the record.
func (s *Server) GetSrvKeyspace(cell, ks string) (string, error) { return s.GetSrvVSchema(cell + ks) }

// WatchSrvKeyspace calls back on changes.
func (s *Server) WatchSrvKeyspace(cell, ks string, f func(string)) { f(s.records[cell+ks]) }

// UpdateSrvKeyspace writes the record.
func (s *Server) UpdateSrvKeyspace(cell, ks, value string) { s.records[cell+ks] = value }
