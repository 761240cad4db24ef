"""One use case per module: answers, the details of a quote, surveys of the coverage."""
