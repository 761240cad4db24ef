"""Commands' names and descriptions in the languages of the phrases, for Discord to show."""

from discord import Locale
from discord.app_commands import TranslationContextTypes, Translator, locale_str

from bot.wording.phrases import phrases_for


def command_text(phrase_id: str) -> locale_str:
    """Return a command's text: in English, with what `CommandTranslator` needs for the others."""
    return locale_str(phrases_for(None).say(phrase_id), phrase_id=phrase_id)


class CommandTranslator(Translator):
    """Says a `command_text` in other languages; English is what Discord shows by default."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return the text for the locale, or None where it is the default one."""
        phrases = phrases_for(locale)
        if phrases.language == "en" or "phrase_id" not in string.extras:
            return None
        return phrases.say(string.extras["phrase_id"])
