"""Counts of articles → a bar chart."""
