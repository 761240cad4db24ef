"""Values → components of a message (pure)."""
