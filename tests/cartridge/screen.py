"""What a person sees of wTileMap, and the presses that answer it."""

from typing import Final

from agent_core.gen1 import symbols as ram
from tests.cartridge.console import Console

SIGNS: Final = {
    0x79: "+",
    0x7A: "=",
    0x7B: "+",
    0x7C: "|",
    0x7D: "+",
    0x7E: "+",
    0x7F: " ",
    0x9C: ":",
    0xE0: "'",
    0xE3: "-",
    0xE6: "?",
    0xE7: "!",
    0xE8: ".",
    0xEC: "}",
    0xED: ">",
    0xEE: "v",
    0xF3: "/",
    0xF4: ",",
}


def letter(tile: int) -> str:
    """One tile as a character; unknown tiles are dots of the map."""
    if 0x80 <= tile <= 0x99 or 0xA0 <= tile <= 0xB9:
        return chr(tile - 0x3F)
    if tile >= 0xF6:
        return chr(tile - 0xC6)
    return SIGNS.get(tile, "~")


def rows(console: Console) -> list[str]:
    """The 18 rows of the screen."""
    tiles = console.read(ram.wTileMap, 360)
    return ["".join(letter(tile) for tile in tiles[start : start + 20]) for start in range(0, 360, 20)]


def words(console: Console) -> str:
    """Everything that can be read in the message box, in one line."""
    return " ".join(" ".join(row[1:19] for row in rows(console)[13:17]).split())


def speaking(console: Console) -> bool:
    """A text box or menu is open in the overworld."""
    return bool(console.byte(ram.wFontLoaded) & 1)


def asked(console: Console) -> bool:
    """A two-option menu waits for an answer."""
    if console.byte(ram.wTextBoxID) != 0x14 or console.byte(ram.wMaxMenuItem) != 1:
        return False
    place = int.from_bytes(console.read(ram.wMenuCursorLocation, 2), "little")
    return console.byte(place) == 0xED and console.byte(ram.wTopMenuItemX) in (1, 12, 15)


def read_on(console: Console, until: str | None = None, limit: int = 120) -> str:
    """Press A through the texts until `until` can be read, a question is asked, or control is back; all words read."""
    heard: list[str] = []
    for _ in range(limit):
        settle(console)
        heard.append(words(console) if speaking(console) else "")
        if until is not None and until in " ".join(rows(console)):
            break
        if asked(console) or (until is None and console.ready):
            break
        if speaking(console):
            console.press("a", 3, 3)
    else:
        raise AssertionError("the texts never end: " + " / ".join(heard))
    return " / ".join(heard)


def settle(console: Console, limit: int = 300) -> None:
    """Wait until the screen stands still for twelve frames, not counting the blinking arrow."""
    still = 0
    before = b""
    for _ in range(limit):
        console.tick()
        tiles = console.read(ram.wTileMap, 360)
        tiles = tiles[:338] + tiles[339:]
        still = still + 1 if tiles == before else 0
        before = tiles
        if still == 12:
            return


def walk_to(console: Console, *places: tuple[int, int]) -> bool:
    """Walk straight from place to place; wild battles are fought with the first move; False = woke up elsewhere."""
    area = console.place[0]
    for x, y in places:
        for _ in range(120):
            if console.byte(ram.wIsInBattle):
                fight(console)
            here, here_x, here_y = console.place
            if here != area:
                return False
            if (here_x, here_y) == (x, y):
                break
            way = ("d" if here_y < y else "u") if here_y != y else ("r" if here_x < x else "l")
            advance(console, way)
        assert console.place[1:] == (x, y), f"{console.place} is not {x, y}"
    return True


def advance(console: Console, way: str) -> None:
    """One step, or the start of a battle."""
    button = {"u": "up", "d": "down", "l": "left", "r": "right"}[way]
    before = console.place
    console.hold(button)
    for _ in range(40):
        console.tick()
        if console.place != before or console.byte(ram.wIsInBattle):
            break
    console.release(button)
    console.tick(4)
    for _ in range(400):
        if console.ready or console.byte(ram.wIsInBattle):
            return
        console.tick()
    raise AssertionError(f"stuck at {console.place}")


def fight(console: Console) -> None:
    """A through the battle: FIGHT, first move."""
    for _ in range(600):
        if not console.byte(ram.wIsInBattle):
            break
        console.press("a", 4, 8)
    console.wait_ready(800)
