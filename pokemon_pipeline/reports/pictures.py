"""Pictures of a run: the GIF that a replay renders, and its last picture for a page."""

from __future__ import annotations

import base64
import io
from pathlib import Path


def render_gif(telemetry: Path, rom: Path | None, frames_dir: Path) -> Path:
    """Replay an attempt into `<run>.<attempt>.gif`; the file appears whole or not at all."""
    from agent_core.replay import gif

    frames_dir.mkdir(parents=True, exist_ok=True)
    out = frames_dir / f"{telemetry.stem}.gif"
    partial = frames_dir / f".{telemetry.stem}.partial.gif"
    try:
        gif(telemetry, partial, rom)
        return partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


def last_picture(gif: Path) -> bytes:
    """The last picture of a GIF that shows something, as a PNG of four shades.

    It stays at the console's size, because Dagster shows markdown under 1,000 characters in the page itself and puts
    longer ones behind a link. The console's screen is blank while it loads a map, which is when a run that was to reach
    a place ends.
    """
    from PIL import Image

    with Image.open(gif) as animation:
        for number in reversed(range(getattr(animation, "n_frames", 1))):
            animation.seek(number)
            picture = animation.convert("L")
            darkest, lightest = picture.getextrema()
            if darkest != lightest:
                break
    out = io.BytesIO()
    shades = picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=4)
    shades.save(out, "PNG", optimize=True, bits=2)
    return out.getvalue()


def markdown_picture(png: bytes, alternative: str) -> str:
    """A picture inside markdown, as Dagster's pages show it."""
    return f"![{alternative}](data:image/png;base64,{base64.b64encode(png).decode('ascii')})"
