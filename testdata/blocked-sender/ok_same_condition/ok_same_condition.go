// Package ok_same_condition starts the goroutine and waits for it under the same condition.
package ok_same_condition

func copyAll(src, dst []int, background bool, more func() error) error {
	done := make(chan struct{})
	if background {
		go func() {
			copy(dst, src)
			done <- struct{}{}
		}()
	}
	err := more()
	if background {
		<-done
	}
	return err
}
