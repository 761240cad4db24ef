"""Names and descriptions of the commands, in every language."""

from discord import Locale
from discord.app_commands import TranslationContextTypes, Translator, locale_str

from bot.wording.phrases import phrases_for


def command_text(phrase_id: str) -> locale_str:
    """Return a command's text in English, with the id by which it is translated."""
    return locale_str(phrases_for(None).say(phrase_id), phrase_id=phrase_id)


class CommandTranslator(Translator):
    """Translates a `command_text`; English is the default that Discord shows."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return the text for the locale, or None if the default applies."""
        phrases = phrases_for(locale)
        if phrases.language == "en" or "phrase_id" not in string.extras:
            return None
        return phrases.say(string.extras["phrase_id"])
