"""Species, moves, items, trainers, wild slots and toggles from data/*.json to their tables (gen1 2.3-2.6)."""

from collections.abc import Callable
from typing import Any

from cartridge import compile_tilesets
from cartridge.charmap import TERMINATOR, encode
from cartridge.section import Section
from cartridge.tableasm import bcd, db, dw, fixed, load

MAPS = 248
SPECIES = 190
DEX = 150
MOVES = 165
ITEMS = 97
NAME_LENGTH = 10
PICTURE_SIZE = 0x55
NO_NAME = "-"


def _by(rows: list[dict[str, Any]], key: str) -> dict[int, dict[str, Any]]:
    return {row[key]: row for row in rows}


def _padded(name: str) -> list[int]:
    data = encode(name)
    if len(data) > NAME_LENGTH:
        raise ValueError(f"{name!r} is longer than {NAME_LENGTH} letters")
    return list(data.ljust(NAME_LENGTH, bytes([TERMINATOR])))


def _names(count: int, name: Callable[[int], str]) -> str:
    """``@``-separated names of ids 1 to count."""
    return "".join(db([*encode(name(number)), TERMINATOR]) for number in range(1, count + 1))


def _base_stats() -> str:
    species = _by(load("species"), "dex")
    asm = ""
    for dex in range(1, DEX + 1):
        row = species.get(dex)
        if row is None:
            asm += db([dex, *[0] * 27])
            continue
        moves = (row["moves"] + [0] * 4)[:4]
        asm += db([dex, *row["base"], *row["types"], row["catch_rate"], row["base_exp"], PICTURE_SIZE])
        asm += db([0, 0, 0, 0, *moves, row["growth"], *[0] * 8])
    return asm


def _evolutions() -> str:
    species = _by(load("species"), "index")
    labels = [f"EvosMoves{index}" if index in species else "EvosMovesNone" for index in range(1, SPECIES + 1)]
    asm = dw(labels) + "EvosMovesNone:\n" + db([0, 0])
    for index, row in sorted(species.items()):
        evolutions = [value for level, to in row["evolutions"] for value in (1, level, to)]
        learnset = [value for pair in row["learnset"] for value in pair]
        asm += f"EvosMoves{index}:\n" + db([*evolutions, 0]) + db([*learnset, 0])
    return asm


def _moves() -> str:
    moves = _by(load("moves"), "id")
    asm = ""
    for number in range(1, MOVES + 1):
        row = moves.get(number)
        figures = [row["effect"], row["power"], row["type"], row["accuracy"], row["pp"]] if row else [0] * 5
        asm += db([number, *figures])
    return asm


def _species_names() -> str:
    species = _by(load("species"), "index")
    return "".join(db(_padded(species[i]["name"] if i in species else NO_NAME)) for i in range(1, SPECIES + 1))


def _species_sections() -> list[Section]:
    species, moves = load("species"), _by(load("moves"), "id")
    dex = {row["index"]: row["dex"] for row in species}
    return [
        fixed("BaseStats", _base_stats()),
        fixed("PokedexOrder", db(dex.get(index, 0) for index in range(1, SPECIES + 1))),
        fixed("MonsterNames", _species_names()),
        fixed("Moves", _moves()),
        fixed("MoveNames", _names(MOVES, lambda n: moves[n]["name"] if n in moves else NO_NAME)),
        fixed("EvosMovesPointerTable", _evolutions()),
    ]


def _item_sections() -> list[Section]:
    items = _by(load("items"), "id")
    keys = bytearray((ITEMS + 7) // 8)
    for number, row in items.items():
        if row["key"]:
            keys[(number - 1) // 8] |= 1 << ((number - 1) % 8)
    prices = "".join(db(bcd(items[number]["price"], 3)) for number in range(1, ITEMS + 1))
    return [
        fixed("ItemPrices", prices),
        fixed("ItemNames", _names(ITEMS, lambda number: str(items[number]["name"]))),
        fixed("KeyItemFlags", db(keys)),
    ]


def _type_sections() -> list[Section]:
    types, growth = load("types"), load("growth")
    names = dict(types["names"])
    last = max(names)
    pointers = dw(f"TypeName{number}" if number in names else "TypeName0" for number in range(last + 1))
    texts = "".join(f"TypeName{number}:\n" + db([*encode(name), TERMINATOR]) for number, name in sorted(names.items()))
    return [
        fixed("TypeNames", pointers + texts),
        fixed("TypeEffects", db([*(value for row in types["effects"] for value in row), 0xFF])),
        fixed("HighCriticalMoves", db([*types["high_critical"], 0xFF])),
        fixed("GrowthRateTable", db(value for row in growth["rates"] for value in row)),
        fixed("StatModifierRatios", db(value for row in growth["stat_ratios"] for value in row)),
    ]


def _party(party: list[list[int]]) -> list[int]:
    """One set: a common level and species ids, or FF with (level, species) pairs."""
    levels = {level for level, _ in party}
    if len(levels) == 1:
        return [party[0][0], *(species for _, species in party), 0]
    return [0xFF, *(value for pair in party for value in pair), 0]


def _trainer_sections() -> list[Section]:
    data = load("trainers")
    classes, count = _by(data["classes"], "id"), data["class_count"]
    labels = [f"TrainerParties{n}" if n in classes else "TrainerPartiesNone" for n in range(1, count + 1)]
    parties = "TrainerPartiesNone:\n" + db([0])
    for number, row in sorted(classes.items()):
        parties += f"TrainerParties{number}:\n" + "".join(db(_party(party)) for party in row["parties"])
    money = "".join(db([0, 0, *bcd(classes[n]["money"] * 100 if n in classes else 0, 3)]) for n in range(1, count + 1))
    return [
        fixed("TrainerDataPointers", dw(labels) + parties),
        fixed("TrainerPicAndMoneyPointers", money),
        fixed("TrainerNames", _names(count, lambda n: str(classes[n]["name"]) if n in classes else NO_NAME)),
        fixed("TrainerClassMoveChoiceModifications", db([0] * count)),
        fixed("LoneMoves", db([0] * 16)),
        fixed("TeamMoves", db([0xFF])),
    ]


def _wild_block(row: dict[str, Any]) -> str:
    data: list[int] = []
    for rate, slots in (("grass_rate", "grass"), ("water_rate", "water")):
        data.append(row[rate])
        if row[rate]:
            data += [value for slot in row[slots] for value in slot]
    return db(data)


def _wild_sections() -> list[Section]:
    data = load("wild")
    maps = _by(data["maps"], "map")
    pointers = [f"WildMap{number}" if number in maps else "WildNone" for number in range(MAPS)]
    blocks = "WildNone:\n" + db([0, 0])
    blocks += "".join(f"WildMap{number}:\n" + _wild_block(row) for number, row in sorted(maps.items()))
    chances = [value for slot, chance in enumerate(data["chances"]) for value in (chance, 2 * slot)]
    return [
        fixed("WildDataPointers", dw([*pointers, 0xFFFF]) + blocks),
        fixed("WildMonEncounterSlotChances", db(chances)),
        fixed("GoodRodMons", db([0] * 4)),
        fixed("SuperRodData", db([0xFF])),
    ]


def _toggle_sections() -> list[Section]:
    """Objects that scripts show and hide; the number of a toggle is its place in the states table."""
    rows: list[list[int]] = load("toggles")
    states = ""
    first: set[int] = set()
    for number, thing, shown in rows:
        if number not in first:
            first.add(number)
            states += f"Toggles{number}::\n"
        states += db([number, thing, 0x15 if shown else 0x11])
    states += "TogglesNone::\n" + db([0xFF])
    pointers = dw(f"Toggles{number}" if number in first else "TogglesNone" for number in range(MAPS))
    return [fixed("ToggleableObjectMapPointers", pointers), fixed("ToggleableObjectStates", states)]


def _mart_sections() -> list[Section]:
    """Shop stock streams: FE, count, items, FF; they lie in the bank of the shop's map."""
    return [
        Section(name, 7, None, f"{name}::\n" + db([0xFE, len(items), *items, 0xFF]))
        for name, items in load("marts").items()
    ]


def sections() -> list[Section]:
    """Every table that is made of figures."""
    return [
        *compile_tilesets.sections(),
        *_species_sections(),
        *_item_sections(),
        *_type_sections(),
        *_trainer_sections(),
        *_wild_sections(),
        *_toggle_sections(),
        *_mart_sections(),
        fixed("HiddenEventMaps", db([0xFF])),
        fixed("HiddenItemCoords", db([0xFF])),
        fixed("TextPredefs", dw([0])),
    ]
