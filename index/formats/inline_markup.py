"""Inline elements of a page → the characters that a reader sees (changes the tree).

Taken out as bare text, `12<sup>1</sup>` reads 121, `<q>` loses its quotation marks and `<del>` says
what its author took back.
"""

import re

from lxml import etree
from lxml.html import HtmlElement

_STRUCK_OUT = (
    ".//del | .//s | .//strike | .//*[contains(@style, 'line-through')] |"
    " .//*[contains(@class, 'line-through') or contains(@class, 'strikethrough')]"
)
_UNSEEN = (
    ".//rt | .//rp | .//*[@hidden and (self::span or self::a or self::b or self::i or self::small)]"
    " | .//span[contains(@class, 'sr-only') or contains(@class, 'visually-hidden')"
    " or contains(@class, 'visuallyhidden') or contains(@class, 'screen-reader')]"
)
_BLOCKS = ".//p | .//div | .//li | .//h1 | .//h2 | .//h3 | .//blockquote | .//table"
_NOTE = re.compile(r"(foot|end)-?note|note-?ref|reference|cite", re.IGNORECASE)
_NUMBER = re.compile(r"[\d+−=(),-]+")
_RAISED = str.maketrans("0123456789+−-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+−-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISED_LETTERS = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_MARKS = {
    **dict.fromkeys(("ru", "be", "uk", "bg", "fr", "es", "it", "pt", "el", "hy"), ("«", "»")),
    **dict.fromkeys(("de", "cs", "sk", "sl", "lt", "et", "is"), ("„", "“")),
    **dict.fromkeys(("pl", "ro", "hu"), ("„", "”")),
}
_IN_A_SENTENCE = "|".join(
    f".//{block}//{name}"
    for block in ("p", "li", "blockquote", "td")
    for name in ("time", "output")
)


def write_out_marks(tree: HtmlElement, language: str | None) -> None:
    """Put quotation marks for `<q>`, raised and lowered figures for `<sup>` and `<sub>`.

    Marks of footnotes, struck-out words and what no reader sees go. `language` ("en-GB") says
    which quotation marks; without one they are “English”.
    """
    for element in tree.xpath(f"{_STRUCK_OUT} | {_UNSEEN}"):
        if not element.xpath(_BLOCKS):
            element.drop_tree()
    for element, before in reversed(_signs_before(tree, "sup", "sub")):  # inner ones first
        _replace(element, _shifted(element, before))
    opening, closing = _MARKS.get((language or "")[:2].lower(), ("“", "”"))
    for element in [*tree.iter("q")]:
        if not element.xpath(_BLOCKS):
            element.text = opening + (element.text or "")
            _append(element, closing)
            element.drop_tag()


def unwrap_inline(tree: HtmlElement) -> None:
    """Leave only the words of elements in a sentence that an extraction would drop whole."""
    for element in tree.xpath(_IN_A_SENTENCE):
        element.drop_tag()
    for element in tree.xpath(".//p//span[@aria-hidden]"):
        del element.attrib["aria-hidden"]


def _shifted(element: HtmlElement, before: str) -> str:
    """Return what stands for a raised or lowered text; nothing for the mark of a footnote."""
    text = " ".join(element.text_content().split())
    if element.tag == "sub":
        is_figure = before.isdigit() or before in ("/", "⁄")
        return text.translate(_LOWERED) if is_figure and _NUMBER.fullmatch(text) else text
    if _is_note(element, text):
        return ""
    if _NUMBER.fullmatch(text):
        return text.translate(_RAISED)
    is_letter = len(text) == 1 and before.isdigit()
    return text.translate(_RAISED_LETTERS) if is_letter else text


def _is_note(element: HtmlElement, text: str) -> bool:
    parent = element.getparent()
    links = element.xpath(".//a")
    if parent is not None and parent.tag == "a" and parent.text_content().strip() == text:
        links = [parent]
    about = (
        f"{each.get('class')} {each.get('id')} {each.get('role')}" for each in (element, *links)
    )
    is_short = bool(re.fullmatch(r"\[?[\d*†‡§,\s]{1,8}\]?|\[?[a-z]\]?", text))
    return is_short and (bool(links) or any(_NOTE.search(each) for each in about))


def _signs_before(tree: HtmlElement, *tags: str) -> list[tuple[HtmlElement, str]]:
    """Return the elements with these tags, each with the character that stands before it."""
    found: list[tuple[HtmlElement, str]] = []
    last = ""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start" and element.tag in tags:
            found.append((element, last))
        text = element.text if event == "start" else element.tail
        last = (text or "")[-1:] or last
    return found


def _replace(element: HtmlElement, text: str) -> None:
    for child in [*element]:
        element.remove(child)
    element.text = text
    element.drop_tag()


def _append(element: HtmlElement, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
