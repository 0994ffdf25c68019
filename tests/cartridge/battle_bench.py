"""A bench for battle tests: the cartridge in PyBoy, a hand-made party, presses, and the formulas to check against."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyboy import PyBoy

from cartridge import ram_map
from tests.cartridge.console import ROM

LAYOUT: Final = ram_map.load()
RAM: Final = {name: place[0] for part in (LAYOUT.wram, LAYOUT.hram) for name, place in part.items()}
BUTTONS: Final = ("a", "b", "select", "start", "right", "left", "up", "down")
TILE_CURSOR: Final = 0xED
NICK: Final = bytes([0x80, 0x81, 0x82]) + bytes([0x50] * 8)
RATIOS: Final = (25, 28, 33, 40, 50, 66, 100, 150, 200, 250, 300, 350, 400)
SETTLE: Final = 8


class Rom:
    """Tables of the built image (gen1 2.4)."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def at(self, name: str, offset: int, size: int) -> bytes:
        bank, address = LAYOUT.rom[name]
        start = bank * 0x4000 + address % 0x4000 + offset
        return self.data[start : start + size]

    def header(self, species: int) -> bytes:
        dex = self.at("PokedexOrder", species - 1, 1)[0]
        return self.at("BaseStats", (dex - 1) * 28, 28)

    def move(self, move: int) -> bytes:
        return self.at("Moves", (move - 1) * 6, 6)

    def effectiveness(self, attack: int) -> list[tuple[int, int]]:
        rows = []
        table = self.at("TypeEffects", 0, 3 * 90)
        for i in range(0, len(table), 3):
            if table[i] == 0xFF:
                break
            if table[i] == attack:
                rows.append((table[i + 1], table[i + 2]))
        return rows

    def experience(self, growth: int, level: int) -> int:
        ratio, square, linear, minus = self.at("GrowthRateTable", growth * 4, 4)
        sign = -1 if square & 0x80 else 1
        total = level**3 * (ratio >> 4) // (ratio & 15)
        return total + sign * (square & 0x7F) * level**2 + linear * level - minus

    def stats(self, species: int, level: int, dvs: bytes, stat_exp: tuple[int, ...] = (0, 0, 0, 0, 0)) -> list[int]:
        """Max HP, attack, defense, speed, special (gen1 5.2)."""
        base = self.header(species)[1:6]
        values = [0, dvs[0] >> 4, dvs[0] & 15, dvs[1] >> 4, dvs[1] & 15]
        values[0] = sum((value & 1) << (4 - i) for i, value in enumerate(values) if i)
        made = []
        for i in range(5):
            root = 0
            while root < 255 and root * root < stat_exp[i]:
                root += 1
            value = ((base[i] + values[i]) * 2 + root // 4) * level // 100
            made.append(value + level + 10 if i == 0 else value + 5)
        return made

    def member(
        self, species: int, level: int, moves: list[int], hp: int | None = None, short_of_next: int = 0
    ) -> bytes:
        """A party struct; `short_of_next`: experience missing to the next level, 0 = just reached this one."""
        head = self.header(species)
        dvs = bytes([0x98, 0x88])
        stats = self.stats(species, level, dvs)
        mon = bytearray(44)
        mon[0] = species
        mon[1:3] = (stats[0] if hp is None else hp).to_bytes(2, "big")
        mon[5:7] = head[6:8]
        mon[7] = head[8]
        exp = self.experience(head[19], level)
        if short_of_next:
            exp = self.experience(head[19], level + 1) - short_of_next
        mon[14:17] = exp.to_bytes(3, "big")
        mon[27:29] = dvs
        for i, move in enumerate(moves):
            mon[8 + i] = move
            mon[29 + i] = self.move(move)[5]
        mon[33] = level
        for i, value in enumerate(stats):
            mon[34 + 2 * i : 36 + 2 * i] = value.to_bytes(2, "big")
        return bytes(mon)


def word(data: bytes, offset: int) -> int:
    """A big-endian number of a struct."""
    return int.from_bytes(data[offset : offset + 2], "big")


@dataclass(frozen=True)
class Hit:
    """What RAM said in the frame in which HP went down."""

    side: int
    lost: int
    before: int
    critical: int
    multipliers: int
    damage: int
    move: bytes
    user: bytes
    target: bytes
    user_plain: bytes
    target_plain: bytes


def damages(rom: Rom, hit: Hit) -> set[int]:
    """Every damage that gen1 5.3 allows for this hit."""
    power, kind = hit.move[2], hit.move[3]
    special = kind >= 0x14
    level = hit.user[14]
    if hit.critical == 1:
        level *= 2
        attack, defense = word(hit.user_plain, 9 if special else 3), word(hit.target_plain, 9 if special else 5)
    else:
        attack, defense = word(hit.user, 23 if special else 17), word(hit.target, 23 if special else 19)
    if attack > 255 or defense > 255:
        attack, defense = attack // 4, defense // 4
    value = min((2 * level // 5 + 2) * power * attack // defense // 50, 997) + 2
    if kind in hit.user[5:7]:
        value += value // 2
    for defending, factor in rom.effectiveness(kind):
        if defending in hit.target[5:7]:
            value = value * factor // 10
    if value <= 1:
        return {value}
    return {value * roll // 255 for roll in range(217, 256)}


class Bench:
    """The machine with names for addresses."""

    def __init__(self, state: bytes | None = None, data: bytes | None = None) -> None:
        data = ROM.read_bytes() if data is None else data
        self.rom = Rom(data)
        self.boy = PyBoy(io.BytesIO(data), window="null", sound_emulated=False)
        self.boy.set_emulation_speed(0)
        if state is not None:
            self.boy.load_state(io.BytesIO(state))

    def close(self) -> None:
        self.boy.stop(save=False)

    def snapshot(self) -> bytes:
        out = io.BytesIO()
        self.boy.save_state(out)
        return out.getvalue()

    def restore(self, state: bytes) -> None:
        self.boy.load_state(io.BytesIO(state))

    def read(self, name: str | int, size: int) -> bytes:
        start = RAM[name] if isinstance(name, str) else name
        return bytes(self.boy.memory[start : start + size])

    def byte(self, name: str) -> int:
        return self.boy.memory[RAM[name]]

    def write(self, name: str | int, data: bytes | int) -> None:
        start = RAM[name] if isinstance(name, str) else name
        for i, value in enumerate(data if isinstance(data, bytes) else bytes([data])):
            self.boy.memory[start + i] = value

    def tile(self, x: int, y: int) -> int:
        return self.boy.memory[RAM["wTileMap"] + 20 * y + x]

    def press(self, button: str, held: int = 4, released: int = SETTLE) -> None:
        self.boy.button_press(button)
        self.boy.tick(held, False, False)
        self.boy.button_release(button)
        self.boy.tick(released, False, False)

    def party(self, *members: bytes) -> None:
        """Put these into the party, owned by the player."""
        self.write("wPartyCount", len(members))
        for i, member in enumerate(members):
            own = member[:12] + self.read("wPlayerID", 2) + member[14:]
            self.write(RAM["wPartyMons"] + 44 * i, own)
            self.write(RAM["wPartySpecies"] + i, own[0])
            self.write(RAM["wPartyMonNicks"] + 11 * i, NICK)
        self.write(RAM["wPartySpecies"] + len(members), 0xFF)

    def member(self, slot: int = 0) -> bytes:
        return self.read(RAM["wPartyMons"] + 44 * slot, 44)

    def meet(self, opponent: int, level: int = 0, trainer: int = 1) -> None:
        """Start a battle the way the overworld does: by wCurOpponent."""
        self.write("wTrainerNo", trainer)
        self.write("wCurEnemyLevel", level)
        self.write("wCurOpponent", opponent)
        for _ in range(60):
            self.boy.tick(2, False, False)
            if self.byte("wIsInBattle"):
                return
        raise AssertionError("no battle began")

    @property
    def fighting(self) -> bool:
        return self.byte("wIsInBattle") in (1, 2)

    @property
    def at_battle_menu(self) -> bool:
        return self.byte("wTopMenuItemY") == 14 and self.tile(10, 14) == 0x85 and self.tile(8, 12) == 0x79

    @property
    def at_move_menu(self) -> bool:
        return self.byte("wTopMenuItemY") == 12 and self.tile(10, 12) == 0x7E and self.tile(0, 8) == 0x79

    def to_battle_menu(self, button: str = "b", limit: int = 400) -> bool:
        """Press through texts until the menu waits (B does nothing there); False when the battle ended first."""
        for _ in range(limit):
            if not self.fighting:
                return False
            cursor = self.byte("wTopMenuItemX"), 14 + 2 * self.byte("wCurrentMenuItem")
            if self.at_battle_menu and self.tile(*cursor) == TILE_CURSOR:
                self.boy.tick(4, False, False)
                return True
            self.press("b" if self.at_battle_menu else button)
        raise AssertionError("the battle menu never came")

    def choose(self, item: int) -> None:
        """0 FIGHT, 1 ITEM, 2 PKMN, 3 RUN from the battle menu."""
        if self.byte("wTopMenuItemX") == 15 and item < 2:
            self.press("left")
        if self.byte("wTopMenuItemX") == 9 and item > 1:
            self.press("right")
        if self.byte("wCurrentMenuItem") != item % 2:
            self.press("down" if item % 2 else "up")
        self.press("a", released=16)

    def pick_move(self, index: int) -> None:
        for _ in range(60):
            if self.at_move_menu:
                break
            self.boy.tick(2, False, False)
        while self.byte("wCurrentMenuItem") != index + 1:
            self.press("down")
        self.press("a")

    def fight(self, index: int = 0) -> bool:
        """One turn with this move; False when the battle is over."""
        self.choose(0)
        self.pick_move(index)
        return self.to_battle_menu()

    def watch(self, frames: int, index: int = 0) -> Iterator[Hit]:
        """Fight on with one move, frame by frame, and report each loss of HP through a move."""
        hp = [word(self.read("wBattleMon", 3), 1), word(self.read("wEnemyMon", 3), 1)]
        down = 0
        for frame in range(frames):
            if not self.fighting:
                return
            if frame % 10 == 0:
                wrong = self.at_move_menu and self.byte("wCurrentMenuItem") != index + 1
                self.boy.button_press("down" if wrong else "a")
                down = 1
            elif down and frame % 10 == 4:
                self.boy.button_release("a")
                self.boy.button_release("down")
            self.boy.tick(1, False, False)
            mons = [self.read("wBattleMon", 29), self.read("wEnemyMon", 29)]
            for side in (0, 1):
                now = word(mons[side], 1)
                attacker = 1 - side
                if now < hp[side] and self.byte("hWhoseTurn") == attacker:
                    yield self._hit(attacker, hp[side], now, mons)
                hp[side] = now

    def _hit(self, attacker: int, before: int, now: int, mons: list[bytes]) -> Hit:
        plain = [self.read("wPlayerMonUnmodifiedLevel", 11), self.read("wEnemyMonUnmodifiedLevel", 11)]
        return Hit(
            attacker,
            before - now,
            before,
            self.byte("wCriticalHitOrOHKO"),
            self.byte("wDamageMultipliers"),
            word(self.read("wDamage", 2), 0),
            self.read("wEnemyMoveNum" if attacker else "wPlayerMoveNum", 6),
            mons[attacker],
            mons[1 - attacker],
            plain[attacker],
            plain[1 - attacker],
        )


def wild(bench: Bench, species: int, level: int, wait: int = 0) -> None:
    """Meet a wild monster; waiting frames first gives other dice."""
    bench.boy.tick(1 + wait, False, False)
    bench.meet(species, level)


def bag(bench: Bench, item: int, quantity: int = 1) -> None:
    """A bag with one kind of item."""
    bench.write("wNumBagItems", 1)
    bench.write("wBagItems", bytes([item, quantity, 0xFF]))


def use_first_item(bench: Bench) -> None:
    """ITEM and the first entry of the list, from the battle menu."""
    bench.choose(1)
    bench.boy.tick(20, False, False)
    bench.press("a", released=16)
