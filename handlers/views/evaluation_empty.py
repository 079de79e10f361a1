"""What is said where an evaluation has no answers to show: in the thread, above it, in private."""

from bot.evaluation_empty import Empty
from bot.translation import mark

SAID = {
    Empty.NOBODY: mark(
        "**Nobody got round to answering about {partner}, and that is an answer too.**"
    ),
    Empty.MEETS: mark("**{partner} would rather take it at a meeting**, and nobody has answered."),
    Empty.ONE: mark(
        "**Only one got round to answering about {partner}, and that is an answer too.** "
        "It is not shown to anybody, for it would be plain whose it is."
    ),
}
