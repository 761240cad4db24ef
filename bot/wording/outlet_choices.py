"""Suggestions of outlets while a reader types (pure)."""

from collections.abc import Mapping

from bot.wording.phrases import Phrases

MAX_CHOICES = 25
MAX_CHOICE = 100  # characters, both of the text shown and of the value


def matching_outlets(outlets: Mapping[str, int], typed: str) -> list[str]:
    """Return the outlets that begin with the typed text, then those that contain it, in order.

    An outlet with a longer name than Discord allows is left out; it can still be typed in full.
    """
    wanted = " ".join(typed.casefold().split())
    choosable = {each: " ".join(each.casefold().split()) for each in outlets}
    holding = [
        each for each, name in choosable.items() if wanted in name and len(each) <= MAX_CHOICE
    ]
    # Sorting is stable, so that within both groups those with the most articles stay first.
    holding.sort(key=lambda each: not choosable[each].startswith(wanted))
    return holding[:MAX_CHOICES]


def outlet_choice(outlet: str, articles: int, phrases: Phrases) -> str:
    """Return the text for an outlet: with its number of articles, unless that is too long."""
    counted = phrases.say("choice-outlet", outlet=outlet, count=articles)
    return counted if len(counted) <= MAX_CHOICE else outlet
