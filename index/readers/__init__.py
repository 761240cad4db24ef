"""Files of articles → articles."""
