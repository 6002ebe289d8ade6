"""What contexts carry, when they end, and who takes notice."""
