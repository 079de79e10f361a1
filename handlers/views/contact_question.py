"""One quick question about a partner, below what was just noted."""

from slackblocks import Block, StaticSelectMenu

from bot.contact_question import QUESTIONS
from bot.partner import Partner
from bot.partner_question import choices
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views.partner_question import QUESTION, name_of
from handlers.views.parts import OPTION, button, cut, option, plain, rich, row
from handlers.views.parts_values import in_todays_form

ANSWER = "contact_answer"
SKIP = "contact_skip"
EVERY = "*"  # in place of one age group: all of them

BUTTONS = 8  # more are not read as a row, and become a menu
NAME = 200


def question(
    t: Translator, library: Workspace, field: str, partner: str, contact_id: int
) -> list[Block]:
    """The question with an answer a click; contact_id leads back to the partner."""
    offered = choices(field, library)
    value = f"{contact_id}:{field}:"
    skip = button(t("Skip"), SKIP, str(contact_id))
    asked = rich(t(QUESTION[field]), block_id="question", partner=cut(partner, NAME))
    if len(offered) > BUTTONS:
        options = [option(name_of(t, library, field, one), value + one) for one in offered]
        menu = StaticSelectMenu(ANSWER, options, placeholder=plain(t("Choose")))
        return [asked, row("question_answers", menu, skip)]
    answers = [
        button(cut(name_of(t, library, field, one), OPTION), f"{ANSWER}.{n}", value + one)
        for n, one in enumerate(offered)
    ]
    if field == "age_groups":
        answers.append(button(t("Everybody"), f"{ANSWER}.every", value + EVERY))
    return [asked, row("question_answers", *answers, skip)]


@in_todays_form()
def read_answer(value: str) -> tuple[int, str, str]:
    """Of a button or the menu: the contact it stands below, the partner's field, and the answer."""
    number, field, chosen = value.split(":", 2)
    if field not in QUESTIONS:
        raise ValueError(field)
    return int(number), field, chosen


def answered(t: Translator, library: Workspace, field: str, partner: Partner) -> list[Block]:
    """What is on the card now, a colleague's answer if hers came first."""
    value = getattr(partner, field)
    values = (value,) if isinstance(value, str) else value
    names = t.list(name_of(t, library, field, one) for one in values)
    return [rich(t("Thanks. The card now says: {answer}."), block_id="answered", answer=names)]
