"""The smallest parts of a rich_text block: styled text, links, mentions, dates, emoji.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Callable
from typing import Any, Final

from markupsafe import Markup, escape

from sandbox.page.dates import slack_date
from sandbox.page.emoji import emoji
from sandbox.page.mrkdwn import safe_url
from sandbox.page.viewer import Viewer

Json = dict[str, Any]

_STYLES: Final = {"code": "code", "bold": "strong", "italic": "em", "strike": "s", "underline": "u"}


def inline(element: Json, viewer: Viewer) -> Markup:
    """One inline element with its style; an unknown kind shows its text, if it has one."""
    draw = _KINDS.get(str(element.get("type")), _text)
    html = draw(element, viewer)
    style = element.get("style")
    for name, tag in _STYLES.items():
        if isinstance(style, dict) and style.get(name):
            html = Markup("<{0}>{1}</{0}>").format(Markup(tag), html)  # noqa: S704 - our own tag
            # Markup.format escapes what is put in; the tag comes from the table above.
    return html


def _text(element: Json, _viewer: Viewer) -> Markup:
    return escape(str(element.get("text") or ""))


def _link(element: Json, _viewer: Viewer) -> Markup:
    return _linked(str(element.get("text") or element.get("url") or ""), element.get("url"))


def _linked(text: str, url: object) -> Markup:
    address = safe_url(url)
    if address is None:
        return escape(text)
    anchor = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
    return anchor.format(address, text)


def _emoji(element: Json, _viewer: Viewer) -> Markup:
    return escape(emoji(str(element.get("name") or ""), str(element.get("unicode") or "")))


def _user(element: Json, viewer: Viewer) -> Markup:
    user = str(element.get("user_id") or "")
    return _mention("@" + viewer.person(user), mine=user == viewer.user)


def _channel(element: Json, viewer: Viewer) -> Markup:
    return _mention("#" + (viewer.rooms.get(str(element.get("channel_id"))) or "privat kanal"))


def _group(element: Json, _viewer: Viewer) -> Markup:
    return _mention("@" + str(element.get("usergroup_id") or ""))


def _broadcast(element: Json, _viewer: Viewer) -> Markup:
    return _mention("@" + str(element.get("range") or ""))


def _mention(name: str, *, mine: bool = False) -> Markup:
    span = Markup('<span class="mention{}">{}</span>')
    return span.format(" mine" if mine else "", name)


def _date(element: Json, viewer: Viewer) -> Markup:
    shown = slack_date(element.get("timestamp"), str(element.get("format") or ""), viewer)
    return _linked(shown or str(element.get("fallback") or ""), element.get("url"))


def _color(element: Json, _viewer: Viewer) -> Markup:
    return escape(str(element.get("value") or ""))


_KINDS: Final[dict[str, Callable[[Json, Viewer], Markup]]] = {
    "text": _text,
    "link": _link,
    "emoji": _emoji,
    "user": _user,
    "channel": _channel,
    "usergroup": _group,
    "broadcast": _broadcast,
    "date": _date,
    "color": _color,
}
