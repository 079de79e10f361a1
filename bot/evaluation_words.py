"""How the answers of an evaluation are called."""

from collections.abc import Mapping

from bot.evaluation_questions import SCALES, Answers
from bot.translation import mark

ANSWERS: Mapping[Answers, Mapping[str, str]] = {
    Answers.FIVE: {
        "1": mark("1 · No, not at all"),
        "2": mark("2 · Only a little"),
        "3": mark("3 · So-so"),
        "4": mark("4 · Yes, mostly"),
        "5": mark("5 · Yes, fully"),
        SCALES[Answers.FIVE].unknown: mark("Don't know"),
    },
    Answers.CRITERION: {
        "met": mark("Yes"),
        "not_yet": mark("Not yet"),
        SCALES[Answers.CRITERION].unknown: mark("Don't know"),
    },
}
