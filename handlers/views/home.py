"""The Home tab, and the same in a message: what waits, my partners, what one can do."""

from slackblocks import Block, Button, HomeTabView

from bot.contact import Kind
from bot.home import Desktop, Page, Waiting
from bot.partner import Partner, Status
from bot.reminder import What
from bot.translation import Translator
from bot.words import STATUS
from handlers.views import (
    circle_question,
    command,
    contact,
    contact_who,
    evaluation_step,
    tjek,
    tjek_step,
    workspace,
)
from handlers.views.circle import standing
from handlers.views.delivery_failed import failed_lines
from handlers.views.home_steps import for_coordinator, nobody
from handlers.views.partner import ADD, MORE, SHOW, STEP_DONE
from handlers.views.parts import (
    Reply,
    button,
    cut,
    heading,
    notice,
    rich,
    row,
    small,
    whose,
)
from handlers.views.reminder_home import offered_lines, on_the_way, quiet_lines, why
from handlers.views.round_waiting import asked_lines, led_lines

PAGE = "home_page"

NAME = 200  # characters of a partner's name in a sentence
ABOUT = 150  # characters of what a contact was about; the card shows all
STEP = 300


def overview(t: Translator, desktop: Desktop) -> Reply:
    """`/partner` by itself; the pages and the first steps are on Home."""
    greeting = t("**Hi {name}.** {waits}") if desktop.name else "{waits}"
    values = {"name": desktop.name, "waits": _waits(t, desktop.waiting)}
    blocks: list[Block] = [rich(greeting, block_id="hello", **values)]
    blocks += [*_waiting(t, desktop), _buttons(t)]
    if desktop.nobody_coordinates:
        blocks.append(nobody(t))
    blocks += _decided(t, desktop)
    if desktop.own:
        blocks += [rich(t("**Your partners**"), block_id="mine"), *_partners(t, desktop)]
    if desktop.page.of > 1:
        blocks.append(small(t("The rest are on Partnerbot's Home tab."), "mine_more"))
    return Reply(notice(greeting, **values), blocks)


def home(t: Translator, desktop: Desktop) -> HomeTabView:
    """The Home tab; useful on the first day to someone who has no partner yet."""
    name = desktop.name
    blocks: list[Block] = [
        heading(t("Hi {name}", name=name) if name else "Partnerbot", "home_name"),
        _buttons(t),
        *for_coordinator(t, desktop),
        *failed_lines(t, desktop),
        *_home_waits(t, desktop),
        *_waiting(t, desktop),
        *offered_lines(t, desktop),
        *_decided(t, desktop),
        heading(t("Your partners"), "home_mine"),
        *(_partners(t, desktop) if desktop.own else [_nobody_yet(t)]),
        *_turning(t, desktop.page),
        *on_the_way(t, desktop),
        small(t("Only you can see this. I never read your messages."), "home_privacy"),
    ]
    return HomeTabView(blocks, private_metadata=str(desktop.page.number))


def page_in(note: str) -> int:
    """The page that a Home's private_metadata names."""
    return int(note) if note.isdecimal() else 1


def closed_home(sentence: str) -> HomeTabView:
    """For a guest: one friendly sentence."""
    return HomeTabView([rich(sentence, block_id="home_closed")])


def _buttons(t: Translator) -> Block:
    return row(
        "home_buttons",
        button(t("Note a contact"), contact.BEGIN, primary=True),
        button(t("Who knows …?"), contact_who.BEGIN),
        tjek.begin_button(t),
        button(t("Add a partner"), ADD),
        button(t("Settings"), workspace.OPEN),
        button(t("Help"), command.HELP),
    )


def _waits(t: Translator, waiting: Waiting) -> str:
    if not waiting.number:
        return t("Nothing is waiting for you.")
    if waiting.more:
        return t("The first {number} of what is waiting for you:", number=t.count(waiting.number))
    return t.n(
        "One thing is waiting for you:",
        "{number} things are waiting for you:",
        waiting.number,
        number=t.count(waiting.number, first=True),
    )


def _home_waits(t: Translator, desktop: Desktop) -> list[Block]:
    """How much waits; not that nothing does, right below the coordinator's own list."""
    if desktop.uninformed and not desktop.waiting.number:
        return []
    return [rich("{waits}", block_id="home_waits", waits=_waits(t, desktop.waiting))]


def _waiting(t: Translator, desktop: Desktop) -> list[Block]:
    blocks = asked_lines(t, desktop.waiting.rounds) + led_lines(t, desktop.waiting.led)
    for asked in desktop.waiting.asked:
        blocks += circle_question.lines(t, asked, desktop.today)
        if desktop.user != asked.question.by:
            blocks += why(t, desktop, What.QUESTION, asked.question.id, asked.partner)
    blocks += tjek.lines_of(t, desktop.waiting.checks)
    blocks += tjek_step.lines(t, desktop.waiting.tasks, desktop.today)
    blocks += evaluation_step.lines(t, desktop.waiting.agreed, desktop.today)
    for partner in desktop.waiting.steps:
        blocks += _step(t, desktop, partner)
    return blocks + quiet_lines(t, desktop)


def _step(t: Translator, desktop: Desktop, partner: Partner) -> list[Block]:
    day = partner.next_step_on
    sentence = t("**{name}:** {step} ({day})")
    ways = [_show(t, partner, "step")]
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


def _decided(t: Translator, desktop: Desktop) -> list[Block]:
    if not desktop.decided:
        return []
    first = len(desktop.waiting.checks)
    lines = tjek.lines_of(t, desktop.decided, first)
    return [rich(t("**Your latest decisions**"), block_id="decided"), *lines]


def _partners(t: Translator, desktop: Desktop) -> list[Block]:
    blocks: list[Block] = []
    for partner in desktop.own:
        talked = button(t("We have talked"), f"{contact.RECENT}.{partner.id}", str(partner.id))
        buttons = row(f"own_buttons.{partner.id}", talked, _show(t, partner, "own"))
        blocks += [_partner(t, desktop, partner), buttons]
    return blocks


def _partner(t: Translator, desktop: Desktop, partner: Partner) -> Block:
    """Where they stand, and when anybody here was last in touch."""
    last = desktop.last.get(partner.id)
    lines = [t(standing(partner))]
    if partner.status not in (Status.ACTIVE, Status.ENDED):  # an end is the sentence itself
        lines[0] += " ({status})"
    if last is None:
        lines.append(t("No contact has been noted yet."))
    elif last.kind is Kind.READ_IN:
        lines.append(t("Last contact {day}"))
    elif last.about:
        lines.append(t("Last contact {day}, {who}: {about}"))
    else:
        lines.append(t("Last contact {day}, {who}"))
    return rich(
        "\n".join(lines),
        block_id=f"own.{partner.id}",
        name=cut(partner.name, NAME),
        status=t(STATUS[partner.status]),
        day=t.ago(last.on, desktop.today) if last else "",
        who=whose(t, last.noted_by) if last else "",
        about=cut(last.about, ABOUT) if last else "",
    )


def _show(t: Translator, partner: Partner, where: str) -> Button:
    return button(t("Show"), f"{SHOW}.{where}{partner.id}", str(partner.id))


def _nobody_yet(t: Translator) -> Block:
    sentence = t(
        "Here we keep whom the library works with, and who of us knows them. You are not"
        " responsible for anybody yet, and you need not be. If you know somebody, write `/partner`"
        " and the name, and press _I know them_."
    )
    return rich(sentence, block_id="home_none")


def _turning(t: Translator, page: Page) -> list[Block]:
    if page.of == 1:
        return []
    buttons = []
    if page.number > 1:
        buttons.append(button(t("Previous"), f"{PAGE}.back", str(page.number - 1)))
    if page.number < page.of:
        buttons.append(button(t("Next"), f"{PAGE}.on", str(page.number + 1)))
    where = t("Page {number} of {of}", number=page.number, of=page.of)
    return [small(where, "home_where"), row("home_pages", *buttons)]
