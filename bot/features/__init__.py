"""One use case each: an answer, a quote's details, a survey of the coverage."""
