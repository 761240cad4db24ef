"""What the operator runs: thin commands over `index/`, and a local preview of `bot/`."""
