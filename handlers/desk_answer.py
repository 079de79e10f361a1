"""What a submitted modal is answered with, in its acknowledgement or after it."""

from slackblocks import ModalView

from bot.translation import Translator
from handlers.errors import TOO_SLOW, Repeated, Trouble
from handlers.turn import Json, Next, Turn
from handlers.views.notice import already_saved, notice_view, trouble
from handlers.views.parts import bare


def meanwhile(turn: Turn) -> Next | Trouble:
    """What is answered where the real answer takes longer than Slack waits."""
    return Next(turn.waiting) if turn.waiting else Trouble(turn.t(TOO_SLOW))


def late_view(t: Translator, outcome: object) -> ModalView:
    """What is shown in place of the form, once the real answer is there."""
    if isinstance(outcome, Trouble):
        return notice_view(t, trouble(outcome.sentence, **outcome.values))
    return outcome.view if isinstance(outcome, Next) else already_saved(t)


def answer(t: Translator, outcome: object, view: Json) -> Json:
    """What the acknowledgement of a submitted form says: the next view, errors, or nothing."""
    if isinstance(outcome, Next):
        return {"response_action": outcome.action, "view": outcome.view.to_dict()}
    if isinstance(outcome, Repeated):
        return {"response_action": "update", "view": already_saved(t).to_dict()}
    if isinstance(outcome, Trouble):
        return _refusal(t, outcome, view)
    return {}


def _refusal(t: Translator, told: Trouble, view: Json) -> Json:
    """The sentence below its field, or else the first; a form without fields gives way to it."""
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    meant = [name for name in fields if told.field in (name, name.partition(".")[0])]
    if not fields:
        notice = notice_view(t, trouble(told.sentence, **told.values))
        return {"response_action": "update", "view": notice.to_dict()}
    field = next(iter([*meant, *fields]))
    return {"response_action": "errors", "errors": {field: bare(told.sentence, **told.values)}}
