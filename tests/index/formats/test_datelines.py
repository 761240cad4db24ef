"""The dateline that opens a wire story gives place, day and outlet."""

import pytest

from index.dates.partial_date import PartialDate
from index.formats.datelines import Dateline, read_dateline


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
        "MINSK (Coast Wire) –no space after the dash.",
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


@pytest.mark.parametrize(
    ("text", "place", "outlet", "published"),
    [
        ("LVIV, Ukraine (AP) — Talks began.", "LVIV, Ukraine", "AP", None),
        ("TRIESTE (AP) _ Talks began.", "TRIESTE", "AP", None),
        ("May 5 (Reuters) - Talks began.", None, "Reuters", "--05-05"),
        ("(Reuters) - Talks began.", None, "Reuters", None),
        ("Kassel (dpa) - Talks began.", "Kassel", "dpa", None),
        ("Lyon (AFP) – Talks began.", "Lyon", "AFP", None),
        ("GRODNO, May 5 (BelTA). – Talks began.", "GRODNO", "BelTA", "--05-05"),
        ("ODESA. May 5 (Interfax-Ukraine) – Talks began.", "ODESA", "Interfax-Ukraine", "--05-05"),
        ("PUNE, May 5 (PTI) Talks began.", "PUNE", "PTI", "--05-05"),
        ("SOCHI, May 5. /TASS/. Talks began.", "SOCHI", "TASS", "--05-05"),
        ("Ganja, Azerbaijan, May 5 /Trend/ - Talks.", "Ganja, Azerbaijan", "Trend", "--05-05"),
        ("5 мая, Брест /Корр. БЕЛТА/. Talks began.", "Брест", "БЕЛТА", "--05-05"),
        ("СОЧИ, 5 мая 2022 года. /ТАСС/. Talks began.", "СОЧИ", "ТАСС", "2022-05-05"),
        ("Псков. 5 мая. ИНТЕРФАКС.RU - Talks began.", "Псков", "ИНТЕРФАКС.RU", "--05-05"),
        ("ALMATY. KAZINFORM – Talks began.", "ALMATY", "KAZINFORM", None),
        ("GYUMRI, MAY 5, ARMENPRESS. Talks began.", "GYUMRI", "ARMENPRESS", "--05-05"),
        ("КАЗАНЬ, 5 мая - РИА Новости. Talks began.", "КАЗАНЬ", "РИА Новости", "--05-05"),
        ("OSLO, Thursday (Reuters) – Talks began.", "OSLO", "Reuters", None),
        ("Graz (APA) - Talks began.", "Graz", "APA", None),
        ("Bonn/Lemberg (dpa) - Talks began.", "Bonn/Lemberg", "dpa", None),
        ("ШЫМКЕНТ, 5 мая — Sputnik. Talks began.", "ШЫМКЕНТ", "Sputnik", "--05-05"),
        ("SHIRAZ, May 5, IRNA - Talks began.", "SHIRAZ", "IRNA", "--05-05"),
        ("Brno 5. května (ČTK) - Talks began.", "Brno", "ČTK", "--05-05"),
        ("Kaunas, gegužės 5 d. (BNS). Talks began.", "Kaunas", "BNS", "--05-05"),
        ("ЛЬВІВ. 5 травня. УНН. Talks began.", "ЛЬВІВ", "УНН", "--05-05"),
        ("KHUJAND, May 5, 2022, Asia-Plus – Talks began.", "KHUJAND", "Asia-Plus", "2022-05-05"),
        ("BOSTON--(BUSINESS WIRE)--Talks began.", "BOSTON", "BUSINESS WIRE", None),
        ("Lima CNN — Talks began.", "Lima", "CNN", None),
        ("CNN — Talks began.", None, "CNN", None),
        ("LODZ, Poland (RFE/RL) — Talks began.", "LODZ, Poland", "RFE/RL", None),
    ],
)
def test_forms_of_the_agencies_are_read(text, place, outlet, published):
    day = PartialDate.parse(published) if published else None

    assert read_dateline(text) == Dateline(place, outlet, day, text.index("Talks"))


@pytest.mark.parametrize(
    "text",
    [
        "URGENT (CORRECTED) - Talks began.",
        "OSLO (UPDATE 2) - Talks began.",
        "OSLO, May 5 (Thursday) – Talks began.",
        "(Video) - Talks began.",
        "МИНСК (ОБНОВЛЕНО) – Talks began.",
        "Petrov, 45 (Labour) – the member for Oslo – left.",
        "Agence France-Presse (AFP) – which is old – left.",
        "The EU. NATO - an ally - left.",
        "КАЗАНЬ, 5 мая - Министр приехал. Он там.",
        "Oslo, May 5 (Labour) the party left.",
        "By Jo Doe OSLO, May 5 (Reuters) - Talks began.",
        "The island (map) – Talks began.",
        "It came by post. Report – Talks began.",
        "The stage (spa) - Talks began.",
    ],
)
def test_what_only_looks_like_a_dateline_names_no_outlet(text):
    assert read_dateline(text) is None
