"""mrkdwn as Slack's client draws it.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from html import escape
from typing import Final

from markupsafe import Markup

from sandbox.page.dates import slack_date
from sandbox.page.emoji import with_emoji
from sandbox.page.viewer import Viewer

# Slack cuts a message here; it also bounds the work for hostile input.
MAX_LENGTH: Final = 40_000
BROADCASTS: Final = frozenset({"here", "channel", "everyone"})

# Code and references are set aside as single private-use characters before styles are sought,
# so that no style can reach into them.
_FIRST_ATOM: Final = 0xF0000
_PRIVATE: Final = re.compile("[\U000f0000-\U000fffff]")
_ATOM: Final = re.compile(
    r"\n?```\n?(?P<pre>.+?)\n?```\n?|`(?P<code>[^`\n]+)`|<(?P<ref>[^<>\n]+)>", re.DOTALL
)
_BARE: Final = re.compile(
    r"(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)\]*_~'\"])"
    r"|(?<!\w)@(?P<all>here|channel|everyone)\b"
)
_STYLED: Final = re.compile(r"(?<![\w*_~])([*_~])(?=\S)((?:(?!\1).)+)(?<=\S)\1(?!\w)")
_TAGS: Final = {"*": "strong", "_": "em", "~": "s"}
_QUOTED: Final = re.compile(r"^(?:&gt;|>) ?")
_QUOTED_REST: Final = re.compile(r"^(?:&gt;|>){3} ?", re.MULTILINE)
_SAFE_URL: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s\x00-\x1f]+", re.IGNORECASE)
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def mrkdwn(text: str, viewer: Viewer, *, verbatim: bool = False) -> Markup:
    """The text as HTML; without `verbatim`, bare links and @channel are found as Slack does."""
    atoms: list[str] = []

    def set_aside(html: str) -> str:
        atoms.append(html)
        return chr(_FIRST_ATOM + len(atoms) - 1)

    text = _PRIVATE.sub("", text[:MAX_LENGTH])
    text = _ATOM.sub(lambda found: set_aside(_atom(found, viewer)), text)
    if not verbatim:
        text = _BARE.sub(lambda found: set_aside(_bare(found)), text)
    html = _PRIVATE.sub(lambda atom: atoms[ord(atom[0]) - _FIRST_ATOM], _lines(text))
    return Markup(html)  # noqa: S704 - built from escaped pieces only


def safe_url(url: object) -> str | None:
    """The address if a click on it can only lead to a page, a mail or a call."""
    return url if isinstance(url, str) and _SAFE_URL.fullmatch(url) else None


def plain_characters(text: str) -> str:
    """Slack's three entities turned back into the characters they stand for."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def _literal(text: str) -> str:
    return escape(with_emoji(plain_characters(text)))


def _atom(found: re.Match[str], viewer: Viewer) -> str:
    if found["pre"] is not None:
        return f"<pre>{escape(plain_characters(found['pre']))}</pre>"
    if found["code"] is not None:
        return f"<code>{escape(plain_characters(found['code']))}</code>"
    return _reference(found["ref"], viewer)


def _bare(found: re.Match[str]) -> str:
    if found["url"]:
        return _link(plain_characters(found["url"]), found["url"])
    return _mention(f"@{found['all']}")


def _reference(body: str, viewer: Viewer) -> str:
    target, _, label = body.partition("|")
    kind, name = target[:1], target[1:]
    if kind == "@":
        return _mention("@" + (viewer.people.get(name) or label or name), mine=name == viewer.user)
    if kind == "#":
        return _mention("#" + (viewer.rooms.get(name) or label or "privat kanal"))
    if kind == "!":
        return _special(name, label, viewer)
    url = safe_url(plain_characters(target))
    return _link(url, label or target.removeprefix("mailto:")) if url else _literal(f"<{body}>")


def _special(name: str, label: str, viewer: Viewer) -> str:
    if name in BROADCASTS:
        return _mention(f"@{name}")
    if not name.startswith("date^"):
        return _mention(label or f"@{name}")
    _, seconds, pattern, *link = [*name.split("^"), ""]
    shown = slack_date(seconds, pattern, viewer) or label
    url = safe_url(plain_characters(link[0])) if link else None
    return _link(url, shown) if url else _literal(shown)


def _mention(name: str, *, mine: bool = False) -> str:
    return f'<span class="mention{" mine" if mine else ""}">{_literal(name)}</span>'


def _link(url: str, label: str) -> str:
    return (
        f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{_literal(label)}</a>'
    )


def _lines(text: str) -> str:
    before, *rest = _QUOTED_REST.split(text, maxsplit=1)
    html: list[str] = []
    quote: list[str] = []
    for line in before.removesuffix("\n").split("\n") if before else []:
        if _QUOTED.match(line):
            quote.append(_inline(_QUOTED.sub("", line)))
            continue
        _close_quote(html, quote)
        html.append(_inline(line) + "<br>")
    quote += [_inline(line) for line in "\n".join(rest).split("\n")] if rest else []
    _close_quote(html, quote)
    return "".join(html).removesuffix("<br>")


def _close_quote(html: list[str], quote: list[str]) -> None:
    if quote:
        html.append(f"<blockquote>{'<br>'.join(quote)}</blockquote>")
        quote.clear()


def _inline(text: str) -> str:
    html, end = "", 0
    for span in _STYLED.finditer(text):
        tag = _TAGS[span[1]]
        html += f"{_literal(text[end : span.start()])}<{tag}>{_inline(span[2])}</{tag}>"
        end = span.end()
    return html + _literal(text[end:])
