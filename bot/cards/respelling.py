"""Names that are searched for as the coverage spells them (pure)."""

from collections.abc import Iterable

from bot.cards.citation import clip
from bot.wording.markup import escape
from bot.wording.phrases import Phrases


def respelling_lines(names: Iterable[str], phrases: Phrases) -> list[str]:
    """Return the line with the names in the spelling of the coverage; none without names."""
    shown = ", ".join(escape(clip(name)) for name in names)
    return [phrases.say("answer-respelt", names=shown)] if shown else []
