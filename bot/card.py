"""Answer → Discord components (pure). Keeps every limit of a message, never by luck.

Limits: 4,000 characters of text and 40 components a message.
Source: https://docs.discord.com/developers/components/reference
"""

from datetime import datetime

import discord
from discord import ui

from bot import phrases
from bot.buttons import ContextId, DismissId, MoreId, VoteId
from bot.markup import blockquote, bold, date_markup, escape, link, link_to_quote, unescape
from index.dates import spell_date
from index.manifest import Manifest
from index.models import Answer, Article, Filters, Quote, Span, Status
from index.paragraphs import split_paragraphs
from index.sentences import split_sentences

MAX_TEXT = 4000
MAX_QUESTION = 500
_MAX_HEADLINE = 300
_QUESTION_ID = 1  # the component that carries the question, for buttons and follow-ups
_ACCENT = discord.Colour(0x2F6F8F)


def answer_card(
    answer: Answer, manifest: Manifest, asker: int, skip: int = 0, *, has_votes: bool = True
) -> ui.LayoutView:
    """Return the card of an answer; quotes that do not fit are left to *More quotes*."""
    head = [
        _question(answer.question),
        *_filter_lines(answer),
        *_status_lines(answer, manifest, skip),
    ]
    footer = _footer(manifest)
    room = MAX_TEXT - len(footer) - sum(len(line) for line in head)
    shown: list[tuple[str, str, Quote]] = []
    for number, quote in enumerate(answer.quotes or answer.related, start=skip + 1):
        body, citation = blockquote(quote.text), citation_line(quote, number)
        room -= len(body) + len(citation)
        if room < 0:
            break
        shown.append((body, citation, quote))
    has_more = answer.more or len(shown) < len(answer.quotes)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=_ACCENT)
    container.add_item(ui.TextDisplay(head[0], id=_QUESTION_ID))
    for line in head[1:]:
        container.add_item(ui.TextDisplay(line))
    for body, citation, quote in shown:
        button = _button(phrases.CONTEXT_BUTTON, ContextId.of(quote).custom_id)
        container.add_item(ui.Section(body, citation, accessory=button))
    container.add_item(ui.Separator())
    container.add_item(ui.TextDisplay(footer))
    more = MoreId.of(skip + len(shown), answer.filters) if has_more else None
    container.add_item(_row(asker, more, has_votes=has_votes))
    return _finished(container)


def notice_card(text: str) -> ui.LayoutView:
    """Return a card that says one prepared sentence."""
    return _finished(ui.TextDisplay(text))


def context_card(article: Article, span: Span) -> ui.LayoutView:
    """Return the quote in bold inside its paragraphs; a long paragraph is cut at sentences."""
    around = _paragraphs_around(article, span)
    head = _context_head(article)
    room = MAX_TEXT - len(head) - len(phrases.PART_SHOWN)
    if len(_emphasised(article.text, around, span)) > room:
        around = _sentences_around(article, around, span, room)
    body = _emphasised(article.text, around, span)
    items: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(head), ui.TextDisplay(body)]
    if around != _paragraphs_around(article, span):
        items.append(ui.TextDisplay(phrases.PART_SHOWN))
    return _finished(ui.Container(*items, accent_colour=_ACCENT))


def citation_line(quote: Quote, number: int) -> str:
    """Return where the quote was published; what is unknown is said to be unknown."""
    parts = [
        _headline(quote),
        escape(quote.citation.outlet or phrases.OUTLET_UNKNOWN),
        date_markup(quote.citation.published),
        phrases.PARAGRAPH.format(number=quote.citation.paragraph),
    ]
    if len(quote.also_in) == 1:
        parts.append(phrases.ALSO_IN_ONE.format(outlet=escape(quote.also_in[0])))
    elif quote.also_in:
        parts.append(phrases.ALSO_IN.format(count=len(quote.also_in)))
    return escape(f"[{number}] ") + " · ".join(parts)


def question_of(message: discord.Message) -> str | None:
    """Return the question that a card of this bot answers, read from the card itself."""
    prefix = phrases.QUESTION.format(question="")
    view = ui.LayoutView.from_message(message, timeout=None)
    for item in view.walk_children():
        if isinstance(item, ui.TextDisplay) and item.content.startswith(prefix):
            return unescape(item.content.removeprefix(prefix))
    return None


def quotes_of(message: discord.Message) -> list[str]:
    """Return the ids (`ContextId`) of the quotes that a card shows."""
    view = ui.LayoutView.from_message(message, timeout=None)
    ids = (item.custom_id or "" for item in view.walk_children() if isinstance(item, ui.Button))
    return [custom_id for custom_id in ids if custom_id.startswith("context:")]


def _finished(*items: ui.Item[ui.LayoutView]) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    # Buttons are answered by their ids alone, so discord.py need not keep the view.
    view.stop()
    return view


def _question(question: str) -> str:
    return phrases.QUESTION.format(question=escape(" ".join(question.split())))


def _filter_lines(answer: Answer) -> list[str]:
    """Say what the question was put to, and how much a date filter could not judge."""
    filters = answer.filters
    parts = [escape(_clip(filters.outlet))] if filters.outlet else []
    if filters.since:
        parts.append(phrases.SINCE.format(day=spell_date(filters.since.isoformat())))
    if filters.until:
        parts.append(phrases.UNTIL.format(day=spell_date(filters.until.isoformat())))
    if answer.undated:
        one, count = phrases.UNDATED_ONE, answer.undated
        parts.append(one if count == 1 else phrases.UNDATED.format(count=count))
    return [phrases.ONLY.format(filters=" · ".join(parts))] if parts else []


def _status_lines(answer: Answer, manifest: Manifest, skip: int) -> list[str]:
    if answer.status is Status.ANSWERED:
        return [] if answer.quotes or not skip else [phrases.NO_MORE]
    if not manifest.articles:
        return [phrases.EMPTY]
    if answer.status is Status.NO_MATCH:
        is_filtered = answer.filters != Filters() and any(map(str.isalnum, answer.question))
        return [phrases.NO_MATCH_FILTERED if is_filtered else phrases.NO_MATCH]
    lines = [phrases.NOT_ANSWERED]
    return [*lines, phrases.CLOSEST] if answer.related else lines


def _footer(manifest: Manifest) -> str:
    count = manifest.articles
    articles = phrases.ARTICLES_ONE if count == 1 else phrases.ARTICLES.format(count=count)
    updated = int(datetime.fromisoformat(manifest.built_at).timestamp())
    return phrases.FOOTER.format(
        articles=articles, newest=spell_date(manifest.newest), updated=f"<t:{updated}:R>"
    )


def _row(asker: int, more: MoreId | None, *, has_votes: bool) -> ui.ActionRow[ui.LayoutView]:
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    if more is not None:
        row.add_item(_button(phrases.MORE_BUTTON, more.custom_id))
    if has_votes:
        row.add_item(_button(phrases.GOOD_BUTTON, VoteId(is_good=True).custom_id))
        row.add_item(_button(phrases.BAD_BUTTON, VoteId(is_good=False).custom_id))
    row.add_item(_button(phrases.DISMISS_BUTTON, DismissId(asker).custom_id))
    return row


def _button(label: str, custom_id: str) -> ui.Button[ui.LayoutView]:
    return ui.Button(label=label, custom_id=custom_id, style=discord.ButtonStyle.secondary)


def _headline(quote: Quote) -> str:
    citation = quote.citation
    headline = _clip(" ".join(citation.headline.split()))
    if citation.headline_stands_in:
        headline = phrases.STANDS_IN.format(headline=headline)
    address = link_to_quote(citation.url, quote.text) if citation.url else None
    return link(headline, address) if address else escape(headline)


def _clip(name: str) -> str:
    """Shorten a headline that no outlet would print, or an outlet's name, at a word."""
    if len(name) <= _MAX_HEADLINE:
        return name
    return name[:_MAX_HEADLINE].rsplit(" ", 1)[0] + " …"


def _context_head(article: Article) -> str:
    outlet = escape(article.outlet or phrases.OUTLET_UNKNOWN)
    parts = [escape(_clip(article.headline)), outlet]
    if article.place:
        parts.append(escape(article.place))
    return "-# " + " · ".join([*parts, date_markup(article.published)])


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
