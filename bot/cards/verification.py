"""What became of the words of a quote's code, as a card (pure)."""

from bot.cards.base import Card, notice_card
from bot.cards.context import context_card
from bot.cards.corrections import correction_card
from bot.wording.markup import escape
from bot.wording.phrases import Phrases
from index.answers.quote_codes import Finding, Verification


def verification_card(verification: Verification, phrases: Phrases) -> Card:
    """Return the card: one sentence, and below it the words in their context, if there are any.

    If the words before are known, it shows them and what replaced them.
    """
    if verification.correction is not None:
        return correction_card(verification.correction, phrases)
    sentence = _sentence(verification, phrases)
    context = verification.context
    if context is None:
        return notice_card(sentence)
    return context_card(context, phrases, sentence, is_quoted=verification.is_verbatim)


def not_a_code_card(typed: str, phrases: Phrases) -> Card:
    """Return the card that explains what a code looks like."""
    return notice_card(phrases.say("verify-no-code", typed=escape(typed)))


def _sentence(verification: Verification, phrases: Phrases) -> str:
    match verification.finding:
        case Finding.STANDS:
            return phrases.say("verify-stands")
        case Finding.MOVED:
            return phrases.say("verify-moved")
        case Finding.CHANGED:
            has_place = verification.context is not None
            return phrases.say("verify-changed" if has_place else "verify-changed-gone")
        case Finding.GONE:
            return phrases.say("verify-gone")
        case Finding.AMBIGUOUS:
            return phrases.say("verify-ambiguous", count=verification.articles)
