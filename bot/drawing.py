"""Pieces of a drawing (SVG) that all pictures share. Lengths are in pixels.

A picture has its own background, for nobody can tell whether Slack is dark or light.
"""

from collections.abc import Iterable
from html import escape

FONT = "Lato"  # shipped in bot/fonts
INK = "#1d1c1d"
GRID = "#d5d5d5"
PAPER = "#ffffff"


def drawing(width: int, height: int, pieces: Iterable[str]) -> str:
    """A whole drawing, in a file of its own."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="{FONT}" font-size="15" fill="{INK}">'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
        f"{''.join(pieces)}</svg>"
    )


def text(
    x: int, y: int, words: str, *, size: int = 15, anchor: str = "start", bold: bool = False
) -> str:
    """A line of text; y is its base line."""
    weight = "bold" if bold else "normal"
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )
