"""Measurements: `speed/` of On Record alone, `systems/` beside other libraries."""
