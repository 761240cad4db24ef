"""The encoding of old bytes is told by the language that they then spell, or it is unknown."""

import pytest

from index.errors import NotTextError, UnknownEncodingError
from index.formats.decoding import decode

CZECH = "Řidič autobusu při nehodě utrpěl lehká zranění, sdělila mluvčí záchranářů."
SLOVAK = "Minister povedal, že nová diaľnica bude dokončená neskôr, než sľubovali."
POLISH = "„Nie będziemy czekać dłużej”, powiedział rzecznik związkowców z portu."
HUNGARIAN = "Az árvíz több száz házat öntött el, a lakókat még éjjel kitelepítették."
CROATIAN = "Vatrogasci su cijelu noć gasili požar, vozači će morati čekati."
ROMANIAN = "Pompierii au stins focul în timpul nopţii şi nimeni nu a fost rănit."
TURKISH = "Yağış nedeniyle okullar bugün tatil edildi, işçiler ise çalıştı."
LITHUANIAN = "Gaisrą gesino visą naktį, žmonės nenukentėjo, pranešė ugniagesiai."
ICELANDIC = "Slökkviliðið slökkti eldinn og enginn slasaðist, að sögn lögreglu."
FRENCH = "Les élèves ont été évacués dès l’aube, a précisé la préfecture."
GERMAN = "Die Feuerwehr löschte den Brand; „verletzt wurde niemand“, hieß es später."
SPANISH = "El alcalde señaló que mañana habrá reunión; ¿quién pagará los daños?"
ENGLISH = "“We waited,” the harbour’s owner said — the café’s band didn’t play…"
RUSSIAN = "Паром вышел из порта в полдень, сообщили журналистам на набережной."
UKRAINIAN = "Міський голова повідомив, що міст відкриють раніше, ніж очікували."
BELARUSIAN = "Паром выйшаў з порта апоўдні і вярнуўся ўвечары, паведамілі ў порце."


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        (CZECH, "cp1250 iso8859-2 mac-latin2"),
        (SLOVAK, "cp1250 iso8859-2"),
        (POLISH, "cp1250 mac-latin2"),
        (HUNGARIAN, "cp1250 iso8859-2"),
        (CROATIAN, "cp1250"),
        (ROMANIAN, "cp1250"),
        (TURKISH, "cp1254"),
        (LITHUANIAN, "cp1257"),
        (ICELANDIC, "cp1252"),
        (FRENCH, "cp1252 mac-roman"),
        (GERMAN, "cp1252 mac-roman"),
        (SPANISH, "cp1252 mac-roman"),
        (ENGLISH, "cp1252 mac-roman"),
        (RUSSIAN, "cp1251 koi8-r cp866 iso8859-5 mac-cyrillic"),
        (UKRAINIAN, "cp1251 koi8-u mac-cyrillic"),
        (BELARUSIAN, "cp1251 mac-cyrillic"),
    ],
)
def test_text_comes_back_from_the_old_encodings_of_its_language(text, encodings):
    for encoding in encodings.split():
        assert decode(text.encode(encoding)) == text, encoding


@pytest.mark.parametrize("text", [CZECH, TURKISH, POLISH, HUNGARIAN, LITHUANIAN])
def test_label_that_software_states_unasked_is_not_believed_before_the_letters(text):
    encoding = {TURKISH: "cp1254", LITHUANIAN: "cp1257"}.get(text, "cp1250")

    for label in ("iso-8859-1", "windows-1252", "us-ascii"):
        assert decode(text.encode(encoding), label) == text


def test_label_that_software_states_unasked_decides_if_the_letters_do_not():
    text = "Ørsted"

    assert decode(text.encode("cp1252"), "iso-8859-1") == text


@pytest.mark.parametrize("text", [CZECH, TURKISH, FRENCH, ENGLISH, RUSSIAN])
def test_piece_of_four_words_is_read_right_or_refused(text):
    words = text.split()
    encoding = {CZECH: "cp1250", TURKISH: "cp1254", RUSSIAN: "cp1251"}.get(text, "cp1252")

    for start in range(len(words) - 3):
        piece = " ".join(words[start : start + 4])
        try:
            assert decode(piece.encode(encoding)) == piece
        except UnknownEncodingError:
            continue


def test_markup_around_a_text_does_not_make_it_english():
    page = f'<html><head><title>The news of the day</title></head><p class="story">{CZECH}</p>'

    assert decode(page.encode("cp1250")) == page


@pytest.mark.parametrize(
    "data",
    [
        "Η φωτιά έσβησε τη νύχτα και κανείς δεν τραυματίστηκε.".encode("cp1253"),
        "הגשר ייסגר עד האביב בגלל עבודות.".encode("cp1255"),
        "橋は三月末まで閉鎖される。".encode("cp932"),
    ],
)
def test_language_that_nobody_here_reads_is_refused_and_not_guessed(data):
    with pytest.raises(NotTextError):
        decode(data)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("У порту чекають на її повернення, бо поїздки дешеві.", "cp1125"),
        (TURKISH, "mac-turkish"),
        ("La jetée a fermé à midi, a annoncé le port.", "cp850"),
    ],
)
def test_encoding_that_is_not_known_is_not_taken_for_its_neighbour(text, encoding):
    with pytest.raises(UnknownEncodingError):
        decode(text.encode(encoding))
