// Package table_of_handlers looks the function of a request up in a table and fills a variable when it is first used.
package table_of_handlers

import (
	"strings"
	"sync"
)

type operation func(args []string) string

type operations map[string]operation

func (o operations) run(line string) string {
	words := strings.Fields(line)
	if found, ok := o[words[0]]; ok {
		return found(words[1:])
	}
	return "unknown"
}

type runner interface{ run(line string) string }

type zone struct{ offset int }

var (
	zonesMu sync.Mutex
	zones   = map[string]*zone{}

	local *zone
)

func zoneOf(name string) *zone {
	zonesMu.Lock()
	defer zonesMu.Unlock()
	if zones[name] == nil {
		zones[name] = &zone{offset: len(name)}
	}
	return zones[name]
}

func localZone() *zone {
	if local == nil {
		local = zoneOf("local") // want "variable local is written by several goroutines at once"
	}
	return local
}

func showZone(args []string) string {
	if localZone().offset > len(args) {
		return "ahead"
	}
	return "behind"
}

func showNothing([]string) string { return "" }

type port struct {
	runs  runner
	lines chan string
}

func (p *port) accept() {
	for line := range p.lines {
		go p.runs.run(line)
	}
}

func open() *port {
	p := &port{lines: make(chan string), runs: operations{"zone": showZone, "nothing": showNothing}}
	go p.accept()
	return p
}
