"""The state reader on captures of the real game, on hand-made RAM and on noise."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_core.gen1 import symbols as sym
from agent_core.gen1.state import StateReader, battle_mon, party_member
from agent_core.world.live import read_bodies
from tests.agent_core.small_world import FlatMemory

CAPTURES = next(
    (folder for root in Path(__file__).resolve().parents[3:] if (folder := root / "shared" / "ram").is_dir()),
    Path("shared/ram"),
)
"""Captures of real RAM; they lie beside the repository, not in it."""


@cache
def manifest() -> dict[str, Any]:
    path = CAPTURES / "manifest.json"
    if not path.is_file():
        return {}
    data = json.loads(path.read_text())
    entries = data.get("captures", data)
    return entries if isinstance(entries, dict) else {entry["name"]: entry for entry in entries}


def capture(name: str) -> FlatMemory:
    image = np.load(CAPTURES / f"{name}.npz")
    memory = FlatMemory()
    memory.put(0xC000, *image["wram"].tolist())
    memory.put(0xFF80, *image["hram"].tolist())
    return memory


READABLE = sorted(name for name, entry in manifest().items() if "garbage" not in entry.get("flags", []))


@pytest.mark.skipif(not READABLE, reason="the captures of real RAM are not beside the repository")
def test_every_capture_of_the_real_game_reads_as_its_manifest_says() -> None:
    for name in READABLE:
        expected = manifest()[name]["expected"]
        reader = StateReader(capture(name))
        state = reader.read()
        assert state.cell == (expected["map_id"], expected["x"], expected["y"]), name
        assert state.tileset == expected["tileset_id"], name
        assert state.badges == expected["badges_raw"], name
        assert reader.money() == expected["money"], name
        assert state.text_open == expected["font_loaded"], name
        members = [(m["level"], m["hp"], m["max_hp"], m["exp"]) for m in expected["party"]]
        assert [(m.level, m.hp, m.max_hp, m.experience) for m in state.party] == members, name
        assert [list(m.pp) for m in state.party] == [[v["pp"] for v in m["moves"]] for m in expected["party"]], name
        assert state.bag == tuple((item["id"], item["count"]) for item in expected["bag"]), name
        assert bool(state.in_battle) == (expected["in_battle"] != "none"), name
        assert state.faults == (), name


@pytest.mark.skipif(not READABLE, reason="the captures of real RAM are not beside the repository")
def test_a_standing_player_in_the_real_game_is_ready_for_input() -> None:
    for name in READABLE:
        clean = not manifest()[name].get("flags")
        if clean and "wild_battle" not in name:
            assert StateReader(capture(name)).read().ready, name


@pytest.mark.skipif(not READABLE, reason="the captures of real RAM are not beside the repository")
def test_bodies_in_the_real_game_stand_where_the_sprites_are() -> None:
    for name in READABLE:
        seen = {body.slot: body for body in read_bodies(capture(name))}
        for sprite in manifest()[name]["expected"]["sprites"][1:]:
            body = seen[sprite["slot"]]
            assert (body.x, body.y, body.hidden) == (sprite["map_x"], sprite["map_y"], bool(sprite["hidden_flag"])), (
                name
            )


@pytest.mark.skipif(not READABLE, reason="the captures of real RAM are not beside the repository")
def test_the_battle_capture_shows_both_sides() -> None:
    battle = StateReader(capture("just_died_mt_moon")).battle()
    assert battle.wild
    assert (battle.enemy.level, battle.enemy.hp, battle.enemy.max_hp) == (8, 26, 26)
    assert (battle.player.level, battle.player.hp) == (19, 0)


@pytest.mark.skipif(not READABLE, reason="the captures of real RAM are not beside the repository")
def test_a_crashed_game_is_refused_by_naming_its_impossible_values() -> None:
    faults = StateReader(capture("glitch_26_d1d4")).read().faults
    assert "party count 57 is above 6" in faults
    assert "bag count 57 is above 20" in faults
    assert "battle kind 57 does not exist" in faults


def healthy() -> FlatMemory:
    memory = FlatMemory()
    memory.put(sym.wCurMapHeight, 9, 10)
    memory.put(sym.wCurMap, 0)
    memory.put(sym.wYCoord, 6, 5)
    return memory


def test_names_money_and_items_are_decoded() -> None:
    memory = healthy()
    memory.put(sym.wPlayerName, 0x91, 0x84, 0x83, 0x50)
    memory.put(sym.wRivalName, 0x81, 0x8B, 0x50)
    memory.put(sym.wPlayerMoney, 0x00, 0x31, 0x75)
    memory.put(sym.wNumBagItems, 2)
    memory.put(sym.wBagItems, 20, 3, 4, 9, 0xFF)
    reader = StateReader(memory)
    state = reader.read()
    assert (reader.player_name(), reader.rival_name(), reader.money()) == ("RED", "BL", 3175)
    assert state.quantity(20) == 3
    assert state.quantity(99) == 0
    assert state.badge_count == 0
    assert reader.read().bag is state.bag


def test_pp_loses_its_bonus_bits_and_empty_moves_are_left_out() -> None:
    data = bytearray(44)
    data[0x08:0x0C] = bytes([33, 45, 0, 0])
    data[0x1D:0x21] = bytes([0xC0 + 35, 40, 0, 0])
    member = party_member(bytes(data))
    assert member.moves == (33, 45)
    assert member.pp == (35, 40)
    assert battle_mon(bytes(29)).moves == ()


@pytest.mark.parametrize(
    ("address", "values", "fault"),
    [
        (sym.wCurMap, (250,), "map 250 does not exist"),
        (sym.wXCoord, (99,), "position (99,6) lies outside a map of 20 by 18 steps"),
        (sym.wIsInBattle, (7,), "battle kind 7 does not exist"),
        (sym.wPartyCount, (9,), "party count 9 is above 6"),
        (sym.wNumBagItems, (21,), "bag count 21 is above 20"),
        (sym.wPartyCount, (1,), "party slot 0 has no species"),
    ],
)
def test_an_impossible_value_is_named(address: int, values: tuple[int, ...], fault: str) -> None:
    memory = healthy()
    memory.put(address, *values)
    assert fault in StateReader(memory).read().faults


@pytest.mark.parametrize(
    ("address", "value"),
    [
        (sym.wWalkCounter, 3),
        (sym.wJoyIgnore, 0xFF),
        (sym.wStatusFlags5, 0x01),
        (sym.wStatusFlags5, 0x20),
        (sym.wStatusFlags5, 0x80),
        (sym.wSimulatedJoypadStatesIndex, 1),
        (sym.wNPCMovementScriptPointerTableNum, 1),
        (sym.wFontLoaded, 1),
        (sym.wIsInBattle, 1),
        (sym.wMovementFlags, 0x02),
        (sym.wMovementFlags, 0x40),
        (sym.wMovementFlags, 0x80),
        (sym.wMiscFlags, 1),
        (sym.wStatusFlags6, 0x04),
        (sym.wCurOpponent, 36),
    ],
)
def test_input_is_not_ready_while_the_game_says_so_in_any_of_its_ways(address: int, value: int) -> None:
    memory = healthy()
    assert StateReader(memory).read().ready
    memory.put(address, value)
    assert not StateReader(memory).read().ready


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_no_memory_makes_the_reader_raise(seed: int) -> None:
    memory = FlatMemory(np.random.default_rng(seed).bytes(0x10000))
    reader = StateReader(memory)
    reader.read()
    reader.menu()
    reader.battle()
    reader.screen().text()
    read_bodies(memory)
