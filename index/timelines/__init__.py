"""Topic → events in order of date."""
