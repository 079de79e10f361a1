"""The sandbox's web page: a chat client in the browser, for people and for browser tests."""

from sandbox.page.server import routes
from sandbox.page.source import Source

__all__ = ["Source", "routes"]
