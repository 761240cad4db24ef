"""Article files → articles."""
