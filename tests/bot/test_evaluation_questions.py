from typing import Any

import pytest
from pydantic import ValidationError

from bot.evaluation_questions import Instrument, shipped


def changed(**values: Any) -> dict[str, Any]:
    return shipped().get("pulse").model_dump() | values


def test_the_shipped_ones_are_found_by_their_ids() -> None:
    pulse = shipped().get("pulse")
    assert [one.id for one in pulse.questions] == ["easy", "forward", "difference"]
    assert pulse.question("easy") in pulse.of("cooperation")
    assert not pulse.asks_partner


def test_what_cannot_be_told_apart_is_refused() -> None:
    first, *others = changed()["questions"]
    with pytest.raises(ValidationError, match="the id 'easy' is used twice"):
        Instrument.model_validate(changed(questions=[first, first, *others]))
    lost = first | {"theme": "elsewhere"}
    with pytest.raises(ValidationError, match="there is no theme 'elsewhere'"):
        Instrument.model_validate(changed(questions=[lost]))
