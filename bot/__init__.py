"""Discord: asks `index/` and shows what it says."""
