"""The blocks that a member acts on, in a view or a message, and what is filled into them."""

from dataclasses import dataclass

from sandbox.api.objects import file_json
from sandbox.control.ask import Ask, UnknownError
from sandbox.control.sight import channels_of
from sandbox.delivery.payload import Place
from sandbox.elements import Element, stateful
from sandbox.errors import Refused
from sandbox.values import InvalidValueError, Reach, to_state
from sandbox.world import Json, View


@dataclass(frozen=True)
class Surface:
    """A view or the message at `place`; `typed` and `picked` are the member's own."""

    ask: Ask
    blocks: list[Json]
    typed: Json
    picked: Json
    view: View | None = None
    place: Place | None = None

    @classmethod
    def of(cls, ask: Ask) -> "Surface":
        """The surface that the call names by `view_id` or `message`."""
        if "view_id" in ask.body:
            view = ask.view()
            return cls(ask, view.body["blocks"], view.typed, view.picked, view=view)
        place = ask.place()
        typed = place.message.typed.setdefault(ask.member.id, {})
        picked = place.message.picked.setdefault(ask.member.id, {})
        return cls(ask, place.message.blocks, typed, picked, place=place)

    def fill(self, values: Json) -> None:
        """Take what the member has filled in so far: `{block_id: {action_id: short value}}`."""
        fields = {(e.block_id, e.action_id): e for e in stateful(self.blocks)}
        found = []
        for block_id, answers in values.items():
            if not isinstance(answers, dict):
                raise Refused("invalid_arguments", expected="values: {block_id: {action_id: V}}")
            for action_id, value in answers.items():
                element = fields.get((block_id, action_id))
                if element is None:
                    raise UnknownError("no_such_element", block_id=block_id, action_id=action_id)
                found.append((element, self.state(element, value)))
        for element, state in found:
            self.typed.setdefault(element.block_id, {})[element.action_id] = state
        self.keep()

    def state(self, element: Element, value: object) -> Json:
        """The state object for a value. Refused: `invalid_value`."""
        try:
            return to_state(element, value, self._reach())
        except InvalidValueError as error:
            raise Refused("invalid_value", detail=str(error)) from None

    def put(self, element: Element, state: Json) -> None:
        """Let the field hold that."""
        self.typed.setdefault(element.block_id, {})[element.action_id] = state
        self.keep()

    def offer(self, element: Element, options: list[Json]) -> None:
        """Note what an external select offered; all that was ever offered can be chosen."""
        known = {option["value"]: option for option in self.picked.get(element.action_id, [])}
        known |= {option["value"]: option for option in options}
        self.picked[element.action_id] = list(known.values())
        self.keep()

    def keep(self) -> None:
        """Say that the view or message changed."""
        record = self.view or (self.place and self.place.message)
        self.ask.engine.touch(self.ask.team, record)

    def _reach(self) -> Reach:
        team, member = self.ask.team, self.ask.member
        return Reach(
            members={m.id: m for m in team.members.values() if not m.deleted},
            channels={c.id: c for c in channels_of(team, member)},
            files={
                f.id: file_json(self.ask.engine, team, f)
                for f in team.files.values()
                if f.user == member.id
            },
            offered=self.picked,
        )
