from bot.circle import Level
from bot.home_house import Figures


def test_the_circle_is_counted_over_its_rings() -> None:
    assert Figures().number == 0
    assert Figures({Level.NETWORK: 161, Level.PARTNERSHIP: 12}, unheld=3).number == 173
