"""The dateline that opens a wire story gives place, day and outlet."""

import pytest

from index.dates.partial_date import PartialDate
from index.readers.datelines import Dateline, read_dateline


@pytest.mark.parametrize(
    ("text", "place", "outlet", "published"),
    [
        ("YEREVAN, 23 November (BelTA) – Talks began.", "YEREVAN", "BelTA", "--11-23"),
        ("MINSK (Reuters) - Talks began.", "MINSK", "Reuters", None),
        ("NUR-SULTAN, Jan 19, 2022 (AP) — Talks began.", "NUR-SULTAN", "AP", "2022-01-19"),
        ("PARIS/ROME, May 5 (Coast Wire) -- Talks began.", "PARIS/ROME", "Coast Wire", "--05-05"),
        ("St. John's, 5 May (Coast Wire) – Talks began.", "St. John's", "Coast Wire", "--05-05"),
        ("МИНСК, 23 ноября (БелТА) – Talks began.", "МИНСК", "БелТА", "--11-23"),
    ],
)
def test_dateline_is_read_up_to_the_story(text, place, outlet, published):
    assert read_dateline(text) == Dateline(
        place, outlet, published and PartialDate.parse(published), text.index("Talks")
    )


def test_dateline_is_read_at_a_position():
    text = "Headline\n\n  MINSK, 5 May (Coast Wire) – Talks began."

    assert read_dateline(text) is None
    assert read_dateline(text, 8) == Dateline(
        "MINSK", "Coast Wire", PartialDate(None, 5, 5), text.index("Talks")
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The talks began in Minsk.",
        "YEREVAN – The host stayed away.",
        "minsk (Coast Wire) – lower case is no place.",
        "MINSK (Coast Wire) –no space behind the dash.",
        "The 3 boats (old) – all of them – were sold.",
    ],
)
def test_other_openings_are_no_dateline(text):
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "President Okafor (pictured) – in office since May – signed.",
        "Belarus (population 9 million) – a neighbour – agreed.",
        "He said (laughing) – no.",
    ],
)
def test_aside_in_brackets_is_no_outlet(text):
    assert read_dateline(text) is None
