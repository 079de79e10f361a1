"""What happened besides the fields of a card, a sentence each: in the circle, and to the card."""

from bot.circle import Move
from bot.circle_activity import Activity
from bot.circle_gate import Gate, result
from bot.circle_trial import PutOff, Trial
from bot.circle_words import moved
from bot.evaluation_decision import Ended, decided_in_words
from bot.history import Happened, Merger, What
from bot.import_undo import Imported
from bot.text import capital
from bot.translation import Translator, mark
from bot.words import FIELD
from handlers.views.circle_way import why_of
from handlers.views.history_words import WHOLE, Words, labelled
from handlers.views.parts import cut

_ALONE = {
    What.ADDED: mark("Added to the register"),
    What.FORGOTTEN: mark("A contact person was anonymised"),
    What.PARTED: mark("Taken apart: two cards again"),
    What.STAYED: mark("The trial ended, and it stayed a collaboration"),
}


def told(words: Words, one: Happened) -> str:
    """The sentence."""
    if one.what in _ALONE:
        return words.t(_ALONE[one.what])
    return cut(_of_the_circle(words, one) or _of_the_card(words.t, one), WHOLE)


def _of_the_circle(words: Words, one: Happened) -> str:
    t = words.t
    match one.subject:
        case Move() as move:
            return _moved(t, move)
        case Trial() as trial:
            return t("On trial until {day}", day=t.long_day(trial.decide_on, words.today))
        case PutOff() as off:
            before, until = (t.long_day(day, words.today) for day in (off.before, off.until))
            return t("The trial was put off from {before} to {until}", before=before, until=until)
        case Gate() as gate:
            met = t.number(len(result(gate).met))
            return t("The six criteria were answered: {met} in place", met=met)
        case Ended(this=this):
            return t("Evaluated: {decision}", decision=decided_in_words(t, this))
    return ""


def _of_the_card(t: Translator, one: Happened) -> str:
    match one.subject, one.what:
        case Activity(what=what), What.ACTIVITY:
            return t("Together: “{what}”", what=what)
        case Activity(what=what), What.OVER:
            return t("“{what}” was over", what=what)
        case Merger(gone_name=name), What.MERGED:
            return (
                t("Made one with “{name}”", name=name) if name else t("Made one with another card")
            )
        case Imported(file=file), What.READ_IN:
            return t("Read in from the file “{file}”", file=file)
        case Imported(file=file), What.TAKEN_BACK:
            return t("The import of the file “{file}” was undone", file=file)
    raise LookupError(one.what)


def _moved(t: Translator, move: Move) -> str:
    why, way = why_of(t, move), t(moved(move))
    level = FIELD["level"]
    said = capital(way) if move.ends else labelled(t, t(level), way)
    return f"{said} ({why})" if why else said
