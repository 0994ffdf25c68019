"""The state of the game, read from RAM in one pass of small slices (gen1 1.1-1.7).

A byte costs ~40 ns to read, so a turn reads only what its situation needs: the overworld core always, the screen and
the menu bytes when text or a battle is up. Party and bag are decoded again only when their bytes changed.
"""

from __future__ import annotations

import struct
from typing import Protocol

import msgspec

from agent_core.gen1 import symbols as sym
from agent_core.gen1.text import SCREEN_SIZE, Screen, bcd, decode

PARTY_SIZE = 44
PARTY_LIMIT = 6
BAG_LIMIT = 20
MAP_COUNT = 248
LEVEL_LIMIT = 100
WINDOW_CLOSED = 0x90

_PARTY = struct.Struct(">BHBBBBB4sH3s5H2s4sBHHHHH")
_BATTLE = struct.Struct(">BHBBBBB4s2sBHHHHH4s")


class Memory(Protocol):
    """Whatever can show RAM: the emulator, or a captured image in a test."""

    def read(self, start: int, length: int) -> bytes: ...

    def byte(self, address: int) -> int: ...


class PartyMember(msgspec.Struct, frozen=True):
    """One party struct (gen1 1.6); PP without the PP-Up bits."""

    species: int
    hp: int
    max_hp: int
    level: int
    status: int
    types: tuple[int, int]
    moves: tuple[int, ...]
    pp: tuple[int, ...]
    experience: int
    attack: int
    defense: int
    speed: int
    special: int


class BattleMon(msgspec.Struct, frozen=True):
    """One battle struct (gen1 1.7): the stats as battle modifies them."""

    species: int
    hp: int
    max_hp: int
    level: int
    status: int
    types: tuple[int, int]
    moves: tuple[int, ...]
    pp: tuple[int, ...]
    attack: int
    defense: int
    speed: int
    special: int


class Battle(msgspec.Struct, frozen=True):
    """A battle in progress (gen1 1.7). Stages: attack, defense, speed, special, accuracy, evasion; 7 is neutral."""

    kind: int
    battle_type: int
    trainer_class: int
    player: BattleMon
    enemy: BattleMon
    player_slot: int
    player_stages: tuple[int, ...]
    enemy_stages: tuple[int, ...]
    player_volatile: tuple[int, int, int]
    enemy_volatile: tuple[int, int, int]
    run_attempts: int
    disabled_slot: int
    move_cursor: int

    @property
    def wild(self) -> bool:
        return self.kind == 1


class Menu(msgspec.Struct, frozen=True):
    """The generic cursor menu (gen1 1.5); stale after it closes, so compare with the screen."""

    top_y: int
    top_x: int
    current: int
    maximum: int
    watched: int
    scroll: int
    text_box: int
    list_id: int
    list_count: int
    two_option: int


class GameState(msgspec.Struct, frozen=True):
    """Everything a decision outside battle reads; `faults` names impossible values."""

    map_id: int
    x: int
    y: int
    last_map: int
    tileset: int
    facing: int
    walk_counter: int
    badges: int
    text_open: bool
    window_y: int
    in_battle: int
    joy_ignore: int
    scripted: bool
    ready: bool
    party: tuple[PartyMember, ...]
    bag: tuple[tuple[int, int], ...]
    faults: tuple[str, ...]

    @property
    def cell(self) -> tuple[int, int, int]:
        return (self.map_id, self.x, self.y)

    @property
    def badge_count(self) -> int:
        return self.badges.bit_count()

    def quantity(self, item: int) -> int:
        return sum(count for kind, count in self.bag if kind == item)


def party_member(data: bytes) -> PartyMember:
    """One 44-byte party struct."""
    (species, hp, _, status, type1, type2, _, moves, _, exp, *_, pp, level, max_hp, attack, defense, speed, special) = (
        _PARTY.unpack(data)
    )
    known = sum(1 for move in moves if move)
    return PartyMember(
        species,
        hp,
        max_hp,
        level,
        status,
        (type1, type2),
        tuple(moves[:known]),
        tuple(value & 0x3F for value in pp[:known]),
        int.from_bytes(exp, "big"),
        attack,
        defense,
        speed,
        special,
    )


def battle_mon(data: bytes) -> BattleMon:
    """One 29-byte battle struct."""
    species, hp, _, status, type1, type2, _, moves, _, level, max_hp, attack, defense, speed, special, pp = (
        _BATTLE.unpack(data)
    )
    known = sum(1 for move in moves if move)
    return BattleMon(
        species,
        hp,
        max_hp,
        level,
        status,
        (type1, type2),
        tuple(moves[:known]),
        tuple(value & 0x3F for value in pp[:known]),
        attack,
        defense,
        speed,
        special,
    )


def party_faults(party: tuple[PartyMember, ...]) -> tuple[str, ...]:
    """Impossible values of a party, in words."""
    faults = []
    for slot, member in enumerate(party):
        if member.species == 0 or member.species == 0xFF:
            faults.append(f"party slot {slot} has no species")
        if not 1 <= member.level <= LEVEL_LIMIT:
            faults.append(f"party slot {slot} has level {member.level}")
        if member.max_hp == 0 or member.hp > member.max_hp:
            faults.append(f"party slot {slot} has {member.hp} of {member.max_hp} HP")
    return tuple(faults)


class StateReader:
    """Reads GameState and, on request, the battle, the menu and the screen from one memory."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._party_bytes = b""
        self._party: tuple[PartyMember, ...] = ()
        self._party_faults: tuple[str, ...] = ()
        self._bag_bytes = b""
        self._bag: tuple[tuple[int, int], ...] = ()

    def read(self) -> GameState:
        """One observation; about 20 microseconds on the emulator."""
        read, byte = self._memory.read, self._memory.byte
        core = read(sym.wObtainedBadges, 20)
        map_id, y, x, last_map, tileset, height, width = (
            core[8],
            core[11],
            core[12],
            core[15],
            core[17],
            core[18],
            core[19],
        )
        flags = read(sym.wStatusFlags3, 10)
        status3, status5, status6, movement = flags[0], flags[3], flags[5], flags[9]
        font, walk = read(sym.wFontLoaded, 2)
        in_battle = byte(sym.wIsInBattle)
        joy_ignore = byte(sym.wJoyIgnore)
        simulated = byte(sym.wSimulatedJoypadStatesIndex)
        escort = byte(sym.wNPCMovementScriptPointerTableNum)
        scripted = bool(status5 & 0xA1 or simulated or escort or movement & 0xC2 or status6 & 0x1C)
        seen = byte(sym.wMiscFlags) & 1
        ready = not (
            walk
            or joy_ignore & 0xF0
            or scripted
            or font & 1
            or in_battle
            or seen
            or status3 & 0x08
            or byte(sym.wCurOpponent)
        )
        faults = self._party_and_bag()
        if map_id >= MAP_COUNT:
            faults = (*faults, f"map {map_id} does not exist")
        elif (x > 2 * width and x != 0xFF) or (y > 2 * height and y != 0xFF):
            faults = (*faults, f"position ({x},{y}) lies outside a map of {2 * width} by {2 * height} steps")
        if in_battle not in (0, 1, 2, 0xFF):
            faults = (*faults, f"battle kind {in_battle} does not exist")
        return GameState(
            map_id,
            x,
            y,
            last_map,
            tileset,
            byte(sym.wSpritePlayerStateData1FacingDirection),
            walk,
            core[0],
            bool(font & 1),
            byte(sym.hWY),
            in_battle,
            joy_ignore,
            scripted,
            ready,
            self._party,
            self._bag,
            faults,
        )

    def _party_and_bag(self) -> tuple[str, ...]:
        read, byte = self._memory.read, self._memory.byte
        count = byte(sym.wPartyCount)
        data = read(sym.wPartyMons, PARTY_SIZE * count) if 1 <= count <= PARTY_LIMIT else b""
        if data != self._party_bytes:
            self._party_bytes = data
            self._party = tuple(
                party_member(data[start : start + PARTY_SIZE]) for start in range(0, len(data), PARTY_SIZE)
            )
            self._party_faults = party_faults(self._party)
        faults = self._party_faults
        if count > PARTY_LIMIT:
            faults = (*faults, f"party count {count} is above {PARTY_LIMIT}")
        kinds = byte(sym.wNumBagItems)
        if kinds > BAG_LIMIT:
            faults = (*faults, f"bag count {kinds} is above {BAG_LIMIT}")
            kinds = 0
        bag = read(sym.wBagItems, 2 * kinds) if kinds else b""
        if bag != self._bag_bytes:
            self._bag_bytes = bag
            self._bag = tuple(zip(bag[::2], bag[1::2], strict=True))
        return faults

    def screen(self) -> Screen:
        return Screen(self._memory.read(sym.wTileMap, SCREEN_SIZE))

    def menu(self) -> Menu:
        read, byte = self._memory.read, self._memory.byte
        base = read(sym.wTopMenuItemY, 6)
        return Menu(
            base[0],
            base[1],
            base[2],
            base[4],
            base[5],
            byte(sym.wListScrollOffset),
            byte(sym.wTextBoxID),
            byte(sym.wListMenuID),
            byte(sym.wListCount),
            byte(sym.wTwoOptionMenuID),
        )

    def battle(self) -> Battle:
        """The battle bytes; meaningful while wIsInBattle is 1 or 2 and the first turn has been set up."""
        read, byte = self._memory.read, self._memory.byte
        player_status = read(_PLAYER_VOLATILE, 3)
        enemy_status = read(_ENEMY_VOLATILE, 3)
        return Battle(
            byte(sym.wIsInBattle),
            byte(sym.wBattleType),
            byte(sym.wTrainerClass),
            battle_mon(read(sym.wBattleMon, _BATTLE.size)),
            battle_mon(read(sym.wEnemyMon, _BATTLE.size)),
            byte(sym.wPlayerMonNumber),
            tuple(read(sym.wPlayerMonStatMods, 6)),
            tuple(read(sym.wEnemyMonStatMods, 6)),
            (player_status[0], player_status[1], player_status[2]),
            (enemy_status[0], enemy_status[1], enemy_status[2]),
            byte(sym.wNumRunAttempts),
            byte(sym.wPlayerDisabledMove) >> 4,
            byte(sym.wPlayerMoveListIndex),
        )

    def player_name(self) -> str:
        return decode(self._memory.read(sym.wPlayerName, 11))

    def rival_name(self) -> str:
        return decode(self._memory.read(sym.wRivalName, 11))

    def money(self) -> int:
        return bcd(self._memory.read(sym.wPlayerMoney, 3))


_PLAYER_VOLATILE = sym.wPlayerStatsToDouble + 2
_ENEMY_VOLATILE = sym.wPlayerStatsToDouble + 7
