"""Articles → a new snapshot."""
