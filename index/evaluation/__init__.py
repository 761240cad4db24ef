"""How well the coverage answers: metrics, and the fit of the answer probability."""
