// Package smartconnpool stands for the real one: only its names matter.
package smartconnpool

type Conn struct{ id int }

type Pooled struct {
	Conn *Conn
	pool *ConnPool
}

func (p *Pooled) Recycle() { p.pool.free = append(p.pool.free, p.Conn) }

type ConnPool struct{ free []*Conn }

func (p *ConnPool) Get() *Pooled {
	last := p.free[len(p.free)-1]
	p.free = p.free[:len(p.free)-1]
	return &Pooled{Conn: last, pool: p}
}

func (p *ConnPool) Close() { p.free = nil }
