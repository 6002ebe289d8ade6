"""What must be undone or done on every path: locks, cancels, slots, counts."""
