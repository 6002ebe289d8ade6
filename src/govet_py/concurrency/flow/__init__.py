"""Control and data inside one function: what comes before what, and what is computed from what."""
