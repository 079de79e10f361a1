"""The digest in Slack's oldest blocks only, where it has refused the others."""

from collections.abc import Iterator, Mapping
from typing import Any

from slackblocks import Block, HeaderBlock, RichTextBlock, SectionBlock

from handlers.views.parts import Reply, plain


def plainer(reply: Reply) -> Reply:
    """The same words and buttons, without bold and without lists."""
    rendered: Any = reply.payload()["blocks"]
    both = zip(reply.blocks, rendered, strict=True)
    return Reply(reply.text, [_plain(block, as_sent) for block, as_sent in both])


def _plain(block: Block, as_sent: Mapping[str, Any]) -> Block:
    if not isinstance(block, RichTextBlock | HeaderBlock):
        return block
    return SectionBlock(plain("\n".join(_lines(as_sent))), block_id=as_sent["block_id"])


def _lines(part: Mapping[str, Any]) -> Iterator[str]:
    """One for a heading or a section, and one for each entry of a list."""
    if part["type"] == "header":
        yield part["text"]["text"]
    elif part["type"] == "rich_text_section":
        yield "".join(element["text"] for element in part["elements"])
    else:
        mark = "• " if part["type"] == "rich_text_list" else ""
        for element in part["elements"]:
            yield from (f"{mark}{line}" for line in _lines(element))
