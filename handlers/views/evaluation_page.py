"""A page for the partner's browser: plain HTML that works without scripts, cookies or an account.

The templates lie in web/; the one style is part of the page, and is named to the browser by its
hash, so that nothing else can be slipped in.
"""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.translation import Translator
from bot.workspace import Language, Workspace
from handlers.views.workspace import OWN_NAME

_WEB = Path(__file__).parent / "web"
_STYLE = (_WEB / "style.css").read_text(encoding="utf-8")
_HASH = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Content-Type": "text/html; charset=utf-8",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

LANGUAGE = "sprog"  # in the address


def called(t: Translator, library: Workspace) -> str:
    """What the partner calls us: by name, else as it stands in a question."""
    return library.library_name or t("the library")


def message_page(
    t: Translator,
    heading: str,
    *lines: str,
    library: Workspace | None = None,
    written: str = "",
) -> str:
    """A page with something to read; `written` is what could not be stored, to be copied."""
    return drawn(
        "page.html",
        t,
        heading,
        title=heading,
        lines=[line for line in lines if line],
        written=written,
        written_heading=t("What you wrote"),
        foot=foot(t, library) if library else {"lines": [], "links": []},
    )


def foot(t: Translator, library: Workspace) -> dict[str, Any]:
    """The statements that a public library owes; without the first, whom to ask."""
    links = [
        {"url": library.privacy_url, "words": t("Privacy")},
        {"url": library.accessibility_url, "words": t("Accessibility statement")},
    ]
    kept = t(
        "{library} keeps your answers together with what is noted about working with you. Leave"
        " out personal numbers and what is private.",
        library=capital(called(t, library)),
    )
    ask = t("Questions about it: {contact}", contact=library.privacy_contact)
    asking = [ask] if library.privacy_contact and not library.privacy_url else []
    return {"lines": [kept, *asking], "links": [link for link in links if link["url"]]}


def capital(text: str) -> str:
    """A sentence's beginning."""
    return text[:1].upper() + text[1:]


def drawn(name: str, t: Translator, heading: str, **values: object) -> str:
    """A template filled in; everything is escaped."""
    other = next(one for one in Language if one is not t.language)
    return (
        _templates()
        .get_template(name)
        .render(
            language=t.language.value,
            other={"code": other.value, "name": OWN_NAME[other]},
            style=Markup(_STYLE),  # noqa: S704 - our own file
            heading=heading,
            **values,
        )
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_WEB),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
