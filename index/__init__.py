"""The coverage: files, text, vectors, quotes. Knows neither Discord nor the environment."""
