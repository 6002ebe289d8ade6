// Package workers_left_waiting returns between the start of its workers and the close that ends them.
package workers_left_waiting

func process(names []string, open func(string) (int, error), handle func(int)) error {
	files := make(chan int)
	for range 4 {
		go func() {
			for file := range files { // want "receive from files may wait for ever: the function that started the goroutine may return"
				handle(file)
			}
		}()
	}
	for _, name := range names {
		file, err := open(name)
		if err != nil {
			return err // step "returns without sending or closing"
		}
		files <- file
	}
	close(files)
	return nil
}
