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
    """The last picture of a GIF as PNG, twice as large as the console's screen."""
    from PIL import Image

    with Image.open(gif) as animation:
        animation.seek(getattr(animation, "n_frames", 1) - 1)
        picture = animation.convert("L")
    out = io.BytesIO()
    picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()


def markdown_picture(png: bytes, alternative: str) -> str:
    """A picture inside markdown, as Dagster's pages show it."""
    return f"![{alternative}](data:image/png;base64,{base64.b64encode(png).decode('ascii')})"
