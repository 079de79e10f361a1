"""The bot as `bench/chaos.py` lets it live and die: `partnerbot run`, and one more thing to say.

What is said is nobody's idea but ours here, so neither noise budget nor quiet hours apply to it.
"""

import asyncio
import gc
import inspect
import logging
import os
from collections.abc import Mapping
from datetime import timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

from bot.settings import load
from handlers import app
from handlers.desk import Desk
from handlers.house import House
from handlers.serve import serve
from handlers.views.parts import Reply, rich
from storage import delivery_lost, delivery_sending
from storage.delivery import Delivery

# Done once for all lives, which are forked from the process that has loaded this: what Bolt asks of
# the interpreter at each start, and what the bot has collected.
inspect.stack()
gc.collect()
gc.freeze()

KIND = "chaos"
SLACK_TIMEOUT = 3  # seconds: few lives are long enough for the usual half minute
# As the usual waits are to the usual half minute: no answer here comes later than after five
# seconds (chaos_slack.py), and whoever looks for one asks twice.
ANSWER = timedelta(seconds=10)
LOOKED_FOR_AFTER = timedelta(seconds=8)
LOOKING = timedelta(seconds=20)


async def compose(_house: House, _team: str, delivery: Delivery) -> Reply:
    return Reply(delivery.key, [rich(delivery.key, "chaos")])


def register(desk: Desk) -> None:
    desk.delivers(KIND, compose)


def live(environment: Mapping[str, str], log: Path, ready: Event, *, hurry: bool) -> None:
    """One life, in a process of its own, until it is killed."""
    os.environ.update(environment)
    told = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(filename=log, level=logging.WARNING, format=told)
    app.FEATURES = (*app.FEATURES, register)
    app.SLACK_TIMEOUT = SLACK_TIMEOUT
    if hurry:
        delivery_sending.ANSWER = ANSWER
        delivery_lost.LOOKED_FOR_AFTER = LOOKED_FOR_AFTER
        delivery_lost.LEASE = LOOKING
    asyncio.run(serve(load(None), ready=ready.set))
