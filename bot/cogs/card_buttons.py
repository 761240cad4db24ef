"""The buttons of cards. Their ids and the card contain everything, so they survive a restart."""

import logging
import re
from secrets import token_hex
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.cards.base import Card, notice_card
from bot.cards.custom_ids import (
    CheckId,
    CiteId,
    ContextId,
    DismissId,
    EventsId,
    MoreId,
    ShareId,
    ShowWatchId,
    UnwatchId,
    VoteId,
    WatchHereId,
    WatchId,
)
from bot.cards.sharing import once_shared, shared_card
from bot.cards.state import asked_of, quotes_of, timeline_of
from bot.features.interactions import (
    Interaction,
    acknowledge,
    admit,
    apologise,
    defer,
    may_post,
    notify_privately,
    place_of,
)
from bot.runtime.delivery import NO_PINGS
from bot.runtime.failures import SEND_ERRORS, described
from bot.runtime.retries import SECONDS_TO_EDIT, retry_if_cut
from bot.wording.phrases import Phrases, phrases_for

log = logging.getLogger(__name__)


class _CardButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template="never"):
    """A button that is recognised by its id."""

    def __init__(self, item: ui.Button[ui.LayoutView], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: ui.Item[ui.LayoutView],
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button that was clicked."""
        assert isinstance(item, ui.Button)  # noqa: S101  # the ids are given to buttons only
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the click, and apologise for a failure."""
        try:
            await self.answer(interaction)
        except Exception as error:  # noqa: BLE001  # the edge: discord.py would log its message
            await apologise(interaction, error)

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        raise NotImplementedError


class ContextButton(_CardButton, template=ContextId.template):
    """Shows a quote inside its paragraphs, privately."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        if (reader := await defer(interaction)) is not None:
            wanted = ContextId.read(self.match)
            quotes = quotes_of(interaction.message) if interaction.message else []
            words = next((each.words for each in quotes if each.id == wanted), "")
            await interaction.client.quote_details.context(wanted, words, reader)


class CheckButton(_CardButton, template=CheckId.template):
    """Shows, privately, what became of the quotes of the card."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        quotes = quotes_of(interaction.message) if interaction.message else []
        if not quotes:
            await _notify_unreadable(interaction)
        elif (reader := await defer(interaction)) is not None:
            await interaction.client.quote_details.check(quotes, reader)


class CiteButton(_CardButton, template=CiteId.template):
    """Shows a quote with its citation to be copied, privately."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        if (reader := await defer(interaction)) is not None:
            await interaction.client.quote_details.cite(CiteId.read(self.match), reader)


class MoreButton(_CardButton, template=MoreId.template):
    """Shows the next quotes, privately."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        card = interaction.message
        asked = asked_of(card) if card else None
        if card is None or asked is None:
            await _notify_unreadable(interaction)
        elif (reader := await admit(interaction, asked.question)) is not None:
            asked_on = card.created_at.date()  # "yesterday" is the day before
            wanted = MoreId.read(self.match)
            await interaction.client.answering.more(asked, asked_on, reader, wanted)


class EventsButton(_CardButton, template=EventsId.template):
    """Shows the next events of a timeline, privately."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        topic = timeline_of(interaction.message) if interaction.message else None
        if topic is None:
            await _notify_unreadable(interaction)
        elif (reader := await admit(interaction, topic)) is not None:
            wanted = EventsId.read(self.match)
            await interaction.client.surveys.more_events(topic, reader, wanted)


class VoteButton(_CardButton, template=VoteId.template):
    """Stores a vote, and thanks the reader privately."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        card = interaction.message
        asked = asked_of(card) if card else None
        if card is None or asked is None:
            await _notify_unreadable(interaction)
        elif (reader := await defer(interaction)) is not None:
            is_good = self.match["vote"] == "good"
            await interaction.client.answering.vote(asked, card, reader, is_good=is_good)


class ShareButton(_CardButton, template=ShareId.template):
    """Posts a private card in the channel, if its reader may post there."""

    _under_way: ClassVar[set[int]] = set()  # cards, so that a double click posts one

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        card, phrases = interaction.message, phrases_for(interaction.locale)
        if not may_post(interaction):
            await notify_privately(interaction, notice_card(phrases.say("notice-may-not-share")))
            return
        if card is None or not await acknowledge(interaction) or card.id in self._under_way:
            return
        self._under_way.add(card.id)
        try:
            await _share(interaction, card)
        finally:
            self._under_way.discard(card.id)


class WatchButton(_CardButton, template=WatchId.template):
    """Watches the question of a refusal for the reader who clicks."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        asked = asked_of(interaction.message) if interaction.message else None
        if asked is None:
            await _notify_unreadable(interaction)
        elif (reader := await admit(interaction, asked.question)) is not None:
            here = place_of(interaction)
            await interaction.client.watches.add(asked, reader, here, is_told_here=False)


class UnwatchButton(_CardButton, template=UnwatchId.template):
    """Ends a watch of the reader who clicks."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        if (reader := await defer(interaction)) is not None:
            watch_id = UnwatchId.read(self.match).watch_id
            await interaction.client.watches.stop(watch_id, reader)


class WatchHereButton(_CardButton, template=WatchHereId.template):
    """Has the answer of a watch posted in this channel, for the member whose watch it is."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        if (place := place_of(interaction)) is None:
            phrases = phrases_for(interaction.locale)
            await notify_privately(interaction, notice_card(phrases.say("watch-not-here")))
        elif (reader := await defer(interaction)) is not None:
            watch_id = WatchHereId.read(self.match).watch_id
            await interaction.client.watches.move(watch_id, place, reader)


class ShowWatchButton(_CardButton, template=ShowWatchId.template):
    """Shows, privately, the answer of a watch that could not be delivered, and ends the watch."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        if (reader := await defer(interaction)) is not None:
            watch_id = ShowWatchId.read(self.match).watch_id
            await interaction.client.watches.show_answer(watch_id, reader)


class DismissButton(_CardButton, template=DismissId.template):
    """Deletes the card, for the one who asked or who may manage messages."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        is_asker = interaction.user.id == int(self.match["asker"])
        if not (is_asker or interaction.permissions.manage_messages):
            phrases = phrases_for(interaction.locale)
            await notify_privately(interaction, notice_card(phrases.say("notice-not-yours")))
            return
        if not await acknowledge(interaction):
            return
        try:
            await retry_if_cut(interaction.delete_original_response, *SECONDS_TO_EDIT)
        except discord.NotFound:
            pass  # by an earlier click, or by a request whose response was lost
        except SEND_ERRORS as error:
            log.error("could not dismiss a card\n%s", described(error))


CARD_BUTTONS = (
    ContextButton,
    CheckButton,
    CiteButton,
    MoreButton,
    EventsButton,
    VoteButton,
    ShareButton,
    WatchButton,
    WatchHereButton,
    UnwatchButton,
    ShowWatchButton,
    DismissButton,
)


async def _notify_unreadable(interaction: Interaction) -> None:
    """Notify the reader that the card lacks its question, as cards of older versions do."""
    phrases = phrases_for(interaction.locale)
    await notify_privately(interaction, notice_card(phrases.say("notice-card-unreadable")))


async def _share(interaction: Interaction, card: discord.Message) -> None:
    """Post the card unchanged, even if the index was rebuilt since."""
    phrases = phrases_for(interaction.locale)
    try:
        try:
            shared = shared_card(card, interaction.user.id, phrases)
            await interaction.followup.send(view=shared, allowed_mentions=NO_PINGS)
        except SEND_ERRORS as error:
            await interaction.followup.send(view=_unshared(error, phrases), ephemeral=True)
        else:
            await interaction.edit_original_response(view=once_shared(card, phrases))
    except SEND_ERRORS as error:
        log.error("could not say what became of a shared card\n%s", described(error))


def _unshared(error: Exception, phrases: Phrases) -> Card:
    log_id = token_hex(4)
    log.error("could not share a card [%s]\n%s", log_id, described(error))
    if isinstance(error, discord.Forbidden):
        return notice_card(phrases.say("notice-bot-may-not-share"))
    return notice_card(phrases.say("notice-failed", log_id=log_id))
