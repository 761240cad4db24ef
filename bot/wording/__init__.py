"""What the bot says, in the reader's language, and how Discord shows it (pure)."""
