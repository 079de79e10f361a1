"""The few pieces every view is put together from, so that a person's text never becomes markup.

Sentences of our own may carry **bold**, _italic_, `code` and {placeholders}; `rich` turns them into
rich_text elements and puts values in as plain text, whatever they contain.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ConfirmationDialogue,
    ContextBlock,
    Element,
    HeaderBlock,
    Message,
    ModalView,
    Option,
    PlainText,
    RichText,
    RichTextBlock,
    RichTextChannel,
    RichTextElement,
    RichTextLink,
    RichTextSection,
    RichTextUser,
)

from bot.translation import Translator
from bot.workspace_roles import Colleagues

BUTTON = 75  # characters a button's text may have; the client shows about 30
OPTION = 75  # characters of an option's text
HEADER = 150  # characters of a header block
Typed = Mapping[str, Mapping[str, Mapping[str, Any]]]  # a view's state: block_id, action_id

CONTEXT = 2000  # characters of one context line; Slack allows 3000

_SIGN = r"\*\*|`|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)"
_TOKEN = re.compile(rf"({_SIGN}|\{{\w+\}})")
_MARKUP = re.compile(_SIGN)
_STYLES = {"**": "bold", "_": "italic", "`": "code"}


@dataclass(frozen=True)
class Person:
    """A colleague, shown as a mention; in our own ephemerals and modals it notifies nobody."""

    user: str

    def __str__(self) -> str:
        return f"<@{self.user}>"


def whose(t: Translator, user: str) -> Person | str:
    """The colleague; of what came with a file of our own, and so is nobody's, just that."""
    return Person(user) if user else t("read in")


@dataclass(frozen=True)
class People:
    """Several colleagues, one after another."""

    users: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(f"<@{user}>" for user in self.users)


@dataclass(frozen=True)
class Channel:
    """A channel, which Slack shows by its name."""

    id: str


@dataclass(frozen=True)
class Link:
    """A link with its words."""

    url: str
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Reply:
    """A message: what a phone's notification says, and the blocks."""

    text: str
    blocks: list[Block]

    def payload(self) -> dict[str, object]:
        """The arguments of chat.postMessage and of a response_url alike."""
        blocks = Message("C", blocks=self.blocks).to_dict()["blocks"]
        return {"text": self.text, "blocks": blocks}


class Modal(ModalView):
    """A modal that may be shown many times and is rendered once."""

    @cached_property
    def _rendered(self) -> dict[str, Any]:
        return super().to_dict()

    def to_dict(self) -> dict[str, Any]:
        """The view as Slack takes it; not to be changed."""
        return self._rendered


def cut(text: str, limit: int) -> str:
    """Shorten to `limit` characters, the last of which then is an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int = 3000) -> PlainText:
    """Text that Slack shows as it stands."""
    return PlainText(cut(text, limit), emoji=False)


def rich(template: str, /, block_id: str, **values: object) -> RichTextBlock:
    """A sentence or several lines of ours, with values put in as they are."""
    return RichTextBlock([RichTextSection(_elements(template, values))], block_id=block_id)


def line(template: str, /, **values: object) -> RichTextSection:
    """One entry of a rich text list."""
    return RichTextSection(_elements(template, values))


def bare(template: str, /, **values: object) -> str:
    """The same sentence where nothing is drawn, as in the error below a field."""
    text = _MARKUP.sub("", template)
    return text.format(**values) if values else text


def notice(template: str, /, **values: object) -> str:
    """The same sentence for the notification: nothing in it that Slack could take for markup."""
    return cut(escaped(bare(template, **values)), 1000)


def escaped(text: str) -> str:
    """Text that Slack reads as text wherever it parses mrkdwn (docs: formatting message text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def heading(text: str, block_id: str) -> HeaderBlock:
    """A heading."""
    return HeaderBlock(plain(text, HEADER), block_id=block_id)


def small(text: str, block_id: str) -> ContextBlock:
    """A line in small grey print."""
    return ContextBlock([plain(text, CONTEXT)], block_id=block_id)


def button(
    text: str,
    action_id: str,
    value: str | None = None,
    *,
    primary: bool = False,
    confirm: ConfirmationDialogue | None = None,
) -> Button:
    """A button; its value is ids, or the person's own words, to be checked again when they come."""
    return Button(
        plain(text, BUTTON),
        action_id=action_id,
        value=value,
        style="primary" if primary else None,
        confirm=confirm,
    )


def row(block_id: str, *elements: Element) -> ActionsBlock:
    """Buttons beside each other."""
    return ActionsBlock(list(elements), block_id=block_id)


def option(text: str, value: str, description: str | None = None) -> Option:
    """One choice of a menu, of radio buttons or checkboxes."""
    return Option(plain(text, OPTION), value, plain(description, OPTION) if description else None)


def confirm(title: str, text: str, yes: str, no: str) -> ConfirmationDialogue:
    """The small question before something that takes work to undo."""
    return ConfirmationDialogue(plain(title, 100), plain(text, 300), plain(yes, 30), plain(no, 30))


def _elements(template: str, values: dict[str, object]) -> list[RichTextElement]:
    elements: list[RichTextElement] = []
    style: dict[str, bool] = {}
    for piece in _TOKEN.split(template):
        if piece in _STYLES:
            name = _STYLES[piece]
            style = {**style, name: True} if name not in style else _without(style, name)
        elif piece[:1] == "{" and piece[1:-1] in values:
            elements += _value(values[piece[1:-1]], style)
        elif piece:
            elements.append(RichText(piece, **style))
    return _joined(elements) or [RichText(" ")]


def _joined(elements: list[RichTextElement]) -> list[RichTextElement]:
    """Neighbours of one style made one, so that `code` around a value is one run."""
    joined: list[RichTextElement] = []
    for element in elements:
        last = joined[-1] if joined else None
        if isinstance(element, RichText) and isinstance(last, RichText) and _alike(last, element):
            joined[-1] = RichText(last.text + element.text, **_style(last))
        else:
            joined.append(element)
    return joined


def _style(text: RichText) -> dict[str, bool]:
    return {name: True for name in _STYLES.values() if getattr(text, name)}


def _alike(one: RichText, other: RichText) -> bool:
    return _style(one) == _style(other)


def _without(style: dict[str, bool], name: str) -> dict[str, bool]:
    return {kept: on for kept, on in style.items() if kept != name}


def _value(value: object, style: dict[str, bool]) -> list[RichTextElement]:
    match value:
        case Person(user):
            return [RichTextUser(user)]
        case People(users) | Colleagues(users):
            listed: list[RichTextElement] = []
            for user in users:
                listed += [RichTextUser(user), RichText(", ")]
            return listed[:-1]
        case Channel(channel):
            return [RichTextChannel(channel)]
        case Link(url, words):
            return [RichTextLink(url, words or None)]
        case _:
            text = str(value)
            return [RichText(text, **style)] if text else []
