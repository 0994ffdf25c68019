"""Builds agent_core/practice.gb from layout.json, the data compilers and src/: `python cartridge/build.py`."""

import hashlib
import importlib
import importlib.util
import re
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from cartridge import image, ram_map, toolchain  # noqa: E402
from cartridge.image import Area  # noqa: E402
from cartridge.section import Section  # noqa: E402

COMPILERS: Final = ("compile_maps", "compile_tables", "compile_texts", "compile_gfx")
SOURCE: Final = HERE / "src"
BUILD: Final = ROOT / "build"
PRODUCT: Final = ROOT / "agent_core" / "practice.gb"
HOME_CODE: Final = 0x17FC
HOME_CODE_END: Final = 0x3F22
HOME_ASM: Final = 0x039E
FIXED_TABLE: Final = re.compile(r"[A-Za-z_]\w*$")
LABEL: Final = re.compile(r"^([A-Za-z_]\w*):(?!:)", re.M)


def collect() -> tuple[list[Section], dict[str, str]]:
    """Sections and C headers (file name -> text) of every data compiler that exists."""
    sections: list[Section] = []
    headers: dict[str, str] = {}
    for name in COMPILERS:
        if importlib.util.find_spec(f"cartridge.{name}") is None:
            continue
        module = importlib.import_module(f"cartridge.{name}")
        sections += module.sections()
        if hasattr(module, "header"):
            headers[f"{name.removeprefix('compile_')}.h"] = module.header()
    return sections, headers


def check_sections(sections: list[Section], rom: dict[str, tuple[int, int]]) -> None:
    """Names are unique; a table that the layout knows lies exactly where the layout says."""
    seen: set[str] = set()
    for section in sections:
        if section.name in seen:
            raise image.ImageError(f"two sections are named {section.name}")
        seen.add(section.name)
        if section.name in rom and rom[section.name] != (section.bank, section.address):
            bank, address = rom[section.name]
            raise image.ImageError(f"{section.name} must lie at {bank:02X}:{address:04X}")


def render_section(section: Section) -> str:
    """Assembly of one section in its own linker area, all labels global, with its name as a C symbol."""
    label = f"_{section.name}::\n"
    if not FIXED_TABLE.match(section.name) or re.search(rf"^_{section.name}::", section.asm, re.M):
        label = ""
    asm = LABEL.sub(r"\1::", section.asm)
    return f"\t.module data\n\t.area _S_{section.name}\n{label}{asm}\n"


def render_section_header(sections: list[Section], rom: dict[str, tuple[int, int]]) -> str:
    """sections.h: `NAME` and `BANK_NAME` of every floating section."""
    lines = ["/* generated */"]
    for section in sections:
        if section.name not in rom and FIXED_TABLE.match(section.name):
            lines.append(f"extern const uint8_t {section.name}[];")
            lines.append(f"#define BANK_{section.name} 0x{section.bank:02X}")
    return "\n".join([*lines, ""])


def write(path: Path, text: str) -> None:
    """Write a generated file only when it changes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def generate(layout: ram_map.Layout, sections: list[Section], headers: dict[str, str], build: Path) -> list[Path]:
    """Write every generated source below `build` and return those to assemble."""
    write(build / "ram.h", ram_map.render_header(layout))
    write(build / "ram.s", ram_map.render_equates(layout))
    write(build / "regs.inc", ram_map.render_registers(layout))
    write(build / "sections.h", render_section_header(sections, layout.rom))
    for name, text in headers.items():
        write(build / name, text)
    sources = [build / "ram.s"]
    for section in sections:
        sources.append(build / "sections" / f"{section.name}.s")
        write(sources[-1], render_section(section))
    return sources


def layout_areas(sections: list[Section], sizes: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Area name -> (bank, address) for code, fixed tables and floating data."""
    bases = {"_HOME_A": (0, HOME_ASM), "_CODE": (0, HOME_CODE)}
    taken = [Area("home", 0, 0, 0x01AE), Area("_HOME_A", 0, HOME_ASM, sizes["_HOME_A"])]
    taken.append(Area("_CODE", 0, HOME_CODE, HOME_CODE_END - HOME_CODE))
    for name, size in sizes.items():
        if found := re.match(r"_CODE_(\d+)$", name):
            bases[name] = (int(found[1]), 0x4000)
            taken.append(Area(name, int(found[1]), 0x4000, size))
    for section in sections:
        if section.address is not None:
            bases[f"_S_{section.name}"] = (section.bank, section.address)
            taken.append(Area(section.name, section.bank, section.address, sizes[f"_S_{section.name}"]))
    floating = {
        f"_S_{section.name}": (section.bank, sizes[f"_S_{section.name}"])
        for section in sections
        if section.address is None
    }
    return bases | image.place(floating, taken)


def check_link(symbols: dict[str, int], bases: dict[str, tuple[int, int]], layout: ram_map.Layout) -> list[Area]:
    """Areas in their windows, tables at their addresses, C statics inside their private area."""
    areas = []
    for name in [*bases, "_HOME", "_GSINIT", "_GSFINAL", "_INITIALIZER"]:
        if size := symbols.get(f"l_{name}", 0):
            start = symbols[f"s_{name}"]
            areas.append(Area(name, start >> 16, start & 0xFFFF, size))
    image.check_areas(areas)
    home = [area for area in areas if area.bank == 0 and HOME_CODE <= area.address < HOME_CODE_END]
    if any(area.address + area.size > HOME_CODE_END for area in home):
        raise image.ImageError("home code is larger than its gap")
    start, room = layout.private["_DATA"]
    used = symbols.get("l__DATA", 0) + symbols.get("l__INITIALIZED", 0)
    if symbols["s__DATA"] != start or used > room:
        raise image.ImageError(f"C variables need {used} bytes at {symbols['s__DATA']:04X}, the layout has {room}")
    for name, (bank, address) in layout.rom.items():
        if symbols.get(f"_{name}", bank << 16 | address) != bank << 16 | address:
            raise image.ImageError(f"{name} was linked to {symbols[f'_{name}']:X}")
    return areas


def render_sym(symbols: dict[str, int]) -> str:
    """Symbol file for emulators: `BB:AAAA name`."""
    named = [(value, name) for name, value in symbols.items() if not name.startswith(("l_", "s_", "b_", "."))]
    return "".join(f"{value >> 16:02X}:{value & 0xFFFF:04X} {name}\n" for value, name in sorted(named))


def build(build_folder: Path = BUILD) -> tuple[bytes, list[Area], dict[str, int]]:
    """Build the image; returns it with the linker areas and symbols."""
    layout = ram_map.load()
    sections, headers = collect()
    check_sections(sections, layout.rom)
    generated = generate(layout, sections, headers, build_folder)
    sources = [SOURCE / "crt0.s", *generated, *sorted(SOURCE.glob("*.c"))]
    objects = toolchain.compile_all(sources, build_folder / "objects", (SOURCE, build_folder))
    bases = layout_areas(sections, toolchain.area_sizes(objects))
    flat = {name: bank << 16 | address for name, (bank, address) in bases.items()}
    flat["_DATA"] = layout.private["_DATA"][0]
    symbols = toolchain.link(objects, flat, build_folder / "practice.ihx")
    areas = check_link(symbols, bases, layout)
    rom = image.read_hex((build_folder / "practice.ihx").read_text(encoding="ascii"))
    image.write_header(rom)
    write(build_folder / "practice.sym", render_sym(symbols))
    return bytes(rom), areas, symbols


def main() -> None:
    """Build, publish the image and the Python symbols, print the memory map."""
    rom, areas, symbols = build()
    PRODUCT.write_bytes(rom)
    write(ROOT / "agent_core" / "gen1" / "symbols.py", ram_map.render_symbols(ram_map.load()))
    for area in sorted(areas, key=lambda area: (area.bank, area.address)):
        end = area.address + area.size - 1
        sys.stdout.write(f"  {area.bank:02X}:{area.address:04X}-{end:04X} {area.size:5d} {area.name}\n")
    variables = symbols.get("l__DATA", 0) + symbols.get("l__INITIALIZED", 0)
    digest = hashlib.sha256(rom).hexdigest()[:16]
    sys.stdout.write(f"practice.gb {len(rom)} bytes, C variables {variables} bytes, sha256 {digest}\n")


if __name__ == "__main__":
    main()
