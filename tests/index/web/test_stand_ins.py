"""What a site serves instead of an article is told from the article."""

import pytest
from yarl import URL

from index.formats.html_files import Page
from index.web.stand_ins import why_no_article
from tests.news_site import STORY

FOUND = URL("https://coast.example/2024/bridge")
NOTICE = "Please check the address, or go back to the start and use the search there."


def page(headline: str | None, text: str = NOTICE) -> Page:
    return Page(text, headline, None, None, None, None, None)


@pytest.mark.parametrize(
    "headline",
    [
        "404",
        "Error 404",
        "404 – Coast Wire",
        "Not found",
        "Page Not Found",
        "Oops! That page can’t be found.",
        "This story is no longer available",
        "The page you requested does not exist",
        "We couldn't find that page",
        "Seite nicht gefunden",
        "Page introuvable",
        "Página no encontrada",
        "Nie znaleziono strony",
        "Ошибка 404",
        "Страница не найдена",
        "Запрашиваемая страница удалена или не существует",
        "Сторінку не знайдено",
        "Старонка не знойдзена",
        "Access denied",
        "Just a moment...",
        "Are you a robot?",
    ],
)
def test_notice_is_no_article(headline):
    reason = f"no article, but a notice: “{headline}”"

    assert why_no_article(page(headline), FOUND, None) == reason
    assert why_no_article(page(None, f"{headline}\n{NOTICE}"), FOUND, None) == reason


@pytest.mark.parametrize(
    "headline",
    [
        "Ferry not found after storm",
        "Missing page of the harbour’s log book turns up",
        "404 people rescued from ferry",
        "Flight 410 lands safely",
        "Страница истории перевёрнута",
        "Judge denied access to the harbour",
        "Robots are coming",
    ],
)
def test_news_is_an_article_whatever_its_headline_says(headline):
    assert why_no_article(page(headline), FOUND, headline) is None


def test_long_article_about_missing_pages_is_an_article():
    text = "\n".join(STORY * 5)

    assert why_no_article(page("Page not found: how links die", text), FOUND, None) is None


def test_page_without_a_word_of_the_listed_headline_is_another():
    listed = "Ferry fares rise to 12 marks"

    reason = why_no_article(page("Welcome back", "Log in to continue, or register."), FOUND, listed)

    assert reason == (
        "another page than the feed lists: no word of its headline is on “Welcome back”"
    )


@pytest.mark.parametrize(
    ("headline", "text", "listed"),
    [
        ("Fares go up", "The ferry costs more.", "Ferry fares rise to 12 marks"),
        ("Harbour in the snow", "White roofs.", "Photo of the day"),
        ("Welcome", "\n".join(STORY * 5), "Ferry fares rise to 12 marks"),
        ("Welcome", "Log in.", None),
    ],
    ids=["other words of it", "too few to tell", "long", "unlisted"],
)
def test_page_that_may_be_the_listed_one_is_an_article(headline, text, listed):
    assert why_no_article(page(headline, text), FOUND, listed) is None


@pytest.mark.parametrize("address", ["", "/index.html", "/ru/"])
def test_front_page_is_no_article(address):
    reason = why_no_article(
        page("Bridge opens", "\n".join(STORY * 5)), URL(f"https://coast.example{address}"), None
    )

    assert reason == "the front page of a site, no article: name its feed or sitemap"
