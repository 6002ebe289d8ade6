// Package ok_whole_process runs as long as the process: nothing ever stops it, or is meant to.
package ok_whole_process

import "time"

type exporter struct{ export func() }

func (e *exporter) start() {
	go func() {
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for range ticker.C {
			e.export()
		}
	}()
}
