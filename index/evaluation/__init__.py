"""Metrics of the answers, and the fit of the answer probability."""
