"""Question → scored sentences, and the probability that they answer it."""
