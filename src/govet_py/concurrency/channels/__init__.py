"""Who sends, receives and closes, and who waits for ever."""
