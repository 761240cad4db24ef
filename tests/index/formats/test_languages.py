"""An article's language is what it states, unless the text is surely in another one."""

import pytest

from index.formats.languages import find_language

ENGLISH = (
    "The ferry left the port at noon and came back in the evening. Two hundred people were on "
    "board, among them the mayor, who had waited for this day for nine years."
)
RUSSIAN = (
    "Паром вышел из порта в полдень и вернулся вечером. На борту было двести человек, среди них "
    "мэр города, которая ждала этого дня девять лет."
)
BELARUSIAN = (
    "Паром выйшаў з порта апоўдні і вярнуўся ўвечары. На борце было дзвесце чалавек, сярод іх "
    "мэр горада, якая чакала гэтага дня дзевяць гадоў."
)


@pytest.mark.parametrize(
    ("text", "language"), [(ENGLISH, "en"), (RUSSIAN, "ru"), (BELARUSIAN, "be")]
)
def test_language_of_the_text_is_found(text, language):
    assert find_language(text, None) == language


@pytest.mark.parametrize("stated", ["en", "en-US", "be", "German"])
def test_text_that_is_surely_in_another_language_goes_before_what_is_stated(stated):
    assert find_language(RUSSIAN, stated) == "ru"


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en-US", "en"),
        ("ru_RU", "ru"),
        (" Russian ", "ru"),
        ("Русский", "ru"),
        ("eng", "en"),
        ("zh-Hant-TW", "zh"),
        ("English", "en"),
    ],
)
def test_stated_language_is_believed_where_the_text_is_too_short(stated, language):
    assert find_language("M1.", stated) == language


@pytest.mark.parametrize("stated", [None, "", "x", "Elvish", "e-n", "12"])
@pytest.mark.parametrize("text", ["", "12:30", "M1.", "!?…", "\0\ufeff"])
def test_language_that_neither_tells_is_unknown(text, stated):
    assert find_language(text, stated) is None


def test_language_is_that_of_the_beginning():
    assert find_language(ENGLISH * 20 + RUSSIAN * 100, None) == "en"
