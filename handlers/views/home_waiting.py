"""What waits for a colleague, as Home and `/partner` show it."""

from slackblocks import Block, Button

from bot.home import Desktop, Page, Waiting
from bot.partner import Partner
from bot.reminder import What
from bot.translation import Translator
from handlers.views import circle_question, evaluation_step, tjek, tjek_step
from handlers.views.home_turning import page_turner
from handlers.views.partner import MORE, SHOW, STEP_DONE
from handlers.views.parts import button, cut, rich, row, small
from handlers.views.reminder_home import offer_lines, quiet_lines, why
from handlers.views.reminder_left import left_lines
from handlers.views.round_waiting import asked_lines, led_lines

PAGE = "home_waiting_page"

NAME = 200  # characters of a partner's name in a sentence
STEP = 300


def waits(t: Translator, waiting: Waiting) -> str:
    """How much of it there is."""
    if not waiting.number:
        return t("Nothing is waiting for you.")
    return t.n(
        "One thing is waiting for you:",
        "{number} things are waiting for you:",
        waiting.number,
        number=t.count(waiting.number, first=True),
    )


def lines(t: Translator, desktop: Desktop) -> list[Block]:
    """What is on this page, each with what one can do: what a colleague waits for first."""
    found, today = desktop.waiting, desktop.today
    blocks = asked_lines(t, found.rounds) + offer_lines(t, desktop)
    for left in found.left:
        blocks += left_lines(t, left)
    for asked in found.asked:
        blocks += circle_question.lines(t, asked, today)
        if desktop.user != asked.question.by:
            blocks += why(t, desktop, What.QUESTION, asked.question.id, asked.partner)
    blocks += led_lines(t, found.led)
    blocks += tjek_step.lines(t, found.tasks, today)
    blocks += evaluation_step.lines(t, found.agreed, today)
    for partner in found.steps:
        blocks += _step(t, desktop, partner)
    return [*blocks, *quiet_lines(t, desktop), *tjek.lines_of(t, found.checks)]


def turning(t: Translator, page: Page) -> list[Block]:
    """To the pages before and after."""
    return page_turner(t, page, PAGE, "home_waiting")


def elsewhere(t: Translator, waiting: Waiting) -> list[Block]:
    """Where the rest of it is, in a message."""
    if not waiting.elsewhere:
        return []
    said = t.n(
        "And one more on the Home tab.",
        "And {number} more on the Home tab.",
        waiting.elsewhere,
        number=t.count(waiting.elsewhere),
    )
    return [small(said, "waiting_more")]


def _step(t: Translator, desktop: Desktop, partner: Partner) -> list[Block]:
    day = partner.next_step_on
    sentence = t("**{name}:** {step} ({day})")
    ways = [show(t, partner, "step")]
    if day and day < desktop.today:
        sentence = t("**{name}:** {step} (planned for {day}). Is it done, or is there a new date?")
        ways = [*_ended(t, partner), *ways]
    on = t.long_day(day, desktop.today) if day else ""
    if day == desktop.today:  # the day to say that it is done, or that it is not
        ways, on = [*_ended(t, partner), *ways], t("today")
    said = rich(
        sentence,
        block_id=f"step.{partner.id}",
        name=cut(partner.name, NAME),
        step=cut(partner.next_step, STEP),
        day=on,
    )
    buttons = row(f"step_buttons.{partner.id}", *ways)
    return [said, buttons, *why(t, desktop, What.STEP, partner.id, partner)]


def _ended(t: Translator, partner: Partner) -> list[Button]:
    """The version that is shown goes along: another step put meanwhile is not this one."""
    number = str(partner.id)
    seen = f"{number}:{partner.version}"
    return [
        button(t("It is done"), f"{STEP_DONE}.{number}", seen),
        button(t("New date"), f"{MORE}.{number}", f"work:{number}"),
    ]


def show(t: Translator, partner: Partner, where: str) -> Button:
    """The card; `where` keeps the ids apart in one view."""
    return button(t("Show"), f"{SHOW}.{where}{partner.id}", str(partner.id))
