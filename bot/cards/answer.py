"""Answer → card, within every limit of a message (pure)."""

from datetime import date

from discord import ui

from bot.cards.base import ACCENT, MAX_TEXT, Card, card_button, text_length
from bot.cards.custom_ids import DismissId, ShareId, VoteId, WatchId
from bot.cards.filters import filter_lines
from bot.cards.page_ids import MoreId
from bot.cards.quote import fitting, footer_items, footer_line, quote_section
from bot.cards.respelling import respelling_lines
from bot.cards.sharing import MAX_SIGNATURE
from bot.cards.state import question_line, topic_line
from bot.wording.phrases import Phrases
from index.models import Answer, Filters, Status

MAX_QUESTION = 500


def answer_card(
    answer: Answer,
    asker: int,
    phrases: Phrases,
    skip: int = 0,
    *,
    topic: str = "",
    notice: str = "",
    has_votes: bool = True,
    has_watches: bool = False,
    asked_on: date | None = None,
    is_private: bool = False,
) -> Card:
    """Return the card of an answer; quotes that do not fit are left to *More quotes*.

    `topic` is what a follow-up question was understood to be about (see `ConversationQuestion`),
    `notice` a line above everything. A private card (`is_private`) has a button to share it, and a
    refusal one to watch the question, if it `has_watches`. *More quotes* asks the question again,
    of the whole coverage and as of the day `asked_on`; without that day there is no such button.
    """
    lines = [
        *respelling_lines(answer.respelt, phrases),
        *filter_lines(answer.filters, answer.undated, phrases),
        *_status_lines(answer, skip, phrases),
    ]
    head = [
        *([ui.TextDisplay[ui.LayoutView](notice)] if notice else []),
        question_line(answer.question, phrases),
        *([topic_line(topic, phrases)] if topic else []),
        *map(ui.TextDisplay, lines),
    ]
    footer = len(footer_line(answer.coverage, phrases))
    room = MAX_TEXT - footer - text_length(head) - is_private * MAX_SIGNATURE
    numbered = enumerate(answer.quotes or answer.related, start=skip + 1)
    shown = fitting((quote_section(quote, number, phrases) for number, quote in numbered), room)
    is_part = bool(shown) and (answer.more or len(shown) < len(answer.quotes))
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=ACCENT)
    for item in (*head, *shown):
        container.add_item(item)
    for item in footer_items(answer.coverage, phrases, has_quotes=bool(shown)):
        container.add_item(item)
    more = MoreId.of(skip + len(shown), answer.filters, asked_on) if asked_on and is_part else None
    buttons = _buttons(asker, more, phrases, has_votes=has_votes, is_private=is_private)
    if has_watches and _can_be_watched(answer):
        buttons.insert(0, card_button(phrases.say("button-watch"), WatchId().custom_id))
    container.add_item(ui.ActionRow(*buttons))
    return Card(container)


def _status_lines(answer: Answer, skip: int, phrases: Phrases) -> list[str]:
    if answer.status is Status.ANSWERED:
        if answer.quotes:
            return []
        return [phrases.say("answer-no-more" if skip else "answer-altered")]
    if not answer.coverage.articles:
        return [phrases.say("answer-no-coverage")]
    if answer.is_filtered_out:
        return [phrases.say("answer-no-match-filtered")]
    if answer.status is Status.NO_MATCH:
        return [phrases.say("answer-no-match")]
    lines = [phrases.say("answer-refused")]
    return [*lines, phrases.say("answer-closest")] if answer.related else lines


def _can_be_watched(answer: Answer) -> bool:
    """Tell whether it refuses a question that a later edition may answer, whatever the filters."""
    is_refused = answer.status is not Status.ANSWERED
    return is_refused and answer.filters == Filters() and answer.has_words


def _buttons(
    asker: int, more: MoreId | None, phrases: Phrases, *, has_votes: bool, is_private: bool
) -> list[ui.Button[ui.LayoutView]]:
    row = list[ui.Button[ui.LayoutView]]()
    if more is not None:
        row.append(card_button(phrases.say("button-more"), more.custom_id))
    if has_votes:
        row.append(card_button(phrases.say("button-good"), VoteId(is_good=True).custom_id))
        row.append(card_button(phrases.say("button-bad"), VoteId(is_good=False).custom_id))
    if is_private:
        row.append(card_button(phrases.say("button-share"), ShareId().custom_id))
    row.append(card_button(phrases.say("button-dismiss"), DismissId(asker).custom_id))
    return row
