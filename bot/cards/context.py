"""A quote inside its paragraphs, as a card (pure); keeps a message's limit of characters."""

from discord import ui

from bot.cards.base import ACCENT, MAX_TEXT, Card, card_button
from bot.cards.citation import citation_parts, clip
from bot.cards.custom_ids import CiteId
from bot.wording.dates import date_markup
from bot.wording.markup import BOLD, UNDERLINED, escape, marked
from bot.wording.phrases import Phrases
from index.answers.context import Context
from index.models import Span


def context_card(
    context: Context, phrases: Phrases, notice: str = "", *, is_quoted: bool = True
) -> Card:
    """Return the quote in bold, its answer underlined too, inside its paragraphs.

    Paragraphs that are too long are cut at sentences. `notice` is a line above them. If it is not
    `is_quoted`, nobody has quoted these words: none is in bold, and none can be cited.
    """
    head, part_shown = _head(context, phrases), phrases.say("context-part-shown")
    head = f"{notice}\n{head}" if notice else head
    room = MAX_TEXT - len(head) - len(part_shown)
    shown = _fitting_part(context, room)
    # The marks of a quote of hundreds of lines may not fit.
    is_marked = is_quoted and _fits(context, shown, room)
    plain = escape(context.article.text[slice(*shown)])
    body = _emphasised(context, shown) if is_marked else plain
    items: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(head), ui.TextDisplay(body)]
    if shown != context.around:
        items.append(ui.TextDisplay(part_shown))
    if is_quoted:
        button = card_button(phrases.say("button-cite"), CiteId.of(context.quote).custom_id)
        items.append(ui.ActionRow(button))
    return Card(ui.Container(*items, accent_colour=ACCENT))


def _head(context: Context, phrases: Phrases) -> str:
    """Return the article's headline, outlet, place and date as one small line."""
    citation = citation_parts(context.quote, phrases)
    place = clip(" ".join((context.article.place or "").split()))
    words = [citation.headline, citation.outlet, *([place] if place else [])]
    return "-# " + " · ".join(
        [*map(escape, words), date_markup(context.article.published, phrases)]
    )


def _fitting_part(context: Context, room: int) -> Span:
    """Return the whole context, or the quote with as many sentences on either side as fit."""
    if _fits(context, context.around, room):
        return context.around
    quote, part = context.quote.span, context.quote.span
    before = [each for each in context.sentences if each.start < quote.start]
    after = [each for each in context.sentences if each.end > quote.end]
    while before or after:
        wider = Span(before.pop().start, part.end) if before else Span(part.start, after.pop(0).end)
        if not _fits(context, wider, room):
            break
        part = wider
    return part


def _fits(context: Context, part: Span, room: int) -> bool:
    return part.length <= room and len(_emphasised(context, part)) <= room


def _emphasised(context: Context, part: Span) -> str:
    """Return a part of the article, escaped, with the quote in bold, its answer underlined."""
    marks = [(BOLD, context.quote.span), (UNDERLINED, context.quote.answer)]
    in_part = [
        (mark, Span(span.start - part.start, span.end - part.start)) for mark, span in marks if span
    ]
    return marked(context.article.text[part.start : part.end], *in_part)
