"""Which rules run and which findings are told: pure functions on rules and findings."""
