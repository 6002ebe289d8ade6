// Package ok_library_function_handed_over gives a helper, which starts what it is given, a function of a library.
package ok_library_function_handed_over

import (
	"os"
	"os/signal"
)

func onSignal(end func(int)) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		<-signals
		end(1)
	}()
}

func run() { onSignal(os.Exit) }
