"""Blocks and elements as HTML: one template per kind, all of them escaping what they are given."""

import re
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, TemplateError
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from sandbox.page.charts import Chart, chart_of
from sandbox.page.emoji import with_emoji
from sandbox.page.fields import Field, field_of
from sandbox.page.mrkdwn import mrkdwn, safe_url
from sandbox.page.richtext import inline
from sandbox.page.viewer import Viewer

Json = dict[str, Any]

_TEMPLATES: Final = Path(__file__).parent / "templates"
_BLOCKS: Final = frozenset(path.stem for path in (_TEMPLATES / "block").glob("*.html"))
_ELEMENTS: Final = {
    "button": "button",
    "workflow_button": "button",
    "overflow": "overflow",
    "radio_buttons": "choice",
    "checkboxes": "choice",
    "plain_text_input": "text",
    "email_text_input": "text",
    "url_text_input": "text",
    "number_input": "text",
    "rich_text_input": "text",
    "datepicker": "moment",
    "timepicker": "moment",
    "datetimepicker": "moment",
    "file_input": "file",
} | {
    f"{many}{kind}_select": "select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
}
_FILE_ID: Final = re.compile(r"F[A-Z0-9]{8,}")
# What a template or a shaper raises when a block has another shape than Slack gives it.
_MISSHAPEN: Final = (TemplateError, TypeError, ValueError, AttributeError, LookupError)


def environment() -> Environment:
    """The templates; everything is escaped unless this package made it Markup."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return reader.enable(["table", "strikethrough"]).disable("image")


class Drawing:
    """Draws for one viewer; `scope` keeps the DOM ids of one message or view apart."""

    def __init__(self, templates: Environment, viewer: Viewer) -> None:
        self.viewer = viewer
        self._templates = templates
        self._markdown = _markdown()

    def blocks(self, blocks: object, scope: str, held: Json | None = None) -> Markup:
        """All blocks of a surface; `held` are its `state.values`."""
        if not isinstance(blocks, list):
            return Markup()
        drawn = (self._block(block, scope, held or {}, place) for place, block in enumerate(blocks))
        return Markup().join(drawn)

    def element(self, body: Json, block: Json, scope: str, held: Json) -> Markup:
        """One interactive element, or nothing where its kind is unknown."""
        name = _ELEMENTS.get(str(body.get("type")))
        if name is None:
            return Markup()
        field = field_of(body, block, held, self.viewer, scope)
        return self.fill(f"element/{name}.html", field=field, el=body)

    def field(self, body: Json, block: Json, scope: str, held: Json) -> Field:
        """The field behind an element, for the label that stands outside of it."""
        return field_of(body, block, held, self.viewer, scope)

    def text(self, text: object) -> Markup:
        """A text object, or a bare string, which is never interpreted."""
        if not isinstance(text, dict):
            return escape("" if text is None else str(text))
        words = str(text.get("text") or "")
        if text.get("type") == "mrkdwn":
            return mrkdwn(words, self.viewer, verbatim=bool(text.get("verbatim")))
        return escape(with_emoji(words) if text.get("emoji") else words)

    def mrkdwn(self, text: object) -> Markup:
        """The text of a message without blocks."""
        return mrkdwn(str(text or ""), self.viewer)

    def markdown(self, text: object) -> Markup:
        """A markdown block; raw HTML and pictures in it stay text."""
        return Markup(self._markdown.render(with_emoji(str(text or ""))))  # noqa: S704 - html off
        # The reader escapes everything while its option `html` is off.

    def inline(self, element: object) -> Markup:
        """An inline element of a rich text."""
        return inline(element, self.viewer) if isinstance(element, dict) else Markup()

    def chart(self, block: Json) -> Chart:
        """The figures of a data_visualization block."""
        return chart_of(block.get("chart") or {})

    def picture(self, image: Json) -> str | None:
        """Where the bytes of an image are: a file of the sandbox's or an address on the web."""
        file = image.get("slack_file")
        if isinstance(file, dict):
            found = _FILE_ID.search(str(file.get("id") or file.get("url") or ""))
            return f"/_sandbox/files/{found[0]}" if found else None
        url = safe_url(image.get("image_url"))
        return url if url and url.startswith("http") else None

    def url(self, address: object) -> str | None:
        """The address of a link button, if it is one that a click may follow."""
        return safe_url(address)

    def fill(self, template: str, **values: object) -> Markup:
        """A template as HTML."""
        html = self._templates.get_template(template).render(draw=self, **values)
        return Markup(html)  # noqa: S704 - the environment escapes

    def _block(self, block: Json, scope: str, held: Json, place: int) -> Markup:
        try:
            kind = block["type"]
            dom_id = f"{scope}-b{crc32(str(block.get('block_id', place)).encode()):08x}"
            name = kind if kind in _BLOCKS else "unknown"
            values = {"block": block, "scope": scope, "held": held, "dom_id": dom_id}
            return self.fill(f"block/{name}.html", **values)
        except _MISSHAPEN:
            return self.fill("block/unknown.html", block={}, dom_id=f"{scope}-b{place}")
