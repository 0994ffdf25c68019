from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from agent_core.replay import ReplayError
from pokemon_pipeline.reports.pictures import last_picture, render_gif


def test_the_picture_of_a_run_is_the_last_one_that_shows_something(tmp_path: Path) -> None:
    shown, blank = Image.new("L", (160, 144), 0), Image.new("L", (160, 144), 255)
    shown.putpixel((3, 5), 255)
    shown.save(tmp_path / "run.gif", save_all=True, append_images=[blank])
    with Image.open(io.BytesIO(last_picture(tmp_path / "run.gif"))) as picture:
        assert picture.format == "PNG" and picture.size == (160, 144)
        assert [picture.convert("L").getpixel(at) for at in ((3, 5), (4, 5))] == [255, 0]


def test_a_run_of_blank_pictures_still_has_one(tmp_path: Path) -> None:
    Image.new("L", (160, 144), 255).save(tmp_path / "run.gif")
    with Image.open(io.BytesIO(last_picture(tmp_path / "run.gif"))) as picture:
        assert picture.size == (160, 144)


def test_a_gif_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(telemetry: Path, out: Path, rom: Path | None) -> Path:
        out.write_bytes(b"GIF89a, half of it")
        raise ReplayError("The disk is full.")

    monkeypatch.setattr("agent_core.replay.gif", broken)
    with pytest.raises(ReplayError):
        render_gif(tmp_path / "run-a.1.jsonl", None, tmp_path / "frames")
    assert not list((tmp_path / "frames").iterdir())
