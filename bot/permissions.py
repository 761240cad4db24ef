"""The permissions that the bot needs in a server, and the link that requests them."""

from collections.abc import Iterable
from typing import NamedTuple

import discord


class Permission(NamedTuple):
    """A permission as Discord's settings call it, and what the bot needs it for."""

    label: str
    purpose: str


# By the name of the flag of `discord.Permissions`.
REQUIRED = {
    "view_channel": Permission("View Channels", "see the messages that mention it"),
    "send_messages": Permission("Send Messages", "reply to a mention"),
    "read_message_history": Permission(
        "Read Message History", "reply to the very message that asked"
    ),
    "send_messages_in_threads": Permission("Send Messages in Threads", "answer in threads too"),
    "attach_files": Permission("Attach Files", "show charts of the coverage"),
}


def invite_link(application_id: int) -> str:
    """Return the link that adds the application to a server with the permissions it needs."""
    permissions = discord.Permissions(**dict.fromkeys(REQUIRED, True))
    return discord.utils.oauth_url(application_id, permissions=permissions)


def missing_labels(granted: discord.Permissions, needed: Iterable[str] = REQUIRED) -> list[str]:
    """Return the labels of the needed permissions (names of flags) that were not granted."""
    return [REQUIRED[name].label for name in needed if not getattr(granted, name)]
