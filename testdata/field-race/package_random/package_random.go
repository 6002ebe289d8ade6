// Package package_random has a generator of random numbers for the whole package, which handlers come to through an
// interface.
package package_random

import "math/rand"

var dice = rand.New(rand.NewSource(1))

type chooser interface{ choose(n int) int }

type lot struct{}

func (lot) choose(n int) int { return pick(n) }

type first struct{}

func (first) choose(int) int { return 0 }

func pick(n int) int {
	return dice.Intn(n) // want "variable package_random.dice is a rand.Rand, which is not for several goroutines"
}

type server struct{ choosers []chooser }

// Draw answers with the sum of one number of each.
func (s *server) Draw(n int) int {
	sum := 0
	for _, one := range s.choosers {
		sum += one.choose(n)
	}
	return sum
}

func serve() *server {
	s := &server{choosers: []chooser{lot{}, first{}}}
	RegisterLotteryServer(s)
	return s
}
