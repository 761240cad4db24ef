"""The names of an article's fields, as exporters and interfaces write them."""

import re
from collections.abc import Iterable

# The names of each field; the first one with a value counts. `docs/articles.md` has the same table.
# Capitals, spaces, hyphens and underscores in a field's name make no difference, nor does a prefix
# ("dc:title"). "origin.title" is the title inside of an origin, or a column with this name. They
# are those of common exporters: news APIs, crawlers, readers of feeds, WordPress, static sites.
NAMES = {
    "id": ("id",),
    "headline": ("title", "headline", "webTitle", "post_title", "article_title", "заголовок"),
    "outlet": (
        *("outlet", "source", "publisher", "publication", "newspaper", "source_name", "site_name"),
        *("source-hostname", "meta_site_name", "og_site_name", "source.name", "source.title"),
        *("origin.title", "opengraph.site_name", "meta_data.og.site_name", "media_name"),
        *("container-title", "publication_title", "источник", "сми", "издание"),
        *("hostname", "domain", "source_domain", "domain_name", "thread.site", "site"),
    ),
    "url": (
        *("url_original", "url", "original_url", "link", "address", "canonical", "canonical_link"),
        *("canonical_url", "permalink", "web_url", "article_url", "page_url", "resolved_page_url"),
        *("source_url", "links.permalink", "meta.canonical", "alternate", "ссылка", "адрес"),
        *("uri", "source"),
    ),
    "published": (
        *("published", "date", "pubDate", "publishedAt", "datePublished", "publish_date"),
        *("date_publish", "published_date", "publication_date", "published_time", "dateTime"),
        *("webPublicationDate", "post_date", "published_on", "article_date", "issued"),
        *("дата", "дата публикации"),
    ),
    "language": ("language", "lang", "meta_lang", "inLanguage", "язык"),
    "author": ("author", "authors", "byline", "creator", "published_by", "author_name", "автор"),
    "text": (
        *("text", "body", "full_content", "content", "articleBody", "full_text", "maintext"),
        *("plaintext", "content_text", "bodyText", "article_text", "cleaned_text", "post_content"),
        *("content_html", "body_html", "html", "text_content", "content.content"),
        *("summary.content", "текст"),
    ),
}


def key_of(name: str) -> str:
    """Return a name without the differences that do not count."""
    return re.sub(r"[\s_-]", "", name.rpartition(":")[2]).casefold()


def field_of(name: str) -> str | None:
    """Return the field that a name is one of, or None."""
    key = key_of(name)
    return next((field for field, names in NAMES.items() if key in map(key_of, names)), None)


def names_text(names: Iterable[str]) -> bool:
    """Tell whether one of these is the name of a text field."""
    known = {key_of(name) for name in NAMES["text"]}
    return any(key_of(name) in known for name in names)
