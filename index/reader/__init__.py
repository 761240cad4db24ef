"""Does a text answer the question, and which words of it? A cross-encoder, without torch."""
