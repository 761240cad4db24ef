"""Text → paragraphs, sentences, passages and terms (pure)."""
