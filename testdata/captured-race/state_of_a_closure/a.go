// Package state_of_a_closure calls functions on many goroutines that their maker has given variables of their own.
package state_of_a_closure

import (
	"sync"
	"time"
)

// longest gives a function that notes durations, and one that tells the longest.
func longest() (note func(time.Duration), tell func() time.Duration) {
	var most time.Duration
	note = func(d time.Duration) {
		if d > most {
			most = d // want "variable most is written by several goroutines at once"
		}
	}
	return note, func() time.Duration { return most }
}

func Measure(jobs []func()) time.Duration {
	note, tell := longest()
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() {
			begun := time.Now()
			job()
			note(time.Since(begun))
		})
	}
	wg.Wait()
	return tell()
}

type sink struct{ put func(string) }

func newSink(done *sync.WaitGroup) (*sink, *[]string) {
	var lines []string
	return &sink{put: func(line string) {
		defer done.Done()
		lines = append(lines, line) // want "variable lines is written by several goroutines at once"
	}}, &lines
}

func Collect(words []string) int {
	var wg sync.WaitGroup
	s, lines := newSink(&wg)
	for _, word := range words {
		wg.Add(1)
		go s.put(word)
	}
	wg.Wait()
	return len(*lines)
}
