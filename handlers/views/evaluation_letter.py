"""A letter in the fields of a modal, from which it is copied: as many as it takes."""

from slackblocks import Block, InputBlock, PlainTextInput

from bot.guard import NOTE_LENGTH
from handlers.views.parts import plain


def letter_fields(name: str, label: str, body: str, hint: str = "") -> list[Block]:
    """The whole of it; the first field has that name, and the hint."""
    pieces = [""]
    for line in body.splitlines(keepends=True):
        for part in (line[i : i + NOTE_LENGTH] for i in range(0, len(line), NOTE_LENGTH)):
            if len(pieces[-1]) + len(part) > NOTE_LENGTH:
                pieces.append("")
            pieces[-1] += part
    return [
        text_field(
            name if number == 1 else f"{name}.{number}",
            label,
            piece.strip("\n"),
            hint=hint if number == 1 else "",
            multiline=True,
        )
        for number, piece in enumerate(pieces, 1)
    ]


def text_field(
    name: str, label: str, text: str, *, hint: str = "", multiline: bool = False
) -> Block:
    """A field with that text; nothing of it is kept, so it may be emptied."""
    field = PlainTextInput(
        name, initial_value=text or None, multiline=multiline, max_length=NOTE_LENGTH
    )
    return InputBlock(
        plain(label), field, hint=plain(hint) if hint else None, block_id=name, optional=True
    )
