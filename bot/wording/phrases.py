"""All sentences of the bot, in the reader's language: `locales/*.ftl`, read by Fluent.

Syntax: https://projectfluent.org/fluent/guide/
"""

import logging
from functools import cache
from pathlib import Path

from discord import Guild, Locale
from fluent.runtime import FluentBundle, FluentResource

log = logging.getLogger(__name__)

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("en", "ru")


class PhraseError(LookupError):
    """A phrase is missing, or cannot be formatted with the given values."""


class Phrases:
    """The phrases of one language; English replaces those that are missing or broken."""

    def __init__(self, language: str) -> None:
        """Read the phrases; `language` is one of `LANGUAGES`."""
        self.language = language
        # No isolating marks: they would stand inside Discord's markup.
        self._bundle = FluentBundle([language], use_isolating=False)
        path = LOCALES / f"{language}.ftl"
        self._bundle.add_resource(FluentResource(path.read_text("utf-8")))

    def say(self, phrase_id: str, /, **values: str | int) -> str:
        """Return the phrase with these values, which the caller has escaped.

        Raises PhraseError if the English phrase is missing or broken too.
        """
        try:
            return self._format(phrase_id, values)
        except PhraseError as error:
            if self.language == "en":
                raise
            log.error("used the English phrase: %s", error)
            return _phrases("en").say(phrase_id, **values)

    def _format(self, phrase_id: str, values: dict[str, str | int]) -> str:
        pattern = self._bundle.has_message(phrase_id) and self._bundle.get_message(phrase_id).value
        if not pattern:
            raise PhraseError(f"no phrase {phrase_id} in {self.language}.ftl")
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise PhraseError(f"phrase {phrase_id} in {self.language}.ftl: {errors[0]}")
        return str(text)


def phrases_for(locale: Locale | None) -> Phrases:
    """Return the phrases for a reader's locale: Russian ones, or else English ones."""
    return _phrases("ru" if str(locale).startswith("ru") else "en")


def phrases_of(guild: Guild | None) -> Phrases:
    """Return the phrases for a message in this server; messages have no locale of their own."""
    return phrases_for(guild.preferred_locale if guild else None)


def phrases_in(language: str) -> Phrases:
    """Return the phrases of a language that was stored, English ones if it is no longer known."""
    return _phrases(language if language in LANGUAGES else "en")


@cache
def _phrases(language: str) -> Phrases:
    return Phrases(language)
