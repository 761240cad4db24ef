"""Commands that can be used in servers, in direct messages and in private groups."""

from collections.abc import Callable
from typing import TypeVar

from discord import app_commands

T = TypeVar("T")


def usable_everywhere(command: T) -> T:
    """Offer the command to members of a server with the bot, and to users who added it."""
    in_every_place: Callable[[T], T] = app_commands.allowed_contexts(
        guilds=True, dms=True, private_channels=True
    )
    to_everyone: Callable[[T], T] = app_commands.allowed_installs(guilds=True, users=True)
    return to_everyone(in_every_place(command))
