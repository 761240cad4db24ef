"""Text is read as it was written, in whatever encoding; what cannot be told is refused."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import NotTextError
from index.formats.decoding import decode, decode_page, find_stated

ENGLISH = [
    "“We waited nine years for this day,” the mayor said – and the crowd clapped.",
    "The café at the quay stayed open until ten o’clock, its naïve owner told the Post.",
    "Tickets cost £3; children travel free, the harbour’s office said on Monday.",
    "The bridge over the harbour is closed until the end of March… ½ of the lanes stay open.",
]
RUSSIAN = [
    "«Мы ждали этого дня девять лет», — сказала мэр города журналистам на набережной.",
    "Паром вышел из порта в полдень и вернулся к вечеру; на борту было двести человек.",
    "Мост через гавань закрыт до конца марта из-за ремонта опор, сообщили в мэрии г. Минска.",
    "Ёлку на площади установят раньше обычного — уже 1 декабря, подъезд будет закрыт.",
]
ANY_ENCODING = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]
BREAKS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", " "])


def read_or_refuse(data, stated=None):
    """The text, or None where it is refused."""
    try:
        return decode(data, stated)
    except NotTextError:
        return None


def texts(sentences):
    """One or more of the sentences, with line breaks of all kinds between them."""
    piece = st.tuples(st.sampled_from(sentences), BREAKS)
    return st.lists(piece, min_size=1, max_size=6).map(
        lambda pieces: "".join(sentence + end for sentence, end in pieces)
    )


@given(texts(ENGLISH + RUSSIAN), st.sampled_from(ANY_ENCODING))
def test_text_comes_back_from_every_unicode_encoding(text, encoding):
    assert decode(text.encode(encoding)) == text


@given(texts(ENGLISH))
def test_english_comes_back_from_windows_1252(text):
    assert decode(text.encode("cp1252")) == text


@given(texts(RUSSIAN), st.sampled_from(["cp1251", "koi8_r", "cp866"]))
def test_russian_comes_back_from_its_old_encodings(text, encoding):
    old = text.encode(encoding, "ignore")  # some lack a dash or a quotation mark

    assert decode(old) == old.decode(encoding)


@given(texts(RUSSIAN + ENGLISH[:1]))
def test_russian_with_english_speech_comes_back_from_windows_1251(text):
    assert decode((RUSSIAN[0] + text).encode("cp1251")) == RUSSIAN[0] + text


@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
@pytest.mark.parametrize("text", ["Да.", "Нет, не так.", "Паром ушёл.", "Мост закрыт"])
def test_very_short_russian_is_read_right_or_refused(text, encoding):
    assert read_or_refuse(text.encode(encoding)) in (text, None)


@pytest.mark.parametrize(
    "text", ["в полдень и вернулся к вечеру.", "мост закрыт до конца марта", "из порта в полдень"]
)
def test_lower_case_of_koi8_is_not_read_as_capitals_of_windows_1251(text):
    assert decode(text.encode("koi8_r")) == text


def test_short_text_with_a_unicode_mark_or_nuls_is_sure():
    assert decode("Да.".encode("utf-16")) == "Да."
    assert decode("Да, да".encode("utf-16-le")) == "Да, да"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_utf8_is_never_taken_for_something_else(text):
    assert decode(text.encode()) == re.sub("^\ufeff+", "", text, flags=re.MULTILINE)


@given(st.binary(max_size=300), st.sampled_from([None, "windows-1251", "utf-16", "gbk", "hex"]))
def test_any_bytes_give_text_without_new_replacement_characters_or_nothing(data, stated):
    text = read_or_refuse(data, stated) or ""

    assert "\ufffd" not in text or any(
        "\ufffd".encode(encoding) in data for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    )


class TestStated:
    def test_stated_encoding_is_believed_where_it_fits(self):
        text = "Prezydent podpisał ustawę o ochronie zabytków."

        assert decode(text.encode("cp1250"), "windows-1250") == text

    @pytest.mark.parametrize(
        ("text", "encoding", "stated"),
        [
            ("港口今天关闭，朱镕基说。", "gb18030", "GB2312"),  # the third last is none of GB2312
            ("“Köprü kapalı”, dedi ağabey.", "cp1254", "iso-8859-9"),
            ("橋は三月末まで閉鎖される①。", "cp932", "Shift_JIS"),
        ],
    )
    def test_label_means_what_it_means_on_the_web(self, text, encoding, stated):
        assert decode(text.encode(encoding), stated) == text

    def test_utf8_goes_before_what_is_stated(self):
        assert decode("Паром ушёл.".encode(), "windows-1251") == "Паром ушёл."

    @pytest.mark.parametrize("stated", ["iso-8859-1", "windows-1252", "utf-16", "hex", "no such"])
    def test_wrong_statement_is_not_believed(self, stated):
        assert decode(RUSSIAN[1].encode("cp1251"), stated) == RUSSIAN[1]

    def test_latin_1_means_windows_1252_as_on_the_web(self):
        assert decode("“Café”, he said".encode("cp1252"), "iso-8859-1") == "“Café”, he said"

    @pytest.mark.parametrize(
        ("page", "stated"),
        [
            (b'<!doctype html><head><meta charset="windows-1251">', "windows-1251"),
            (b"<META CHARSET=koi8-r>", "koi8-r"),
            (
                b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
                "windows-1252",
            ),
            (b'\n<?xml version="1.0" encoding="windows-1251"?><rss>', "windows-1251"),
            (b"<p>The charset=utf-8 of a page</p>", None),
            (b" " * 3000 + b"<meta charset=utf-8>", None),
            (b"", None),
        ],
    )
    def test_encoding_that_a_page_names_is_found(self, page, stated):
        assert find_stated(page) == stated


class TestPage:
    def test_encoding_that_the_page_states_is_believed(self):
        page = '<meta charset="windows-1250"><p>Prezydent podpisał ustawę o zabytkach.</p>'

        assert decode_page(page.encode("cp1250")) == page

    def test_encoding_that_its_sender_states_goes_first(self):
        page = '<meta charset="windows-1252"><p>Prezydent podpisał ustawę o zabytkach.</p>'

        assert decode_page(page.encode("cp1250"), "windows-1250") == page

    def test_what_cannot_be_read_is_marked(self):
        assert decode_page("Мост".encode()[:-1]) == "Мос\ufffd"

    def test_binary_data_is_refused(self):
        with pytest.raises(NotTextError, match=r"^a PDF document"):
            decode_page(b"%PDF-1.7")


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"%PDF-1.7\nstream", "a PDF document, not text"),
            (b"PK\x03\x04\x14\0\0\0", "a ZIP archive (.docx and .epub are such), not text"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "an image, not text"),
            (gzip.compress(b"Text.", mtime=0), "a gzip archive, not text"),
            (b"{\\rtf1 Text.}", "an RTF document, not text"),
            (b"\x7fELF\x02\x01\x01" + b"\0" * 9 + b"\xc8\xff\x13", "binary data, not text"),
            (b"The ferry left." + b"\0" * 500, "binary data, not text"),
            (bytes(range(1, 255)), "binary data, not text"),
        ],
    )
    def test_binary_data_is_refused_with_one_reason(self, data, reason):
        with pytest.raises(NotTextError, match=f"^{re.escape(reason)}"):
            decode(data)

    def test_damaged_utf8_is_not_read_as_another_encoding(self):
        cut = RUSSIAN[0].encode()[:-1] + b"\xd0"

        with pytest.raises(NotTextError, match=r"^damaged UTF-8 \(byte \d+\): save it as UTF-8"):
            decode(cut)

    def test_damaged_utf16_is_refused(self):
        with pytest.raises(NotTextError, match=r"^damaged UTF-16 "):
            decode("Паром".encode("utf-16")[:-1])

    def test_text_that_fits_no_encoding_is_refused(self):
        with pytest.raises(NotTextError, match=r"^not UTF-8 \(byte 0\) and no other encoding"):
            decode("橋は三月末まで閉鎖される。".encode("cp932"))
