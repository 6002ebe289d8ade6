// Package limits holds sizes.
package limits

// Queue is how many events may wait.
const Queue = 1 << 2
