"""A quote on a card, or its code → its context, its citation to be copied, what became of it."""

from collections.abc import Callable
from dataclasses import replace

from bot.cards.base import Card, notice_card
from bot.cards.context import context_card
from bot.cards.copy_citation import citation_card
from bot.cards.custom_ids import CiteId, ContextId, QuoteId
from bot.cards.verification import not_a_code_card, verification_card
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import Delivery, Reader
from index.answers.context import Context
from index.answers.quote_codes import QuoteCode
from index.errors import QuoteCodeError


class QuoteDetails:
    """Shows more of a quote, as long as the coverage contains its article as it was quoted."""

    def __init__(self, pool: CoveragePool, delivery: Delivery) -> None:
        self._pool = pool
        self._delivery = delivery

    async def context(self, wanted: ContextId, reader: Reader) -> None:
        """Send the quote inside its paragraphs, or why they cannot be shown."""
        phrases = reader.phrases
        await self._send(
            wanted,
            reader,
            gone=phrases.say("context-article-gone"),
            changed=phrases.say("context-article-changed"),
            render=lambda context: context_card(context, phrases),
        )

    async def cite(self, wanted: CiteId, reader: Reader) -> None:
        """Send the quote with its citation, to be copied, or why that is not possible."""
        phrases = reader.phrases
        await self._send(
            wanted,
            reader,
            gone=phrases.say("citation-article-gone"),
            changed=phrases.say("citation-article-changed"),
            render=lambda context: citation_card(context.quote, phrases),
        )

    async def verify(self, typed: str, reader: Reader) -> None:
        """Send whether the words of the code that a reader typed still stand in the coverage."""

        async def make() -> Card:
            try:
                code = QuoteCode.parse(typed)
            except QuoteCodeError as error:
                return not_a_code_card(error.typed, reader.phrases)
            verification = await self._pool.run(lambda coverage: coverage.verify(code))
            return verification_card(verification, reader.phrases)

        await self._delivery.send(make, reader)

    async def _send(
        self,
        wanted: QuoteId,
        reader: Reader,
        gone: str,
        changed: str,
        render: Callable[[Context], Card],
    ) -> None:
        async def make() -> Card:
            context = await self._pool.run(
                lambda coverage: coverage.context(wanted.article_key, wanted.span)
            )
            if context is None:
                return notice_card(gone)
            if not wanted.is_of(context.quote):
                return notice_card(changed)
            return render(replace(context, quote=wanted.mark_answer(context.quote)))

        await self._delivery.send(make, reader)
