"""Commands, messages and buttons: a cog for each way to use the bot; `features` do the work."""
