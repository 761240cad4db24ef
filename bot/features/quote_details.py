"""A quote on a card, or its code → its context, its citation to be copied, what became of it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.base import Card, notice_card
from bot.cards.context import context_card
from bot.cards.copy_citation import citation_card
from bot.cards.corrections import check_card, correction_card
from bot.cards.custom_ids import CiteId, ContextId
from bot.cards.state import ShownQuote
from bot.cards.verification import not_a_code_card, verification_card
from bot.runtime.coverage_pool import CoveragePool
from bot.runtime.delivery import Delivery, Reader
from index.answers.context import Context
from index.answers.corrections import Correction
from index.answers.quote_codes import QuoteCode
from index.coverage import Coverage
from index.errors import QuoteCodeError


class QuoteDetails:
    """Shows more of a quote, as long as the coverage contains its article as it was quoted."""

    def __init__(self, pool: CoveragePool, delivery: Delivery) -> None:
        self._pool = pool
        self._delivery = delivery

    async def context(self, wanted: ContextId, words: str, reader: Reader) -> None:
        """Send the quote inside its paragraphs or, if its article changed, what became of it.

        `words` are those that the card shows, if they could be read.
        """
        phrases = reader.phrases

        def find(coverage: Coverage) -> Context | Correction | None:
            context = coverage.context(wanted.article_key, wanted.span)
            if words and (context is None or not wanted.is_of(context.quote)):
                return coverage.correction(wanted.article_key, wanted.text_hash, wanted.span, words)
            return context

        async def make() -> Card:
            found = await self._pool.run(find)
            if isinstance(found, Correction):
                return correction_card(found, phrases)
            if found is None:
                return notice_card(phrases.say("context-article-gone"))
            if not wanted.is_of(found.quote):
                return notice_card(phrases.say("context-article-changed"))
            return context_card(replace(found, quote=wanted.mark_answer(found.quote)), phrases)

        await self._delivery.send(make, reader)

    async def check(self, shown: Sequence[ShownQuote], reader: Reader) -> None:
        """Send what became of the quotes of a card."""

        def find(coverage: Coverage) -> list[Correction]:
            return [
                coverage.correction(
                    each.id.article_key, each.id.text_hash, each.id.span, each.words
                )
                for each in shown
            ]

        async def make() -> Card:
            corrections = await self._pool.run(find)
            citations = (each.citation for each in shown)
            return check_card([*zip(corrections, citations, strict=True)], reader.phrases)

        await self._delivery.send(make, reader)

    async def cite(self, wanted: CiteId, reader: Reader) -> None:
        """Send the quote with its citation, to be copied, or why that is not possible."""
        phrases = reader.phrases

        async def make() -> Card:
            context = await self._pool.run(
                lambda coverage: coverage.context(wanted.article_key, wanted.span)
            )
            if context is None:
                return notice_card(phrases.say("citation-article-gone"))
            if not wanted.is_of(context.quote):
                return notice_card(phrases.say("citation-article-changed"))
            return citation_card(wanted.mark_answer(context.quote), phrases)

        await self._delivery.send(make, reader)

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
