"""The buttons that begin a watch, move it, show its answer and end it."""

from bot.cards.base import notice_card
from bot.cards.custom_ids import ShowWatchId, UnwatchId, WatchHereId, WatchId
from bot.cards.state import asked_of
from bot.cogs.button_base import CardButton, notify_unreadable
from bot.features.interactions import Interaction, admit, channel_of, defer, notify_privately
from bot.wording.phrases import phrases_for


class WatchButton(CardButton, template=WatchId.template):
    """Watches the question of a refusal for the reader who clicks."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        asked = asked_of(interaction.message) if interaction.message else None
        if asked is None:
            await notify_unreadable(interaction)
        elif (reader := await admit(interaction, asked.question)) is not None:
            here = channel_of(interaction)
            await interaction.client.watches.add(asked, reader, here, is_told_here=False)


class WatchHereButton(CardButton, template=WatchHereId.template):
    """Has the answer of a watch posted in this channel, for the member whose watch it is."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        if (channel := channel_of(interaction)) is None:
            phrases = phrases_for(interaction.locale)
            await notify_privately(interaction, notice_card(phrases.say("watch-not-here")))
        elif (reader := await defer(interaction)) is not None:
            watch_id = WatchHereId.read(self.match).watch_id
            await interaction.client.watches.move(watch_id, channel, reader)


class UnwatchButton(CardButton, template=UnwatchId.template):
    """Ends a watch of the reader who clicks."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        if (reader := await defer(interaction)) is not None:
            watch_id = UnwatchId.read(self.match).watch_id
            await interaction.client.watches.stop(watch_id, reader)


class ShowWatchButton(CardButton, template=ShowWatchId.template):
    """Shows, privately, the answer of a watch that could not be delivered, and ends the watch."""

    async def answer(self, interaction: Interaction) -> None:
        """Answer the click."""
        if (reader := await defer(interaction)) is not None:
            watch_id = ShowWatchId.read(self.match).watch_id
            await interaction.client.watches.show_answer(watch_id, reader)


WATCH_BUTTONS = (WatchButton, WatchHereButton, UnwatchButton, ShowWatchButton)
