"""What readers can do, a cog each; thin, the work is done in `bot/features/answering.py`."""
