"""Which locks are held where, and which lock guards what."""
