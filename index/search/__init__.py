"""Question → scored sentences, and whether they answer it."""
