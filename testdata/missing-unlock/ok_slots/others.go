package ok_slots

type worker struct{ free chan struct{} }

func (w *worker) done() { <-w.free }

// throughField gives the channel to an object, whose methods give slots back.
func throughField(tasks []func() bool) {
	free := make(chan struct{}, 2)
	w := &worker{free}
	for _, task := range tasks {
		free <- struct{}{}
		if !task() {
			w.done()
			continue
		}
		<-free
	}
}

func giveBack(free chan struct{}) { drop(free) }
func drop(free chan struct{})     { <-free }

// throughTwo gives it back two calls further down.
func throughTwo(tasks []func() bool) {
	free := make(chan struct{}, 2)
	for _, task := range tasks {
		free <- struct{}{}
		if !task() {
			giveBack(free)
			continue
		}
		<-free
	}
}

var _, _ = throughField, throughTwo
