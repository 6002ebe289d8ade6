// Package functions_in_table looks a command up in the table of a package variable, groups of commands in groups: one of
// them runs its callback on many goroutines.
package functions_in_table

import "sync"

type command struct {
	name string
	run  func(names []string, say func(string))
}

type group struct {
	title    string
	commands []command
}

var groups = []group{
	{"plain", []command{
		{"list", list},
		{"count", count},
	}},
	{"wide", []command{{"ping", ping}}},
}

func list(names []string, say func(string)) {
	for _, name := range names {
		say(name)
	}
}

func count(names []string, say func(string)) {
	if len(names) > 0 {
		say("some")
	}
}

func ping(names []string, say func(string)) {
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() { say(name) })
	}
	all.Wait()
}

func execute(name string, names []string, say func(string)) {
	for _, group := range groups {
		for _, command := range group.commands {
			if command.name == name {
				command.run(names, say)
				return
			}
		}
	}
}

func answer(name string, names []string) []string {
	var lines []string
	execute(name, names, func(line string) {
		lines = append(lines, line) // want "variable lines is written by several goroutines at once"
	})
	return lines
}

func answerInTurn(name string, names []string) []string {
	var mu sync.Mutex
	var lines []string
	execute(name, names, func(line string) {
		mu.Lock()
		defer mu.Unlock()
		lines = append(lines, line)
	})
	return lines
}
