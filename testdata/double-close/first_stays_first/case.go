// Package first_stays_first tells that the first row has come with each row.
package first_stays_first

func follow(each func(func(int)), ready chan struct{}, use func(int)) {
	first := true
	each(func(row int) {
		if first {
			close(ready) // want "ready may be closed twice"
		}
		use(row)
	})
}

type feed struct{ ready chan struct{} }

func (f *feed) follow(each func(func(int)), use func(int)) {
	first := true
	each(func(row int) {
		if first {
			close(f.ready) // want "f.ready may be closed twice"
		}
		use(row)
	})
}

func (f *feed) told(each func(func(int)), use func(int)) {
	first := true
	each(func(row int) {
		if first {
			close(f.ready)
			first = false
		}
		use(row)
	})
}
