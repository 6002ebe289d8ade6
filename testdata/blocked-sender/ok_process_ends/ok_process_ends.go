// Package ok_process_ends leaves the function with the process.
package ok_process_ends

import (
	"log"
	"os"
)

func serve(listen func() error, stop func() error) {
	failed := make(chan error)
	go func() { failed <- listen() }()
	if err := stop(); err != nil {
		log.Printf("stop: %v", err)
		os.Exit(1)
	}
	log.Print(<-failed)
}
