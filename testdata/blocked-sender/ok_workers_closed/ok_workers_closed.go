// Package ok_workers_closed closes the channel of its workers on every way out.
package ok_workers_closed

func process(names []string, open func(string) (int, error), handle func(int)) error {
	files := make(chan int)
	defer close(files)
	for range 4 {
		go func() {
			for file := range files {
				handle(file)
			}
		}()
	}
	for _, name := range names {
		file, err := open(name)
		if err != nil {
			return err
		}
		files <- file
	}
	return nil
}
