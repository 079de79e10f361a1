"""A drawing as a PNG, in a short child process: the library that draws lets nobody else run."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from importlib.resources import files

from bot.drawing import FONT

SECONDS = 60.0  # for one drawing; it takes half a second


async def png(svg: str) -> bytes:
    """Draw it.

    Raises:
        OSError: there is no room for a process that draws.
        RuntimeError: it could not be drawn, or not in time.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "handlers.png", stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        drawn, said = await asyncio.wait_for(child.communicate(svg.encode()), SECONDS)
    except TimeoutError as error:
        raise RuntimeError("A drawing took too long") from error
    finally:
        if child.returncode is None:  # too long, or whoever waited for it does so no more
            child.kill()
            await child.wait()
    if child.returncode:
        raise RuntimeError(f"A drawing failed: {said.decode(errors='replace')[-500:]}")
    return drawn


def main() -> None:
    """Read the drawing, and write what it looks like."""
    import resvg_py  # noqa: PLC0415 - the bot itself draws nothing

    fonts = [str(font) for font in files("bot").joinpath("fonts").iterdir() if _is_font(font.name)]
    drawn = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.read(), skip_system_fonts=True, font_files=fonts, font_family=FONT
    )
    sys.stdout.buffer.write(bytes(drawn))


def _is_font(name: str) -> bool:
    return name.endswith(".ttf")


if __name__ == "__main__":
    main()
