"""Two accesses that meet."""
