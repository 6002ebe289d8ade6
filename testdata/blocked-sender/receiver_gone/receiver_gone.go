// Package receiver_gone tells a goroutine to stop that may have stopped by itself.
package receiver_gone

func serve(next func() (int, error), handle func(int), until func()) {
	quit := make(chan struct{})
	go func() {
		for {
			select {
			case <-quit:
				return
			default:
			}
			n, err := next()
			if err != nil {
				return // step "the receiver ends without receiving"
			}
			handle(n)
		}
	}()
	until()
	quit <- struct{}{} // want "send on quit may wait for ever: the goroutine that should receive may have ended"
}
