"""Checks of everything the bot needs, each with its remedy: `python -m bot --check`."""

from collections.abc import Callable
from dataclasses import dataclass

import discord
from pydantic import SecretStr

from bot.permissions import missing_labels
from bot.runtime.failures import SEND_ERRORS
from index.coverage import Coverage
from index.errors import CoverageError, ReaderError
from index.places import Place, check_coverage

PORTAL = "https://discord.com/developers/applications"
NOT_SET_UP = (  # a sentence
    f"no DISCORD_TOKEN: make an application at {PORTAL}, copy the token from its Bot page "
    "(Reset Token), and put DISCORD_TOKEN=… into the file .env; or try the bot without Discord: "
    "make try"
)
REFUSED = (  # a sentence
    "Discord refused the token: copy it again from the Bot page of your application "
    "(Reset Token) and put it into DISCORD_TOKEN in .env"
)
NOT_ALLOWED_TO_READ = (  # a sentence
    f"Discord does not let the bot read the messages of ASK_CHANNELS: at {PORTAL} open your "
    "application, on its Bot page turn on Privileged Gateway Intents → Message Content Intent, "
    "save and start again; or empty ASK_CHANNELS"
)
LOGIN_ERRORS = (*SEND_ERRORS, discord.DiscordException)
_ASKABLE = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.ForumChannel)


@dataclass(frozen=True, slots=True)
class Check:
    """The name of a check and, if it failed, what is wrong and what to do."""

    name: str
    problem: str = ""

    def __str__(self) -> str:
        return f"✗ {self.name}: {self.problem}" if self.problem else f"✓ {self.name}"


def check_index(place: Place, open_index: Callable[[], Coverage]) -> list[Check]:
    """Check that every file of the index is the one that was built, and that it and READER open."""
    try:
        check_coverage(place)
        with open_index() as coverage:
            articles, reader = coverage.manifest.articles, coverage.reader
    except ReaderError as error:  # the last to be opened: nothing is wrong with the index
        return [Check("index"), Check("reader", str(error))]
    except CoverageError as error:
        return [Check("index", str(error))]
    return [Check(f"index: {articles:,} articles"), Check(f"reader: {reader or 'off'}")]


def login_problem(error: Exception) -> str:
    """Return a sentence on why the bot could not log in or stay online, and what to do."""
    match error:
        case discord.LoginFailure():
            return REFUSED
        case discord.PrivilegedIntentsRequired():
            return NOT_ALLOWED_TO_READ
    reason = str(error) or type(error).__name__
    return (
        f"cannot reach Discord: {reason}; check the network and https://discordstatus.com, then "
        "start again"
    )


async def find_application(token: SecretStr) -> int:
    """Return the id of the application that the token belongs to.

    Raises one of `LOGIN_ERRORS`.
    """
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token.get_secret_value())
        assert client.application_id is not None  # noqa: S101  # known after the login
        return client.application_id


async def check_discord(token: SecretStr | None, ask_channels: frozenset[int]) -> list[Check]:
    """Log in, without going online, and check everything that depends on Discord."""
    if token is None:
        return [Check("token", NOT_SET_UP)]
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(token.get_secret_value())
        except LOGIN_ERRORS as error:
            return [Check("token", login_problem(error))]
        checks = [Check(f"token: of {client.user}")]
        if ask_channels:
            checks.append(check_intents(client))
        return [*checks, *await check_servers(client), *await check_channels(client, ask_channels)]


def check_intents(client: discord.Client) -> Check:
    """Check that the logged-in bot may read all messages."""
    flags = client.application.flags if client.application else discord.ApplicationFlags()
    may_read = flags.gateway_message_content or flags.gateway_message_content_limited
    return Check("message content intent", "" if may_read else NOT_ALLOWED_TO_READ)


async def check_servers(client: discord.Client) -> list[Check]:
    """Check the permissions of the logged-in bot in each of its servers."""
    checks = []
    try:
        async for found in client.fetch_guilds():
            member = await _own_member(client, found.id)
            missing = ", ".join(missing_labels(member.guild_permissions))
            remedy = f"allow {missing} in Server Settings → Roles, or add the bot again with the "
            remedy += "link of: python -m bot --invite"
            checks.append(Check(f"server {found.name}", remedy if missing else ""))
    except SEND_ERRORS as error:
        checks.append(Check("servers", f"Discord gives no answer: {error}"))
    return checks


async def check_channels(client: discord.Client, ask_channels: frozenset[int]) -> list[Check]:
    """Check that the logged-in bot can see these channels and answer in them."""
    return [await _check_channel(client, each) for each in sorted(ask_channels)]


async def _check_channel(client: discord.Client, channel_id: int) -> Check:
    name = f"channel {channel_id} of ASK_CHANNELS"
    try:
        named = found = await client.fetch_channel(channel_id)
        if isinstance(named, discord.Thread):
            found = await client.fetch_channel(named.parent_id)
        if not isinstance(found, _ASKABLE):
            return Check(name, "it is no text channel or forum: use the id of one")
        member = await _own_member(client, found.guild.id)
        channel = await member.guild.fetch_channel(found.id)
    except (discord.NotFound, discord.Forbidden):
        return Check(
            name,
            "the bot cannot see it, or there is none: check the id, and allow View Channels for "
            "the bot's role in Edit Channel → Permissions",
        )
    except SEND_ERRORS as error:
        return Check(name, f"Discord gives no answer: {error}")
    wanted = ["view_channel", *_to_send_in(named), "read_message_history"]
    missing = ", ".join(missing_labels(channel.permissions_for(member), wanted))
    remedy = f"allow {missing} for the bot's role in Edit Channel → Permissions"
    return Check(f"{name} (#{channel.name})", remedy if missing else "")


def _to_send_in(channel: object) -> list[str]:
    """Return the permissions for answers in a channel for questions and in its threads.

    *Send Messages* does not count in threads; voice and stage channels have none.
    Source: https://docs.discord.com/developers/topics/permissions
    """
    match channel:
        case discord.TextChannel():
            return ["send_messages", "send_messages_in_threads"]
        case discord.ForumChannel() | discord.Thread():
            return ["send_messages_in_threads"]
    return ["send_messages"]


async def _own_member(client: discord.Client, guild_id: int) -> discord.Member:
    guild = await client.fetch_guild(guild_id)
    return await guild.fetch_member(client.user.id if client.user else 0)
