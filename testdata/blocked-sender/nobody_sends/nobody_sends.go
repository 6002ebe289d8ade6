// Package nobody_sends waits for a signal that was forgotten: the field is never closed and never sent on.
package nobody_sends

type job struct {
	run  func()
	done chan struct{}
}

func newJob(run func()) *job {
	return &job{run: run, done: make(chan struct{})}
}

func (j *job) start() { go j.run() }

func (j *job) wait() {
	<-j.done // want "receive from j.done may wait for ever: nobody sends on it or closes it"
}
