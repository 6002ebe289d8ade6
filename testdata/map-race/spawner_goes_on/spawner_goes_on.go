// Package spawner_goes_on uses a map beside the goroutine that it gave it to.
package spawner_goes_on

func bad() int {
	sizes := map[int]int{}
	done := make(chan bool)
	go func() {
		for i := range 100 {
			sizes[i] = i // want "map sizes is written while another goroutine may read it"
		}
		done <- true
	}()
	n := 0
	for i := range 100 {
		n += sizes[i] // step "reads sizes"
	}
	<-done
	return n
}
