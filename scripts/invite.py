"""Print the link that adds the bot to a server: `python scripts/invite.py --client-id ID`."""

import base64
import binascii
from typing import Annotated

import typer
from yarl import URL

from scripts._console import fail, output, run

# Discord's own permission bits: https://docs.discord.com/developers/topics/permissions
PERMISSIONS = {
    "View Channels": (1 << 10, "see the messages that mention it"),
    "Send Messages": (1 << 11, "reply to a mention"),
    "Read Message History": (1 << 16, "reply to the very message that asked"),
    "Send Messages in Threads": (1 << 38, "answer in threads too"),
    "Attach Files": (1 << 15, "show pictures of the coverage"),
}
SCOPES = "bot applications.commands"


def invite(
    client_id: Annotated[
        str, typer.Option(help="Application ID, from the General Information page.")
    ] = "",
    token: Annotated[
        str, typer.Option(envvar="DISCORD_TOKEN", help="Or the bot's token.", show_envvar=True)
    ] = "",
) -> None:
    """Print the link that adds the bot to a server, with the least permissions it needs.

    Example: `python scripts/invite.py --client-id 123456789012345678`
    """
    application = client_id or _id_of(token)
    if not application.isdecimal():
        fail(
            "no application id: give --client-id (General Information page of your application at "
            "https://discord.com/developers/applications) or put DISCORD_TOKEN into .env"
        )
    output.print(invite_link(application), highlight=False, markup=False)
    output.print(f"\nScopes: {SCOPES}\nPermissions:", highlight=False)
    for name, (_, reason) in PERMISSIONS.items():
        output.print(f"  {name}: {reason}", highlight=False)


def invite_link(application: str) -> str:
    """Return the link for an application's id."""
    bits = sum(bit for bit, _ in PERMISSIONS.values())
    query = {"client_id": application, "scope": SCOPES, "permissions": str(bits)}
    return str(URL("https://discord.com/oauth2/authorize").with_query(query))


def _id_of(token: str) -> str:
    """Return the application's id, which is the first part of a token in base64; or nothing."""
    head = token.split(".")[0]
    try:
        return base64.b64decode(head + "=" * (-len(head) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return ""


if __name__ == "__main__":
    run(invite)
