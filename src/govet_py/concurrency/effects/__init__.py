"""What functions do to shared things, as compositional summaries, and the order of what they do."""
