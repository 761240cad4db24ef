"""The buttons of answers and timelines: about a quote, for the next ones, and votes."""

from bot.cards.custom_ids import CheckId, CiteId, ContextId, VoteId
from bot.cards.page_ids import EventsId, MoreId
from bot.cards.state import asked_of, quotes_of, timeline_of
from bot.cogs.button_base import CardButton, notify_unreadable
from bot.features.interactions import Interaction, admit, defer


class ContextButton(CardButton, template=ContextId.template):
    """Shows a quote inside its paragraphs, privately."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        if (reader := await defer(interaction)) is not None:
            wanted = ContextId.read(self.match)
            quotes = quotes_of(interaction.message) if interaction.message else []
            words = next((each.words for each in quotes if each.id == wanted), "")
            await interaction.client.quote_details.context(wanted, words, reader)


class CheckButton(CardButton, template=CheckId.template):
    """Shows, privately, what became of the quotes of the card."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        quotes = quotes_of(interaction.message) if interaction.message else []
        if not quotes:
            await notify_unreadable(interaction)
        elif (reader := await defer(interaction)) is not None:
            await interaction.client.quote_details.check(quotes, reader)


class CiteButton(CardButton, template=CiteId.template):
    """Shows a quote with its citation to be copied, privately."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        if (reader := await defer(interaction)) is not None:
            await interaction.client.quote_details.cite(CiteId.read(self.match), reader)


class MoreButton(CardButton, template=MoreId.template):
    """Shows the next quotes, privately."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        card = interaction.message
        asked = asked_of(card) if card else None
        if card is None or asked is None:
            await notify_unreadable(interaction)
        elif (reader := await admit(interaction, asked.question)) is not None:
            wanted = MoreId.read(self.match)
            # An older card says no day. It may be a day later: made by this button, or shared.
            asked_on = wanted.asked_on or card.created_at.date()
            await interaction.client.answering.more(asked, asked_on, reader, wanted)


class EventsButton(CardButton, template=EventsId.template):
    """Shows the next events of a timeline, privately."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        topic = timeline_of(interaction.message) if interaction.message else None
        if topic is None:
            await notify_unreadable(interaction)
        elif (reader := await admit(interaction, topic)) is not None:
            wanted = EventsId.read(self.match)
            await interaction.client.surveys.more_events(topic, reader, wanted)


class VoteButton(CardButton, template=VoteId.template):
    """Stores a vote, and thanks the reader privately."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        card = interaction.message
        asked = asked_of(card) if card else None
        if card is None or asked is None:
            await notify_unreadable(interaction)
        elif (reader := await defer(interaction)) is not None:
            is_good = self.match["vote"] == "good"
            await interaction.client.answering.vote(asked, card, reader, is_good=is_good)


ANSWER_BUTTONS = (
    ContextButton,
    CheckButton,
    CiteButton,
    MoreButton,
    EventsButton,
    VoteButton,
)
