package slot_kept_for_next_round

import "context"

type approvals struct {
	ctx   context.Context
	first chan struct{}
}

// await receives from a channel of its own, which has nothing to do with the slots.
func (a *approvals) await() {
	select {
	case <-a.first:
	case <-a.ctx.Done():
	}
}

func (a *approvals) runAll(tasks []func()) {
	free := make(chan struct{}, 2)
	for _, task := range tasks {
		free <- struct{}{} // want "a slot of free is not given back on a path on which approvals.runAll takes the next one"
		a.await()
		select {
		case <-a.ctx.Done():
		default:
			go func() {
				defer func() { <-free }()
				task()
			}()
		}
	}
}
