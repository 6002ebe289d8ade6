// Package ok_last_one_says_so leaves the loop by what it receives: nothing has to be closed.
package ok_last_one_says_so

type page struct {
	text string
	last bool
}

func read(load func(int) page, use func(string)) {
	pages := make(chan page)
	go func() {
		for n := 0; ; n++ {
			one := load(n)
			pages <- one
			if one.last {
				return
			}
		}
	}()
	for page := range pages {
		use(page.text)
		if page.last {
			break
		}
	}
	use("end")
}
