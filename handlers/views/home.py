"""The Home tab, and the same in a message: what waits, my partners, what one can do."""

from collections.abc import Sequence

from slackblocks import Block, HomeTabView, SectionBlock

from bot.partner import Hit
from bot.tjek import Check
from bot.translation import Translator
from handlers.views import command, tjek, workspace
from handlers.views.partner import ADD, SHOW
from handlers.views.parts import Reply, button, cut, heading, notice, plain, rich, row, small


def overview(
    t: Translator,
    name: str,
    waiting: Sequence[Check],
    mine: Sequence[Hit],
    decided: Sequence[Check] = (),
) -> Reply:
    """`/partner` by itself."""
    greeting = t("**Hi {name}.** {waits}")
    waits = _waits(t, len(waiting))
    blocks: list[Block] = [rich(greeting, block_id="hello", name=name, waits=waits)]
    blocks += tjek.lines_of(t, waiting)
    blocks += [_buttons(t)]
    blocks += _decided(t, decided, len(waiting))
    if mine:
        blocks.append(rich(t("**Your partners**"), block_id="mine"))
        blocks += [_partner(t, hit, n) for n, hit in enumerate(mine)]
    return Reply(notice(greeting, name=name, waits=waits), blocks)


def home(
    t: Translator,
    name: str,
    waiting: Sequence[Check],
    mine: Sequence[Hit],
    decided: Sequence[Check] = (),
) -> HomeTabView:
    """The Home tab; useful on the first day to someone who has no partner yet."""
    blocks: list[Block] = [
        heading(t("Hi {name}", name=name) if name else "Partnerbot", "home_name"),
        _buttons(t),
        rich("{waits}", block_id="home_waits", waits=_waits(t, len(waiting))),
        *tjek.lines_of(t, waiting),
        *_decided(t, decided, len(waiting)),
    ]
    if mine:
        blocks.append(heading(t("Your partners"), "home_mine"))
        blocks += [_partner(t, hit, n) for n, hit in enumerate(mine)]
    else:
        blocks.append(
            rich(
                t(
                    "You are not down as knowing anybody yet, and you need not be. Find a partner"
                    " with `/partner` and the name, and press _I know them_."
                ),
                block_id="home_none",
            )
        )
    blocks.append(small(t("Only you can see this. I never read your messages."), "home_privacy"))
    return HomeTabView(blocks)


def closed_home(sentence: str) -> HomeTabView:
    """For a guest: one friendly sentence."""
    return HomeTabView([rich(sentence, block_id="home_closed")])


def _decided(t: Translator, decided: Sequence[Check], first: int) -> list[Block]:
    if not decided:
        return []
    return [rich(t("**Your latest decisions**"), "decided"), *tjek.lines_of(t, decided, first)]


def _waits(t: Translator, number: int) -> str:
    if not number:
        return t("No check is waiting for you.")
    return t.n("One check is waiting for you:", "{number} checks are waiting for you:", number)


def _buttons(t: Translator) -> Block:
    return row(
        "home_buttons",
        tjek.begin_button(t),
        button(t("Add a partner"), ADD),
        button(t("Settings"), workspace.OPEN),
        button(t("Help"), command.HELP),
    )


def _partner(t: Translator, hit: Hit, number: int) -> Block:
    text = f"{hit.name} – {hit.detail}" if hit.detail else hit.name
    return SectionBlock(
        plain(cut(text, 300)),
        block_id=f"mine.{number}",
        accessory=button(t("Show"), f"{SHOW}.{number}", str(hit.id)),
    )
