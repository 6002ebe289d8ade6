"""Who waits for whom, with which locks held."""
