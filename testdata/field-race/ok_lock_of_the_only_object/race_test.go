package main

import "testing"

func TestRace(*testing.T) { main() }
