"""What could be done in a battle, scored: moves by expected damage, items, switches, running (gen1 4.4, 5)."""

from __future__ import annotations

from agent_core.battle.estimate import NO_DAMAGE_TURNS, blows, enemy_damage, turns_to_faint, win_chance
from agent_core.gen1.rom import Tables
from agent_core.gen1.rules import run_chance
from agent_core.gen1.state import Battle, GameState
from agent_core.genome import Genome
from agent_core.strategy.base import Option, Question

FIGHT, ITEM, SWITCH, RUN = "fight", "item", "switch", "run"

HEALING = {0x14: 20, 0x13: 50, 0x12: 200, 0x11: 999, 0x10: 999, 0x3C: 50, 0x3D: 60, 0x3E: 80}
"""HP that an item gives back, by item id."""

FLEE_PRESSES = 4
FIGHT_PRESSES = 3
WIN_PRESSES = 3


def battle_question(tables: Tables, battle: Battle, state: GameState, genome: Genome) -> Question:
    """Every legal action with its score: fight:<slot>, item:<bag index>, switch:<slot>, run."""
    options = [*_fights(tables, battle, genome), *_items(tables, battle, state, genome)]
    options += _switches(tables, battle, state)
    if battle.wild:
        options.append(_run(tables, battle, genome))
    if not options:
        options = [Option(f"{FIGHT}:0", "struggle", 0.0)]
    return Question(
        kind="battle",
        options=tuple(options),
        summary=(
            f"{'wild' if battle.wild else 'trainer'} battle: {battle.player.hp}/{battle.player.max_hp} HP at level "
            f"{battle.player.level} against {battle.enemy.hp}/{battle.enemy.max_hp} at level {battle.enemy.level}"
        ),
        context=battle,
    )


def replacement(state: GameState, active: int) -> int | None:
    """The party slot to send out next: the healthiest other member; None when nobody is left."""
    able = [slot for slot, member in enumerate(state.party) if member.hp and slot != active]
    return max(able, key=lambda slot: (state.party[slot].level, state.party[slot].hp), default=None)


def _fights(tables: Tables, battle: Battle, genome: Genome) -> list[Option]:
    options = []
    for slot, item in blows(tables, battle).items():
        move = tables.moves[battle.player.moves[slot]]
        if not move.power:
            score = genome.status_move_score
        elif move.power == 1:
            score = genome.unknown_move_score
        else:
            score = 10 + 100 * min(item.mean / max(battle.enemy.hp, 1), 1) + item.hit
        options.append(Option(f"{FIGHT}:{slot}", move.name, score))
    return options


def _items(tables: Tables, battle: Battle, state: GameState, genome: Genome) -> list[Option]:
    """Healing items when the active mon is low and would not win the exchange anyway."""
    player = battle.player
    if player.hp > genome.hp_heal_threshold * player.max_hp or battle.wild:
        return []
    options = []
    incoming = enemy_damage(tables, battle)
    for index, (item, _) in enumerate(state.bag):
        gain = min(HEALING.get(item, 0), player.max_hp - player.hp)
        if gain > incoming and win_chance(tables, battle) < 0.9:
            options.append(Option(f"{ITEM}:{index}", tables.items.get(item, ""), 150 + gain))
    return options


def _switches(tables: Tables, battle: Battle, state: GameState) -> list[Option]:
    """Another member, when the active mon can do no harm at all."""
    if max((item.mean for item in blows(tables, battle).values()), default=0.0) > 0:
        return []
    slot = replacement(state, battle.player_slot)
    return [] if slot is None else [Option(f"{SWITCH}:{slot}", "send out another", 20.0)]


def _run(tables: Tables, battle: Battle, genome: Genome) -> Option:
    """Running from a wild battle, against the presses that winning it would cost."""
    chance = run_chance(battle.player.speed, battle.enemy.speed, battle.run_attempts + 1)
    weak = battle.player.hp <= genome.hp_run_threshold * battle.player.max_hp
    best = max((item.mean for item in blows(tables, battle).values()), default=0.0)
    rounds = turns_to_faint(battle.enemy.hp, best)
    fighting = NO_DAMAGE_TURNS if rounds >= NO_DAMAGE_TURNS else FIGHT_PRESSES * rounds + WIN_PRESSES
    fleeing = FLEE_PRESSES / max(chance, 0.05)
    score = 1000.0 if weak else 60.0 + 10 * (fighting - fleeing)
    return Option(RUN, "run away", score)
