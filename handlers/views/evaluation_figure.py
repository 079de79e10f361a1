"""One figure of an evaluation as it is written: a mean, or so many criteria of so many."""

from bot.evaluation_figures import Figure, rounded
from bot.translation import Translator


def figure_of(t: Translator, figure: Figure) -> str:
    """A figure; of some of the questions only, it says of how many."""
    if figure.of:
        values = {"number": t.number(int(figure.value)), "of": t.number(figure.of)}
        whole = t("{number} of {of} answered") if figure.is_partial else t("{number} of {of}")
        return whole.format(**values)
    mean = t.figure(rounded(figure.value))
    if not figure.is_partial:
        return mean
    return t("{figure} on {partial} questions", figure=mean, partial=partial(t, figure))


def figure_before(t: Translator, figure: Figure, now: Figure) -> str:
    """An earlier figure beside the one of now."""
    alike = figure.of == now.of and not figure.is_partial
    return t.number(int(figure.value)) if figure.of and alike else figure_of(t, figure)


def partial(t: Translator, figure: Figure) -> str:
    """How many of the questions a mean rests on."""
    return t(
        "{answered} of {asked}", answered=t.number(figure.answered), asked=t.number(figure.asked)
    )
