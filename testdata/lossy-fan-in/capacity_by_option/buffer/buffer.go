// Package buffer makes channels with room by options, and fills them as far as they have room.
package buffer

const standard = 16

type settings struct{ room int }

// Setting changes what Of makes.
type Setting func(*settings)

// Room is how much a channel holds.
func Room(room int) Setting { return func(s *settings) { s.room = room } }

// Of makes a channel.
func Of[E any](all ...Setting) chan E {
	s := settings{room: standard}
	for _, set := range all {
		set(&s)
	}
	return make(chan E, s.room) // step "a channel of capacity 16 is made"
}

// Fill sends if there is room, and tells whether there was.
func Fill[E any](into chan<- E, one E) bool {
	select {
	case into <- one: // want "many goroutines send on into, which holds 16: values that do not fit are dropped silently"
		return true
	default:
		return false
	}
}
