"""What a browser is shown around an installation: plain HTML, and nothing that runs."""

import re
from urllib.parse import quote

from markupsafe import Markup

from bot.translation import Translator

_SIGNS = re.compile(r"\*\*(.+?)\*\*|`(.+?)`")

_PAGE = Markup(
    """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Partnerbot</title>
<style>
body {{ font: 18px/1.5 sans-serif; max-width: 36em; margin: 3em auto; padding: 0 1em; }}
</style>
</head>
<body>
<main>
{content}
</main>
</body>
</html>
"""
)


def onward(t: Translator, slack: str) -> str:
    """For the browser that is not sent on by itself."""
    return _page(t, _link(slack, t("On to Slack")))


def installed(t: Translator, team: str, name: str) -> str:
    """It worked: what one does next, and what the bot does not do."""
    content = Markup("<h1>{}</h1>\n<ol>\n<li>{}</li>\n<li>{}</li>\n<li>{}</li>\n</ol>\n").format(
        _line(t("Partnerbot is in {library} now"), library=name),
        _line(t("Open Slack and write `/partner` in any channel. All colleagues can.")),
        _line(t("Write `/partner ny` and put in the first partner. Three fields are enough.")),
        _line(t("Tell the house about it. I write to nobody by myself.")),
    )
    return _page(t, content + _link(f"https://app.slack.com/client/{quote(team)}", t("Open Slack")))


def failed(t: Translator, sentence: str, again: str, /, **values: object) -> str:
    """It did not: why, and where to begin again."""
    content = Markup("<h1>{}</h1>\n<p>{}</p>\n").format(
        t("Partnerbot was not installed"), _line(sentence, **values)
    )
    return _page(t, content + _link(again, t("Begin again")))


def _page(t: Translator, content: Markup) -> str:
    return _PAGE.format(language=t.language.value, content=content)


def _link(url: str, words: str) -> Markup:
    return Markup('<p><a href="{}">{}</a></p>').format(url, words)


def _line(template: str, /, **values: object) -> Markup:
    """A sentence of ours: its **bold** and `code` are drawn, its values are not looked into."""
    marked = _SIGNS.sub(_drawn, str(Markup.escape(template)))
    return Markup(marked).format(**values) if values else Markup(marked)  # noqa: S704 - escaped


def _drawn(found: re.Match[str]) -> str:
    bold, code = found.groups()
    return f"<strong>{bold}</strong>" if bold else f"<code>{code}</code>"
