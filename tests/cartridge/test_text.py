"""Texts and menus of the practice cartridge: the timing and the RAM that the facts promise (gen1 1.5, section 4)."""

import io
from itertools import pairwise

from pyboy import PyBoy

from agent_core.gen1 import symbols as ram
from tests.cartridge.console import ROM, Console
from tests.cartridge.screen import asked, read_on, rows, settle, speaking, words

ARROW = ram.wTileMap + 16 * 20 + 18
CURSOR = 0xED


def menu(console: Console) -> tuple[int, int, int, int]:
    """Top y, top x, current and last row of the open menu."""
    return (
        console.byte(ram.wTopMenuItemY),
        console.byte(ram.wTopMenuItemX),
        console.byte(ram.wCurrentMenuItem),
        console.byte(ram.wMaxMenuItem),
    )


def cursor(console: Console) -> tuple[int, int]:
    """Screen column and row of the cursor."""
    place = int.from_bytes(console.read(ram.wMenuCursorLocation, 2), "little")
    assert console.byte(place) == CURSOR
    row, column = divmod(place - ram.wTileMap, 20)
    return column, row


def open_start_menu(console: Console) -> None:
    console.press("start")
    settle(console)
    assert speaking(console)


def face_sign(town: Console) -> None:
    """Before the sign at (3,5) of the town, facing it."""
    town.walk("ll")
    town.press("up", 2, 30)


def letter_frames(console: Console, wanted: int) -> set[int]:
    """Frames between letters of the text that is just beginning."""
    changes, before = [], words(console)
    for frame in range(wanted * 12):
        console.tick()
        if words(console) != before:
            before = words(console)
            changes.append(frame)
    return {later - earlier for earlier, later in pairwise(changes[1:])}


def test_a_sign_is_read_in_a_box_over_the_map_and_the_map_comes_back(town: Console) -> None:
    face_sign(town)
    screen = rows(town)
    assert town.byte(ram.hWY) == 0x90
    town.press("a")
    settle(town)
    assert speaking(town)
    assert town.byte(ram.hWY) == 0
    assert town.byte(ram.wTextBoxID) == 1
    assert rows(town)[12] == "+==================+"
    assert rows(town)[17] == "+==================+"
    assert rows(town)[14][1:].strip(" |")
    assert rows(town)[:12] == screen[:12]
    town.press("a")
    settle(town)
    assert not speaking(town)
    assert town.byte(ram.hWY) == 0x90
    assert rows(town) == screen
    town.wait_ready()


def test_a_finished_text_waits_without_an_arrow(town: Console) -> None:
    face_sign(town)
    town.press("a")
    settle(town)
    for _ in range(80):
        town.tick()
        assert town.byte(ARROW) != 0xEE
    assert speaking(town)


def test_a_box_stays_open_while_a_is_held(town: Console) -> None:
    face_sign(town)
    town.press("a")
    settle(town)
    town.hold("a")
    town.tick(120)
    assert speaking(town)
    town.release("a")
    town.tick(12)
    assert not speaking(town)


def test_b_closes_a_finished_text_too(town: Console) -> None:
    face_sign(town)
    town.press("a")
    settle(town)
    town.press("b")
    town.tick(8)
    assert not speaking(town)


def test_letters_come_every_third_frame_unless_a_button_is_held(town: Console) -> None:
    face_sign(town)
    town.press("a", 2, 4)
    assert 3 in letter_frames(town, 5)
    settle(town)
    read_on(town)
    town.hold("a")
    town.tick(8)
    assert letter_frames(town, 3) == {1}
    town.release("a")
    read_on(town)


def test_a_paragraph_waits_with_a_blinking_arrow(machine: Console, bedroom_state: bytes) -> None:
    machine.load(bedroom_state)
    machine.walk("rrrruuuuu")
    machine.walk("dd" + "d" + "l")
    machine.press("left", 2, 20)
    machine.press("a")
    settle(machine)
    seen = set()
    for _ in range(80):
        machine.tick()
        seen.add(machine.byte(ARROW))
    assert seen == {0xEE, 0x7F}
    first = words(machine)
    machine.press("a")
    settle(machine)
    assert words(machine) != first
    read_on(machine)
    machine.wait_ready()


def test_the_start_menu_shows_six_entries_and_wraps_by_itself(bedroom: Console) -> None:
    open_start_menu(bedroom)
    assert menu(bedroom) == (2, 11, 0, 6)
    assert cursor(bedroom) == (11, 2)
    bedroom.press("up")
    assert bedroom.byte(ram.wCurrentMenuItem) == 5
    assert cursor(bedroom) == (11, 12)
    bedroom.press("down")
    assert bedroom.byte(ram.wCurrentMenuItem) == 0
    bedroom.press("down")
    bedroom.press("b")
    settle(bedroom)
    assert bedroom.byte(ram.wBattleAndStartSavedMenuItem) == 1
    assert not speaking(bedroom)
    bedroom.wait_ready()


def test_start_closes_the_menu_it_opened(bedroom: Console) -> None:
    open_start_menu(bedroom)
    bedroom.press("start")
    settle(bedroom)
    assert not speaking(bedroom)
    bedroom.wait_ready()


def test_options_change_the_bits_of_the_option_byte(bedroom: Console) -> None:
    assert bedroom.byte(ram.wOptions) == 3
    open_start_menu(bedroom)
    for _ in range(4):
        bedroom.press("down")
    bedroom.press("a")
    settle(bedroom)
    assert (bedroom.byte(ram.wTopMenuItemX), bedroom.byte(ram.wTopMenuItemY)) == (7, 3)
    bedroom.press("left")
    assert bedroom.byte(ram.wOptions) == 1
    assert (bedroom.byte(ram.wTopMenuItemX), bedroom.byte(ram.wTopMenuItemY)) == (1, 3)
    bedroom.press("down")
    bedroom.press("a")
    bedroom.press("down")
    bedroom.press("right")
    assert bedroom.byte(ram.wOptions) == 0xC1
    bedroom.press("b")
    settle(bedroom)
    assert speaking(bedroom)
    bedroom.press("b")
    settle(bedroom)
    bedroom.wait_ready()


def test_an_empty_bag_lists_only_cancel(bedroom: Console) -> None:
    open_start_menu(bedroom)
    bedroom.press("down")
    bedroom.press("a")
    settle(bedroom)
    assert bedroom.byte(ram.wTextBoxID) == 0x0D
    assert bedroom.byte(ram.wListCount) == 0
    assert bedroom.read(ram.wListPointer, 2) == bytes([0x1D, 0xD3])
    assert menu(bedroom) == (4, 5, 0, 0)
    assert cursor(bedroom) == (5, 4)
    bedroom.press("a")
    settle(bedroom)
    assert bedroom.byte(ram.wMenuExitMethod) == 2
    bedroom.press("b")
    settle(bedroom)
    bedroom.wait_ready()


def open_names() -> Console:
    """A new machine at the list of names."""
    console = Console()
    console.tick(150)
    for _ in range(200):
        if "NEW NAME" in rows(console)[2]:
            return console
        console.press("a")
    raise AssertionError("nobody asked for a name")


def test_a_new_game_starts_with_the_values_of_the_game(bedroom: Console) -> None:
    assert bedroom.place == (38, 3, 6)
    assert bedroom.read(ram.wPlayerMoney, 3) == bytes([0x00, 0x30, 0x00])
    assert bedroom.byte(ram.wOptions) == 3
    assert bedroom.byte(ram.wPartyCount) == 0
    assert bedroom.byte(ram.wPartySpecies) == 0xFF
    assert bedroom.read(ram.wNumBagItems, 2) == bytes([0, 0xFF])
    assert bedroom.read(ram.wNumBoxItems, 4) == bytes([1, 0x14, 1, 0xFF])
    assert bedroom.byte(ram.wLastMap) == 0
    assert bedroom.byte(ram.wLastBlackoutMap) == 0
    assert bedroom.byte(ram.wToggleableObjectFlags) == 0xA5
    assert not any(bedroom.read(ram.wEventFlags, 320))
    assert bedroom.byte(ram.wStatusFlags6) & 1
    assert bedroom.byte(ram.wPlayTimeFrames) != 0


def test_names_are_filled_in_before_anybody_chose_them() -> None:
    console = open_names()
    assert console.read(ram.wPlayerName, 7) == bytes([0x96, 0x88, 0x8B, 0x8B, 0x8E, 0x96, 0x50])
    assert console.read(ram.wRivalName, 1) != bytes([0])
    assert menu(console) == (2, 1, 0, 3)
    console.press("b")
    assert "NEW NAME" in rows(console)[2]
    console.pyboy.stop(save=False)


def test_a_preset_name_becomes_the_name(bedroom: Console) -> None:
    assert bedroom.read(ram.wPlayerName, 6) == bytes([0x91, 0x8E, 0x81, 0x88, 0x8D, 0x50])


def test_a_name_can_be_typed_letter_by_letter() -> None:
    console = open_names()
    console.press("a")
    settle(console)
    assert console.byte(ram.wNamingScreenType) == 0
    assert menu(console)[:3] == (3, 1, 1)
    console.press("a")
    assert console.read(ram.wStringBuffer, 2) == bytes([0x80, 0x50])
    console.press("left")
    assert (console.byte(ram.wTopMenuItemX), console.byte(ram.wCurrentMenuItem)) == (17, 1)
    console.press("right")
    console.press("select")
    assert console.byte(ram.wAlphabetCase) == 1
    console.press("right")
    console.press("a")
    console.press("a")
    assert console.byte(ram.wNamingScreenNameLength) == 3
    console.press("b")
    assert console.read(ram.wStringBuffer, 3) == bytes([0x80, 0xA1, 0x50])
    console.press("up")
    assert (console.byte(ram.wTopMenuItemX), console.byte(ram.wCurrentMenuItem)) == (1, 6)
    console.press("a")
    assert console.byte(ram.wAlphabetCase) == 0
    console.press("up")
    console.press("left")
    assert (console.byte(ram.wTopMenuItemX), console.byte(ram.wCurrentMenuItem)) == (17, 5)
    console.press("a")
    console.tick(40)
    assert console.read(ram.wPlayerName, 3) == bytes([0x80, 0xA1, 0x50])
    console.pyboy.stop(save=False)


def test_a_name_has_at_most_seven_letters_and_is_not_empty() -> None:
    console = open_names()
    console.press("a")
    settle(console)
    console.press("start")
    settle(console)
    assert console.byte(ram.wNamingScreenSubmitName) == 0
    for _ in range(9):
        console.press("a")
    assert console.byte(ram.wNamingScreenNameLength) == 7
    console.press("start")
    console.tick(40)
    assert console.read(ram.wPlayerName, 8) == bytes([0x80] * 7 + [0x50])
    console.pyboy.stop(save=False)


def test_b_in_the_main_menu_goes_back_to_the_title() -> None:
    console = Console()
    console.tick(200)
    console.press("start")
    settle(console)
    assert menu(console) == (2, 1, 0, 1)
    title = "\n".join(rows(console))
    console.press("b")
    console.tick(20)
    assert "\n".join(rows(console)) != title
    console.press("start")
    settle(console)
    assert menu(console) == (2, 1, 0, 1)
    console.pyboy.stop(save=False)


def save_game(console: Console) -> None:
    open_start_menu(console)
    for _ in range(3):
        console.press("down")
    console.press("a")
    settle(console)
    assert asked(console)
    assert (console.byte(ram.wTopMenuItemX), console.byte(ram.wTopMenuItemY)) == (1, 8)
    console.press("a")
    console.tick(200)
    read_on(console)


def test_a_saved_game_has_the_real_layout_and_can_be_continued(bedroom: Console) -> None:
    bedroom.walk("rr")
    save_game(bedroom)
    saved = bytes(bedroom.pyboy.memory[1, 0xA598:0xB524])
    assert saved[-1] == ~sum(saved[:-1]) & 0xFF
    assert saved[:11] == bedroom.read(ram.wPlayerName, 11)
    assert saved[0xAF2C - 0xA598] == bedroom.byte(ram.wPartyCount)
    assert saved[0xA5A3 - 0xA598 + ram.wCurMap - 0xD2F7] == 38

    fresh = Console()
    cartridge_ram = b"".join(bytes(bedroom.pyboy.memory[bank, 0xA000:0xBFFF]) + bytes(1) for bank in range(4))
    fresh.pyboy.stop(save=False)
    fresh.pyboy = PyBoy(
        io.BytesIO(ROM.read_bytes()), ram_file=io.BytesIO(cartridge_ram), window="null", sound_emulated=False
    )
    fresh.pyboy.set_emulation_speed(0)
    fresh.tick(200)
    fresh.press("start")
    settle(fresh)
    assert fresh.byte(ram.wSaveFileStatus) == 2
    assert menu(fresh) == (2, 1, 0, 2)
    fresh.press("a")
    settle(fresh)
    fresh.press("a")
    fresh.tick(60)
    fresh.wait_ready()
    assert fresh.place == bedroom.place
    fresh.walk("l")
    fresh.pyboy.stop(save=False)


def test_a_refused_save_writes_nothing(bedroom: Console) -> None:
    before = bytes(bedroom.pyboy.memory[1, 0xA598:0xB524])
    open_start_menu(bedroom)
    for _ in range(3):
        bedroom.press("down")
    bedroom.press("a")
    settle(bedroom)
    bedroom.press("b")
    settle(bedroom)
    assert bedroom.byte(ram.wChosenMenuItem) == 2
    assert bedroom.byte(ram.wMenuExitMethod) == 2
    bedroom.wait_ready()
    assert bytes(bedroom.pyboy.memory[1, 0xA598:0xB524]) == before
