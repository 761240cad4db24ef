"""A notice in place of an article, or after its opening, is not quoted; news about it is."""

import pytest

from index.formats.html_files import read_page
from index.formats.walls import strip_walls

STORY = (
    "The swimming pool on Mill Street will stay shut until May, the town hall said on Friday.\n"
    "Its roof leaks in two places, and the repair costs more than the town had put aside."
)
CONSENT = (
    "We respect your privacy and use cookies to measure how our pages are read.\n"
    "Together with our 31 partners we process personal data such as your address.\n"
    "You can change your consent at any time in the settings at the foot of the page."
)
PAYWALL = "To keep reading, take out a subscription.\nAlready a member? Sign in to continue."


@pytest.mark.parametrize(
    "notice",
    [
        CONSENT,
        "Мы используем файлы cookie, чтобы вам было удобнее.\nПродолжая, вы соглашаетесь с нашей "
        "политикой конфиденциальности.",
        "Please enable JavaScript to view this page.",
        "Checking your browser before you go on.\nAre you a robot?",
        "You seem to use an ad blocker.\nTurn it off for this site, please.",
        "This content is not available in your region.",
    ],
)
def test_notice_alone_is_no_article(notice):
    assert strip_walls(notice) == ""


@pytest.mark.parametrize(
    "text",
    [f"{CONSENT.splitlines()[0]}\n{STORY}", f"{STORY}\n{PAYWALL}", f"{STORY}\n{CONSENT[:74]}"],
)
def test_notice_before_or_after_the_story_is_left_out(text):
    assert strip_walls(text) == STORY


def test_sentence_that_a_paywall_broke_off_is_left_out():
    text = f"{STORY}\nThe mayor was sorry. She had hoped that the…\n{PAYWALL}"

    assert strip_walls(text) == f"{STORY}\nThe mayor was sorry."
    assert strip_walls(f"She had hoped that the…\n{PAYWALL}") == ""


@pytest.mark.parametrize(
    "text",
    [
        "The regulator fined the shop for its cookies.\nIts privacy notice hid half of them.",
        "“We value your privacy and use cookies,” the banner said.\nNobody reads it.",
        "The paper lost a tenth of its subscribers.\nOnline, readers now pay to read on.",
        "Tickets cost three pounds, the harbour said, but the story does not end there…",
        "Hackers got around the ad blockers of three browsers.\nAll three makers were told.",
    ],
)
def test_news_about_cookies_or_subscriptions_stays(text):
    assert strip_walls(text) == text


def page(body, head=""):
    return f'<html lang="en"><head><title>Pool shut</title>{head}</head><body>{body}</body></html>'


def paragraphs(text):
    return "".join(f"<p>{line}</p>" for line in text.splitlines())


def test_page_with_a_consent_box_gives_its_article():
    box = f'<div id="cookie-banner"><div>{paragraphs(CONSENT)}</div></div>'
    body = f"{box}<main><h1>Pool shut</h1>{paragraphs(STORY)}</main>"

    assert read_page(page(body)).text.endswith(STORY)
    assert "consent" not in read_page(page(body)).text


def test_page_with_a_paywall_keeps_the_paragraphs_before_it():
    body = f"<main><h1>Pool shut</h1>{paragraphs(STORY)}<div>{paragraphs(PAYWALL)}</div></main>"

    assert read_page(page(body)).text.endswith(STORY)


@pytest.mark.parametrize(
    "story", [CONSENT, f"The pool will stay shut until May, the town hall said of the…\n{PAYWALL}"]
)
def test_page_of_nothing_else_is_no_article(story):
    assert read_page(page(f"<main><h1>Pool shut</h1>{paragraphs(story)}</main>")) is None
