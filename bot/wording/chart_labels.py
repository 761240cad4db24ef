"""What is written on a chart, in the reader's language (pure)."""

from bot.wording.phrases import Phrases
from index.charts.monthly_counts import Labels, Spread


def labels_for(spread: Spread, phrases: Phrases, topic: str = "") -> Labels:
    """Return what is written on a picture of the articles on a topic, or of all of them."""
    dated = sum(spread.totals)
    is_by_month = spread.unit == "month"
    title = phrases.say("picture-by-month" if is_by_month else "picture-by-year", count=dated)
    if spread.undated:
        title += " · " + phrases.say("picture-undated", count=spread.undated)
    return Labels(
        f"{topic}: {title}" if topic else title,
        phrases.say("citation-outlet-unknown"),
        phrases.say("picture-others", count=spread.other_outlets),
    )
