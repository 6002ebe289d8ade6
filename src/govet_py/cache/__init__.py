"""Results kept on disk: by content, so that no clock is trusted, and in a format that runs no code."""
