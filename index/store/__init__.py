"""What questions need of a stored coverage, whatever it is stored in."""
