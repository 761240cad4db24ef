"""A quote on a card → the card with its context, or with its citation to be copied."""

from collections.abc import Callable

from bot.cards.base import Card, notice_card
from bot.cards.context import context_card
from bot.cards.copy_citation import citation_card
from bot.cards.custom_ids import CiteId, ContextId, QuoteId
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import Delivery, Reader
from index.answers.citations import quote_span
from index.models import Article


class QuoteDetails:
    """Shows more of a quote, as long as its article is in the coverage as it was quoted."""

    def __init__(self, pool: CoveragePool, delivery: Delivery) -> None:
        self._pool = pool
        self._delivery = delivery

    async def context(self, wanted: ContextId, reader: Reader) -> None:
        """Send the quote inside its paragraph, or why that cannot be shown."""
        phrases = reader.phrases
        await self._send(
            wanted,
            reader,
            gone=phrases.say("context-article-gone"),
            changed=phrases.say("context-article-changed"),
            make=lambda article: context_card(article, wanted.span, phrases),
        )

    async def cite(self, wanted: CiteId, reader: Reader) -> None:
        """Send the quote with its citation, to be copied, or why that is not possible."""
        phrases = reader.phrases
        await self._send(
            wanted,
            reader,
            gone=phrases.say("citation-article-gone"),
            changed=phrases.say("citation-article-changed"),
            make=lambda article: citation_card(quote_span(article, wanted.span, 0.0), phrases),
        )

    async def _send(
        self,
        wanted: QuoteId,
        reader: Reader,
        gone: str,
        changed: str,
        make: Callable[[Article], Card],
    ) -> None:
        async def find_and_make() -> Card:
            article = await self._pool.run(lambda coverage: coverage.article(wanted.article_key))
            if article is None:
                return notice_card(gone)
            return make(article) if wanted.is_of(article) else notice_card(changed)

        await self._delivery.send(find_and_make, reader)
