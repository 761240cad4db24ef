"""A quote inside its paragraph, as a card (pure); keeps a message's limit of characters."""

from discord import ui

from bot.cards.base import ACCENT, MAX_TEXT, Card, card_button
from bot.cards.citation import clip, outlet_name
from bot.cards.custom_ids import CiteId
from bot.wording.dates import date_markup
from bot.wording.markup import bold, escape
from bot.wording.phrases import Phrases
from index.answers.citations import quote_span
from index.models import Article, Span
from index.text.paragraphs import split_paragraphs
from index.text.sentences import split_sentences


def context_card(article: Article, span: Span, phrases: Phrases) -> Card:
    """Return the quote in bold inside its paragraphs; a long paragraph is cut at sentences."""
    around = _paragraphs_around(article, span)
    head, part_shown = _head(article, phrases), phrases.say("context-part-shown")
    room = MAX_TEXT - len(head) - len(part_shown)
    if len(_emphasised(article.text, around, span)) > room:
        around = _sentences_around(article, around, span, room)
    body = _emphasised(article.text, around, span)
    items: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(head), ui.TextDisplay(body)]
    if around != _paragraphs_around(article, span):
        items.append(ui.TextDisplay(part_shown))
    cite = CiteId.of(quote_span(article, span, 0.0))
    items.append(ui.ActionRow(card_button(phrases.say("button-cite"), cite.custom_id)))
    return Card(ui.Container(*items, accent_colour=ACCENT))


def _head(article: Article, phrases: Phrases) -> str:
    parts = [escape(clip(article.headline)), escape(outlet_name(article.outlet, phrases))]
    if article.place:
        parts.append(escape(article.place))
    return "-# " + " · ".join([*parts, date_markup(article.published, phrases)])


def _paragraphs_around(article: Article, span: Span) -> Span:
    inside = [
        each
        for each in split_paragraphs(article.text)
        if each.end > span.start and each.start < span.end
    ]
    return Span(min(inside[0].start, span.start), max(inside[-1].end, span.end))


def _sentences_around(article: Article, around: Span, span: Span, room: int) -> Span:
    """Return the quote with as many whole sentences on either side as fit."""
    sentences = split_sentences(article.text, article.language)
    before = [each for each in sentences if around.start <= each.start < span.start]
    after = [each for each in sentences if span.end < each.end <= around.end]
    part = span
    while before or after:
        wider = Span(before.pop().start, part.end) if before else Span(part.start, after.pop(0).end)
        if len(_emphasised(article.text, wider, span)) > room:
            return part
        part = wider
    return part


def _emphasised(text: str, around: Span, span: Span) -> str:
    return (
        escape(text[around.start : span.start])
        + bold(text[span.start : span.end])
        + escape(text[span.end : around.end])
    )
