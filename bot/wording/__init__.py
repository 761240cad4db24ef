"""The bot's sentences in the reader's language, and Discord's markup (pure)."""
