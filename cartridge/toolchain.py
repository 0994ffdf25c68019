"""Calls sdasgb, sdcc and sdldgb; remembers finished objects by the hash of everything that went into them."""

import hashlib
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

QUIET: Final = ("--disable-warning", "218", "--disable-warning", "182")  # noise on banked calls; full HRAM addresses
SDCC_FLAGS: Final = ("-msm83", "-c", *QUIET, "--opt-code-speed", "--max-allocs-per-node", "8000")
LIBRARY: Final = "/usr/share/sdcc/lib/sm83"


#: SDCC 4.2 copies a 16-bit value through AF now and then, which loses the low four bits
LOSSY_COPY: Final = re.compile(r"^\s*push\s+(?:bc|de|hl)\s*\n(?:;.*\n)*\s*pop\s+af\s*$", re.M)


class ToolError(RuntimeError):
    """A tool refused its input; the message is what it said."""


def available() -> bool:
    """Is SDCC with its Game Boy assembler and linker on the path?"""
    return all(shutil.which(tool) for tool in ("sdcc", "sdasgb", "sdldgb"))


def run(*command: str) -> None:
    """Run a tool; anything on stderr that is a warning or an error stops the build."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or "arning" in done.stdout + done.stderr:
        raise ToolError(f"{' '.join(command[:1] + command[-1:])}\n{done.stdout}{done.stderr}")


def _inputs(source: Path, folders: tuple[Path, ...]) -> list[Path]:
    """The source and every header it includes, in the order of discovery."""
    found, queue = [source], [source]
    while queue:
        for name in re.findall(r'^\s*(?:#|\.)include\s+"([^"]+)"', queue.pop(0).read_text(encoding="utf-8"), re.M):
            for path in (folder / name for folder in folders):
                if path.exists() and path not in found:
                    found.append(path)
                    queue.append(path)
    return found


def refuse_lossy_copies(assembly: str, name: str) -> None:
    """Stop on a known fault of the compiler; the cure is a slightly different C text."""
    if found := LOSSY_COPY.search(assembly):
        function = re.findall(r"^_(\w+)::?", assembly[: found.start()], re.M)[-1:]
        raise ToolError(f"{name}: the compiler loses bits in {' '.join(function)}; write the expression differently")


def compile_object(source: Path, out: Path, folders: tuple[Path, ...]) -> Path:
    """C or assembly -> relocatable object `out/<hash>.rel`; an unchanged input is not compiled again."""
    digest = hashlib.sha256(repr((source.name, SDCC_FLAGS)).encode())
    for path in _inputs(source, folders):
        digest.update(path.read_bytes())
    target = out / f"{source.stem}-{digest.hexdigest()[:16]}.rel"
    if not target.exists():
        scratch = out / f"{target.stem}.tmp"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        made = scratch / f"{source.stem}.rel"
        includes = [f"-I{folder}" for folder in folders]
        if source.suffix == ".c":
            run("sdcc", *SDCC_FLAGS, *includes, "-o", str(made), str(source))
            refuse_lossy_copies(made.with_suffix(".asm").read_text(encoding="utf-8"), source.name)
        else:
            run("sdasgb", "-o", "-g", *includes, str(made), str(source))
        made.rename(target)
        shutil.rmtree(scratch)
    return target


def compile_all(sources: list[Path], out: Path, folders: tuple[Path, ...]) -> list[Path]:
    """All objects in the order of the sources, two at a time."""
    out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda source: compile_object(source, out, folders), sources))


def area_sizes(objects: list[Path]) -> dict[str, int]:
    """Linker area -> bytes, summed over the objects."""
    sizes: dict[str, int] = {}
    for path in objects:
        for name, size in re.findall(r"^A (\S+) size ([0-9A-F]+)", path.read_text(encoding="latin-1"), re.M):
            sizes[name] = sizes.get(name, 0) + int(size, 16)
    return sizes


def link(objects: list[Path], bases: dict[str, int], target: Path) -> dict[str, int]:
    """Link to an Intel hex file and return the linker's symbols; a base is bank << 16 | address."""
    arguments = [item for name, base in bases.items() for item in ("-b", f"{name}=0x{base:X}")]
    library = os.environ.get("SDCC_LIB", LIBRARY)
    names = [str(path) for path in objects]
    run("sdldgb", "-n", "-m", "-w", "-x", "-j", "-i", str(target), *arguments, "-k", library, "-l", "sm83", *names)
    text = target.with_suffix(".noi").read_text(encoding="latin-1")
    return {name: int(value, 16) for name, value in re.findall(r"DEF (\S+) 0x([0-9A-Fa-f]+)", text)}
