"""What an export lost or made up shows in the articles as a whole."""

from datetime import date

import pytest

from index.build.input_check import InputCheck
from index.dates.partial_date import PartialDate
from index.models import Article

TODAY = date(2024, 3, 14)
SOUND = Article(
    id="a",
    text="The bridge opened.",
    headline="Bridge opens",
    outlet="Coast Wire",
    url="https://coast.example/a",
    published=PartialDate(2024, 3, 14),
    language="en",
)
ENGLISH = frozenset({"en"})


def findings(*articles: Article, readable: frozenset[str] | None = ENGLISH) -> list[str]:
    check = InputCheck(TODAY)
    for article in articles:
        check.add(article)
    return list(check.findings("small-model", readable))


def changed(**fields: str | None) -> Article:
    values = {name: getattr(SOUND, name) for name in SOUND.__slots__}
    return Article(**{**values, **fields})


def test_sound_articles_give_no_finding():
    assert findings(SOUND, changed(id="b", url="https://coast.example/b")) == []


def test_no_articles_give_no_finding():
    assert findings() == []


@pytest.mark.parametrize(
    ("field", "name"), [("published", "date"), ("outlet", "outlet"), ("url", "address")]
)
def test_missing_fields_are_counted(field, name):
    assert findings(SOUND, SOUND, changed(**{field: None})) == [
        f"1 of 3 articles (33%) have no {name}"
    ]


@pytest.mark.parametrize(
    "published",
    [
        "0001-01-01",
        "1899-12-31",
        "1899",
        "2024-03-16",
        "2024-04",
        "2025",
        "2099-01-01T10:00:00+00:00",
    ],
)
def test_impossible_date_is_named_with_its_article(published):
    assert findings(SOUND, changed(id="wire/7", published=PartialDate.parse(published))) == [
        f"1 of 2 articles (50%) are dated outside 1900 to 2024-03-15: wire/7 ({published})"
    ]


@pytest.mark.parametrize(
    "published", ["1900-01-01", "1900", "2024", "2024-03", "2024-03-15", "--03-14"]
)
def test_possible_date_is_no_finding(published):
    assert findings(changed(published=PartialDate.parse(published))) == []


def test_more_examples_than_three_are_counted():
    articles = [
        changed(id=str(n), url=f"https://x.example/{n}", published=PartialDate(9999))
        for n in range(5)
    ]

    (line,) = findings(*articles)

    assert line.endswith(": 0 (9999), 1 (9999), 2 (9999) and 2 more")


def test_address_of_many_articles_is_named():
    articles = [changed(id=str(n), url="https://coast.example/") for n in range(5)]

    assert findings(*articles[:4]) == []
    assert findings(*articles) == [
        "1 addresses are those of 5 or more articles each: https://coast.example/ (5)"
    ]


@pytest.mark.parametrize("end", ["…", "...", " […]\n", " [+1234 chars]"])
def test_excerpts_are_counted(end):
    assert findings(SOUND, changed(text=f"The bridge{end}")) == [
        "1 of 2 articles (50%) end in “…”, as excerpts do"
    ]


class TestLanguage:
    RUSSIAN = changed(language="ru")

    def test_languages_of_most_articles_that_the_model_does_not_read_are_named(self):
        spanish = changed(language="es")

        assert findings(self.RUSSIAN, spanish, self.RUSSIAN, SOUND) == [
            "3 of 4 articles (75%) are in languages (ru, es) that the embedding model small-model "
            "was not trained on, so answers and refusals are poor: set EMBEDDING_MODEL to a "
            "multilingual model, see docs/operating.md"
        ]

    def test_language_of_half_of_the_articles_is_no_finding(self):
        assert findings(self.RUSSIAN, SOUND) == []

    def test_model_that_reads_it_is_no_finding(self):
        assert findings(self.RUSSIAN, readable=frozenset({"en", "ru"})) == []

    def test_model_of_unknown_languages_is_no_finding(self):
        assert findings(self.RUSSIAN, readable=None) == []


@pytest.mark.parametrize(
    ("text", "codec"),
    [("The ferry’s crew “left”.", "cp1252"), ("Le café a fermé.", "cp1252"), ("Паром", "cp1251")],
)
def test_letters_that_were_misread_before_are_counted(text, codec):
    misread = text.encode().decode(codec, "ignore")

    assert findings(SOUND, changed(id="b", text=misread, url="https://b.example")) == [
        "1 of 2 articles (50%) have letters that were misread before, such as “â€™”: b"
    ]
    assert findings(changed(text=text)) == []


@pytest.mark.parametrize("text", ["São Paulo e Ã", "РСФСР и СССР, РЖД", "Â £5 – “a lot”"])
def test_rare_letters_are_no_finding(text):
    assert findings(changed(text=text)) == []
