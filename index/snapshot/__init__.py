"""An immutable index folder: its files, opened, published and verified."""
