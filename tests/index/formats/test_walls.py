"""A notice in place of an article, or after its opening, is not quoted; news about it is."""

import pytest

from index.formats.html_files import read_page
from index.formats.walls import is_notice, strip_walls

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
        "Wir und unsere Partner setzen Cookies.\nIhre Daten schützt unsere Datenschutzerklärung.",
        "Nous déposons des cookies chez vous.\nVos données personnelles restent chez nous.",
        "Utilizamos cookies en esta página.\nLea nuestra política de privacidad.",
        "Usiamo i cookie per i tuoi dati personali.",
        "Używamy plików cookie.\nNasza polityka prywatności mówi o tym więcej.",
        "Naše stránky používají cookies.\nVaše volba platí pro zpracování osobních údajů.",
        "Ми зберігаємо файли cookie.\nВаші персональні дані: про них політика конфіденційності.",
        "Мы захоўваем файлы cookie.\nПра гэта нашая палітыка прыватнасці.",
        "Çerezleri kullanıyoruz.\nGizlilik politikamızda daha fazlası var.",
        "Wij plaatsen cookies.\nOns privacybeleid legt het uit.",
        "Please turn on JS and any ad blocker off.",
        "You have been blocked.\nThe site is using a shield against automation tools.",
    ],
)
def test_notice_alone_is_no_article(notice):
    assert strip_walls(notice) == ""


@pytest.mark.parametrize(
    "paywall",
    [
        "Dieser Beitrag steht nur Abonnenten offen.\nJetzt abonnieren!",
        "Cet article est destiné aux abonnés.\nIl vous reste 80 % du texte.",
        "Este contenido es para suscriptores.\nSuscríbete por un euro.",
        "Questo contenuto è per gli abbonati.\nSei già abbonato?",
        "Ten tekst czytają subskrybenci.\nMasz już konto?",
        "Оформите подписку за рубль.\nУже есть подписка?",
        "Оформіть передплату за гривню.\nВже маєте передплату?",
        "Bu haber abonelere açıktır.\nZaten abone misin?",
        "You have 1 free article left.\nSign up now to keep reading.",
    ],
)
def test_notice_in_another_language_after_the_story_is_left_out(paywall):
    assert strip_walls(f"{STORY}\n{paywall}") == STORY


@pytest.mark.parametrize(
    "line",
    [
        "The post Pool shut appeared first on Alder Post.",
        "Сообщение Бассейн закрыт появились сначала на Ольховая почта.",
        "Der Beitrag Bad zu erschien zuerst auf Erlenpost.",
    ],
)
def test_signature_of_a_feed_is_left_out(line):
    assert strip_walls(f"{STORY}\n{line}") == STORY
    assert strip_walls(f"{line}\n{STORY}") == f"{line}\n{STORY}"


@pytest.mark.parametrize(
    ("headline", "line"),
    [
        ("Ouch!", "The page you were looking for is not here any more."),
        ("Ой!", "Запрашиваемая страница переехала."),
        ("Hoppla", "Die gesuchte Seite gibt es nicht."),
        ("502 Bad Gateway", "nginx"),
        ("429 Too Many Requests", "Slow down, please."),
        ("Сайт временно недоступен", "Скоро всё заработает."),
        ("Log in to the Alder Post", "Forgot your password?"),
        ("This story has been removed", "Read another one."),
        ("Attention required!", "One more step."),
        ("Redirecting…", "Click here if nothing happens."),
    ],
)
def test_page_that_says_so_is_a_notice(headline, line):
    assert is_notice(headline, f"{headline}\n{line}")


@pytest.mark.parametrize(
    ("headline", "line"),
    [
        ("500 service dogs trained", "They start work in May, the town hall said."),
        ("Сайт музея временно недоступен", "Об этом сообщили в мэрии."),
        ("В бассейне пройдут технические работы", "Об этом сообщили в мэрии."),
        ("Old bridge under maintenance", "It closes in May, the town hall said."),
        ("Pool removed", "The page of the pool says so, the town hall said."),
        ("Log in the river", "It blocked the ferry, the harbour said."),
    ],
)
def test_news_of_such_words_is_no_notice(headline, line):
    assert not is_notice(headline, f"{headline}\n{line}")


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
        "The dinner ended with cookies from Deinze.\nThe privacy of guests was kept.",
        "La piscine ferme.\nIl vous reste 3 jours pour nager.",
        "Das Gericht verbot die Cookies der Firma.\nDaten ihrer Kunden waren verkauft worden.",
        "Суд запретил файлы cookie.\nКомпания обжалует решение в мае.",
        "La régie a perdu un procès sur les cookies.\nLes données personnelles sont effacées.",
        "Gazeta traci prenumeratorów.\nTekst otwarty dla wszystkich pojawi się w maju.",
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
