"""Which elements of a page belong to its article, and which to teasers, lists and comments."""

import re
from collections.abc import Iterator
from functools import cached_property

from lxml.html import HtmlElement

from index.formats.json_ld import one_line
from index.text.headlines import likeness

_FOREIGN_TAGS = ("aside", "nav", "article", "figure")  # the last has the date of a photograph
_FOREIGN_NAMES = re.compile(
    r"comment|related|recommend|teaser|promo|trending|popular|most-?read|read-?(?:also|more|next)|"
    r"more-?(?:news|stories|from|on)|also-?read|see-?also|sidebar|side-bar|carousel|newsletter|"
    r"outbrain|taboola|up-?next|next-?(?:article|story|up)|latest|ticker|"
    r"schema\.org/\w*(?:article|blogposting|comment)\b",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"(?:^|[\s_-])footer", re.IGNORECASE)
_NAMING = ("class", "id", "role", "itemprop", "itemtype")
# A headline that leads to another page, as a teaser has it.
_LEADS_AWAY = (
    ".//a[@href and not(@rel='author') and not(starts-with(@href, '#'))]"
    "[ancestor::h2 or ancestor::h3 or ancestor::h4 or .//h2 or .//h3 or .//h4 or"
    " string-length(translate(normalize-space(.), translate(normalize-space(.), ' ', ''), '')) > 2]"
)


class PageParts:
    """The page's elements, told apart by what is around them."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._story = _story(tree)
        self._heading = _main_heading(tree)
        self._around = self._all_around()  # whatever holds the story or its heading
        self._blocks: dict[HtmlElement, HtmlElement | None] = {}

    def own(self, path: str) -> list[HtmlElement]:
        """Return the elements at an XPath that nothing around them gives to another article."""
        return [each for each in self._tree.xpath(path) if self._block(each) is not None]

    def beside_story(self, path: str) -> list[HtmlElement]:
        """Return those of `own` that stand over, in or right below the story.

        That is neither the site's own head, nor what follows below with links to other pages.
        """
        return [each for each in self.own(path) if self._is_beside_story(each)]

    def _is_beside_story(self, element: HtmlElement) -> bool:
        if self._story is None:
            return True
        block = self._block(element)
        around = None if block is None else block.getparent()
        is_at_top_level = around is None or around.tag in ("body", "html")
        place = self._order[element]
        if place > self._order[self._story.xpath("p[last()]")[0]]:
            return not is_at_top_level and not _links_away(block)
        is_below_heading = self._heading is not None and place > self._order[self._heading]
        return is_below_heading or not is_at_top_level

    @cached_property
    def _order(self) -> dict[HtmlElement, int]:
        return {element: place for place, element in enumerate(self._tree.iter())}

    def _block(self, element: HtmlElement) -> HtmlElement | None:
        """Return the outermost element around this one that does not hold the story.

        None if something in between is about another article.
        """
        passed: list[HtmlElement] = []
        block: HtmlElement | None = element
        for each in (element, *element.iterancestors()):
            if each in self._around:
                break
            if each in self._blocks:
                block = self._blocks[each]
                break
            passed.append(each)
            block = each
            if _is_foreign(each) or (_is_footer(each) and not self._ends_article(each)):
                block = None
                break
        self._blocks.update(dict.fromkeys(passed, block))
        return block

    def _ends_article(self, footer: HtmlElement) -> bool:
        return any(each in self._around for each in footer.iterancestors("article", "main"))

    def _all_around(self) -> set[HtmlElement]:
        scopes = _scopes_of(self._tree, self._heading)
        found = (self._story, self._heading, _sole_article(self._tree), *scopes)
        marks = [each for each in found if each is not None]
        return {self._tree, *(outer for each in marks for outer in (each, *each.iterancestors()))}


def _story(tree: HtmlElement) -> HtmlElement | None:
    """Return the element whose own paragraphs hold the most text."""
    lengths: dict[HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            lengths[parent] = lengths.get(parent, 0) + len(paragraph.text_content())
    return max(lengths, key=lengths.__getitem__, default=None)


def _main_heading(tree: HtmlElement) -> HtmlElement | None:
    headings = [*tree.iter("h1")]
    titles = [one_line(each.text) or "" for each in tree.iterfind(".//head/title")]
    return max(
        headings,
        key=lambda each: max((likeness(each.text_content(), title) for title in titles), default=0),
        default=None,
    )


def _scopes_of(tree: HtmlElement, heading: HtmlElement | None) -> Iterator[HtmlElement]:
    """Yield the microdata that states the heading as its headline, wherever it stands."""
    for stated in tree.xpath(".//*[@itemprop='headline' and ancestor::*[@itemtype]]"):
        headline = stated.get("content") or stated.text_content()
        if heading is not None and likeness(headline, heading.text_content()):
            yield from stated.xpath("ancestor::*[@itemtype][1]")


def _sole_article(tree: HtmlElement) -> HtmlElement | None:
    """Return the only `article` of a page that has neither a heading nor paragraphs."""
    articles = [*tree.iter("article")]
    is_bare = next(tree.iter("h1", "p"), None) is None
    return articles[0] if is_bare and len(articles) == 1 else None


def _is_footer(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag == "footer" or bool(_FOOTER.search(names))


def _links_away(block: HtmlElement) -> bool:
    links = block.xpath("descendant-or-self::a[@href and not(@rel='author')]")
    return any(not each.get("href").startswith(("#", "mailto:")) for each in links)


def _is_foreign(element: HtmlElement) -> bool:
    names = " ".join(element.get(name) or "" for name in _NAMING)
    if element.tag in _FOREIGN_TAGS or _FOREIGN_NAMES.search(names):
        return True
    return element.tag in ("li", "div", "section", "figure", "td") and bool(
        element.xpath(_LEADS_AWAY)
    )
