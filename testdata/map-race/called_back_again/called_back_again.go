// Package called_back_again has a feed that starts its listeners again while they still run.
package called_back_again

import "sync"

type feed struct {
	mu        sync.Mutex
	listeners map[string][]func(string)
}

func newFeed() *feed { return &feed{listeners: map[string][]func(string){}} }

func (f *feed) listen(topic string, call func(string)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.listeners[topic] = append(f.listeners[topic], call)
}

func (f *feed) publish(topic, news string) {
	f.mu.Lock()
	calls := append([]func(string){}, f.listeners[topic]...)
	f.mu.Unlock()
	for _, call := range calls {
		go call(news)
	}
}

type reader struct {
	feed *feed
	read map[string]int
	done sync.WaitGroup
}

func newReader(f *feed) *reader {
	r := &reader{feed: f, read: map[string]int{}}
	f.listen("news", r.note)
	return r
}

func (r *reader) note(news string) {
	r.read[news]++ // want "map r.read is written by several goroutines at once"
	r.done.Done()
}

type press struct {
	feed   *feed
	reader *reader
}

func newPress() *press {
	p := &press{feed: newFeed()}
	p.reader = newReader(p.feed)
	return p
}

func (p *press) run(times int) {
	p.reader.done.Add(times)
	for range times {
		p.feed.publish("news", "of the day")
	}
	p.reader.done.Wait()
}

func serve(times int) {
	p := newPress()
	p.run(times)
}
