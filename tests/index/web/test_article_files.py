"""An article's file says what was extracted, reads back equal, and is there whole or not at all."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.partial_date import PartialDate
from index.errors import FetchError
from index.formats.folders import iter_articles
from index.formats.html_files import Page
from index.models import Article
from index.web.article_files import ArticleFolder, Kept

ADDRESS = "https://coast.example/bridge"
PAGE = Page(
    text="The bridge opened.\nIt is red.",
    headline="Bridge opens: “at last”",
    outlet="Coast Wire",
    author="Test Author",
    published=PartialDate.parse("2024-03-14T09:30:00+03:00"),
    url=ADDRESS,
    language="en",
)


def read_back(path: Path) -> Article:
    ((_, article),) = iter_articles([path])
    assert isinstance(article, Article), article
    return article


def add(folder: Path, page: Page = PAGE, address: str = ADDRESS) -> Path:
    return ArticleFolder(folder).add(page, address)


def test_article_reads_back_as_it_was_written(tmp_path):
    path = add(tmp_path)

    assert read_back(path) == Article(
        id="2024-03-14-bridge-opens-at-last",
        text=PAGE.text,
        headline="Bridge opens: “at last”",
        outlet="Coast Wire",
        url=ADDRESS,
        published=PartialDate.parse("2024-03-14T09:30:00+03:00"),
        language="en",
        author="Test Author",
    )


def test_what_is_unknown_is_left_out(tmp_path):
    path = add(tmp_path, Page("The bridge opened.", None, None, None, None, None, None))

    assert path.read_text("utf-8") == f"---\nurl: {ADDRESS}\n---\nThe bridge opened."


def test_each_field_is_one_line(tmp_path):
    headline = "bridge " * 50 + "opens"

    path = add(tmp_path, replace(PAGE, headline=headline))

    assert f"\ntitle: {headline}\n" in path.read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "---\nThe bridge opened.",
        "---\ntitle: No\n---\nThe bridge opened.",
        "# The bridge\nopened.",
        "\n\n  The bridge opened.\n\n",
        "The bridge\r\nopened.\rAt last.\u2028Yes.",
        "Мост открыт. 🚢",
        "The bridge\x00 opened.\x1c",
    ],
)
def test_text_is_kept_to_the_last_character(tmp_path, text):
    article = read_back(add(tmp_path, replace(PAGE, text=text)))

    assert (article.text, article.headline) == (text, PAGE.headline)


ANY_LINE = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=60
)
# A byte order mark at the start of a line comes of files put together: reading leaves it out.
ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=200
).filter(str.strip)


@given(ANY_LINE, ANY_LINE, ANY_TEXT)
def test_any_words_read_back_equal(tmp_path_factory, headline, author, text):
    page = replace(PAGE, headline=headline, author=author, text=text)

    article = read_back(add(tmp_path_factory.mktemp("any"), page))

    assert article.text == text
    assert article.author == (" ".join(author.split()) or None)
    if headline.split():
        assert article.headline == " ".join(headline.split())


@pytest.mark.parametrize(
    "headline",
    [
        "yes",
        "3.14",
        "2024-03-14",
        "- a",
        "a: b # c",
        "'",
        '"',
        "---",
        "*x",
        "&a",
        "!t",
        "%",
    ],
)
def test_headline_that_looks_like_yaml_is_a_headline(tmp_path, headline):
    assert read_back(add(tmp_path, replace(PAGE, headline=headline))).headline == headline


@pytest.mark.parametrize(
    "published",
    [None, "2024", "2024-03", "2024-03-14", "2024-03-14T09:30:00+00:00", "--03-14"],
)
def test_date_reads_back_equal(tmp_path, published):
    published = published and PartialDate.parse(published)
    assert read_back(add(tmp_path, replace(PAGE, published=published))).published == published


def test_half_a_character_does_not_stop_the_work(tmp_path):
    folder = ArticleFolder(tmp_path)
    page = replace(PAGE, text="Half \ud83d of it.", headline="Half \ud83d")

    path = folder.add(page, ADDRESS)

    assert read_back(path).text == "Half \ufffd of it."
    assert folder.replace(ADDRESS, page) is Kept.UNCHANGED


EXCERPT = replace(PAGE, text="The bridge opened on Monday.\nIt is red, and the mayor […]")


def test_article_that_a_build_would_skip_is_refused_with_its_reason(tmp_path):
    with pytest.raises(FetchError) as refused:
        add(tmp_path, EXCERPT)

    assert refused.value.address == ADDRESS
    assert refused.value.reason.startswith("the text is cut off")
    assert list(tmp_path.iterdir()) == []


def test_excerpt_does_not_replace_an_article(tmp_path):
    folder = ArticleFolder(tmp_path)
    path = folder.add(PAGE, ADDRESS)

    with pytest.raises(FetchError, match="the text is cut off"):
        folder.replace(ADDRESS, EXCERPT)

    assert read_back(path).text == PAGE.text


class TestNames:
    @pytest.mark.parametrize(
        ("headline", "published", "name"),
        [
            ("The Headline", "2022-11-23T09:30:00+03:00", "2022-11-23-the-headline"),
            ("It's “here”: now!", "2022-11-23", "2022-11-23-it-s-here-now"),
            ("Мост открыт", "2022-11-23", "2022-11-23-most-otkryt"),
            ("Bridge", "2022-11", "2022-11-bridge"),
            ("Bridge", "2022", "2022-bridge"),
            ("Bridge", "--11-23", "bridge"),
            ("Bridge", None, "bridge"),
            (None, None, "the-bridge-opened-it-is-red"),
            ("🚢", "2022-11-23", "2022-11-23-article"),
            ("CON", None, "article-con"),
            ("con", "2022-11-23", "2022-11-23-con"),
            ("../../etc/passwd", None, "etc-passwd"),
            ("C:\\Windows\\x", None, "c-windows-x"),
            (".hidden", None, "hidden"),
            ("a\x00b\n\u202ec", None, "a-b-c"),
        ],
    )
    def test_file_is_named_by_day_and_headline(self, tmp_path, headline, published, name):
        known = published and PartialDate.parse(published)
        path = add(tmp_path, replace(PAGE, headline=headline, published=known))

        assert path.parent == tmp_path
        assert path.stem == name

    @given(ANY_LINE)
    def test_name_is_safe_on_any_file_system(self, tmp_path_factory, headline):
        folder = tmp_path_factory.mktemp("names")

        path = add(folder, replace(PAGE, headline=headline * 50, published=None))

        assert path.parent == folder
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,100}\.md", path.name)
        assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)\.md", path.name)

    def test_same_name_gets_a_mark_of_the_address(self, tmp_path):
        folder = ArticleFolder(tmp_path)

        first = folder.add(PAGE, ADDRESS)
        second = folder.add(PAGE, f"{ADDRESS}-2")
        third = ArticleFolder(tmp_path).add(PAGE, f"{ADDRESS}-3")

        assert first.stem == "2024-03-14-bridge-opens-at-last"
        assert re.fullmatch(first.stem + "-[0-9a-f]{8}", second.stem)
        assert len({first, second, third}) == 3
        assert {read_back(path).url for path in (first, second, third)} == {
            ADDRESS,
            f"{ADDRESS}-2",
            f"{ADDRESS}-3",
        }


class TestFolder:
    def test_folder_is_made(self, tmp_path):
        ArticleFolder(tmp_path / "new" / "articles")

        assert (tmp_path / "new" / "articles").is_dir()

    def test_articles_are_found_by_address_whoever_wrote_them(self, write_files):
        folder = write_files(
            {
                "sub/a.md": f"---\nurl: {ADDRESS}\n---\nThe bridge opened.",
                "b.jsonl": '{"text": "It is red.", "url": "https://coast.example/red"}\n',
                "broken.md": b"\xff",
            }
        )

        found = ArticleFolder(folder)

        assert found.own_file(ADDRESS) == folder / "sub" / "a.md"
        assert "https://coast.example/red" in found
        assert found.own_file("https://coast.example/red") is None
        assert "https://coast.example/other" not in found

    @pytest.mark.parametrize("name", ["7", "../7", "sub/../7"])
    def test_article_of_a_list_never_reaches_the_file_that_its_id_spells(self, write_files, name):
        line = f'{{"id": "{name}", "text": "It is red.", "url": "https://coast.example/red"}}\n'
        folder = write_files(
            {
                "list/sub/b.jsonl": line,
                "list/7.md": f"---\nurl: {ADDRESS}\n---\nThe bridge opened.",
                "7.md": "Outside of the folder.",
            }
        )
        found = ArticleFolder(folder / "list")
        page = replace(PAGE, text="It was painted blue.", url="https://coast.example/red")

        assert found.replace("https://coast.example/red", page) is Kept.UNCHANGED
        assert (folder / "7.md").read_text() == "Outside of the folder."
        assert read_back(folder / "list" / "7.md").text == "The bridge opened."

    def test_file_that_holds_another_article_by_now_is_left_alone(self, tmp_path):
        folder = ArticleFolder(tmp_path)
        path = folder.add(PAGE, ADDRESS)
        other = path.read_text("utf-8").replace(ADDRESS, "https://coast.example/other")
        path.write_text(other, "utf-8")

        assert folder.replace(ADDRESS, replace(PAGE, text="It closed.")) is Kept.UNCHANGED
        assert path.read_text("utf-8") == other

    def test_link_out_of_the_folder_is_replaced_and_its_target_stays(self, write_files):
        text = f"---\nurl: {ADDRESS}\n---\nThe bridge opened."
        folder = write_files({"target.md": text, "list/x.txt": "-"})
        (folder / "list" / "a.md").symlink_to(folder / "target.md")

        assert ArticleFolder(folder / "list").replace(ADDRESS, PAGE) is Kept.CHANGED
        assert (folder / "target.md").read_text() == text
        assert read_back(folder / "list" / "a.md").text == PAGE.text

    def test_other_text_replaces_the_old_under_the_same_name_and_address(self, tmp_path):
        folder = ArticleFolder(tmp_path)
        path = folder.add(PAGE, ADDRESS)
        page = replace(PAGE, text="It is closed.", headline="Bridge closes", url="https://x/")

        assert folder.replace(ADDRESS, page) is Kept.CHANGED
        article = read_back(path)
        assert (article.text, article.headline) == ("It is closed.", "Bridge closes")
        assert article.url == ADDRESS
        assert list(tmp_path.iterdir()) == [path]

    def test_same_text_leaves_the_file_alone(self, tmp_path):
        folder = ArticleFolder(tmp_path)
        path = folder.add(PAGE, ADDRESS)
        before = path.stat()

        assert folder.replace(ADDRESS, replace(PAGE, headline="Other")) is Kept.UNCHANGED
        assert path.stat() == before

    def test_article_in_another_format_is_not_ours_to_change(self, write_files):
        folder = write_files({"b.jsonl": f'{{"text": "It is red.", "url": "{ADDRESS}"}}\n'})
        found = ArticleFolder(folder)

        assert found.replace(ADDRESS, PAGE) is Kept.UNCHANGED
        assert [path.name for path in folder.iterdir()] == ["b.jsonl"]


def test_unfinished_file_is_nothing_that_the_indexer_reads(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr("os.fsync", lambda _: seen.append(list(iter_articles([tmp_path]))))

    add(tmp_path)

    assert seen == [[]]
    assert len(list(iter_articles([tmp_path]))) == 1
