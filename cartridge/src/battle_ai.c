#pragma bank 0x35
/* The enemy's choice of a move (gen1 5.1, 5.13). */
#include "battle.h"

static uint8_t weights[4];
uint8_t ai_turns_out;                 /* turns this enemy monster has chosen */

static uint8_t move_field(uint8_t move, uint8_t field)
{
	uint16_t offset = move;
	offset--;
	offset *= 6;
	offset += field;
	return peek_bank(BANK_Moves, Moves + offset);
}

/* 1: discourages status moves when the player's monster has a status already */
static void modify_status(void)
{
	uint8_t i, move, effect;
	if (wBattleMon[BM_STATUS] == 0)
		return;
	for (i = 0; i != 4; i++) {
		move = wEnemyMon[BM_MOVES + i];
		if (move == 0)
			break;
		if (move_field(move, MV_POWER))
			continue;
		effect = move_field(move, MV_EFFECT);
		if (effect == 1 || effect == 32 || effect == 66 || effect == 67)
			weights[i] += 5;
	}
}

/* 2: on its second turn it likes moves that change stats */
static void modify_stat_moves(void)
{
	uint8_t i, move, effect;
	if (ai_turns_out != 1)
		return;
	for (i = 0; i != 4; i++) {
		move = wEnemyMon[BM_MOVES + i];
		if (move == 0)
			break;
		effect = move_field(move, MV_EFFECT);
		if ((effect >= 10 && effect < 26) || (effect >= 50 && effect < 66))
			weights[i]--;
	}
}

static uint8_t better_move(uint8_t type)
{
	uint8_t i, move, effect;
	for (i = 0; i != 4; i++) {
		move = wEnemyMon[BM_MOVES + i];
		if (move == 0)
			break;
		effect = move_field(move, MV_EFFECT);
		if (effect == 40 || effect == 41 || effect == 43)
			return 1;
		if (move_field(move, MV_TYPE) != type && move_field(move, MV_POWER))
			return 1;
	}
	return 0;
}

/* 3: likes what is strong against the player's monster, dislikes what is weak if it has something else */
static void modify_types(void)
{
	uint8_t i, move, type, factor;
	for (i = 0; i != 4; i++) {
		move = wEnemyMon[BM_MOVES + i];
		if (move == 0)
			break;
		type = move_field(move, MV_TYPE);
		factor = type_factor(type, wBattleMon[BM_TYPE1]);
		if (factor == 10)
			factor = type_factor(type, wBattleMon[BM_TYPE1 + 1]);
		if (factor > 10)
			weights[i]--;
		else if (factor < 10 && better_move(type))
			weights[i]++;
	}
}

static void weigh(void)
{
	const uint8_t *p = TrainerClassMoveChoiceModifications;
	uint8_t i, mod, slot;
	for (i = 0; i != 4; i++)
		weights[i] = 10;
	slot = wEnemyDisabledMove >> 4;
	if (slot) {
		slot--;
		weights[slot] = 80;
	}
	if (wIsInBattle != 2)
		return;
	for (i = wTrainerClass; i != 1; i--) {
		do {
			mod = peek_bank(0x0E, p);
			p++;
		} while (mod);
	}
	for (;;) {
		mod = peek_bank(0x0E, p);
		p++;
		if (mod == 0)
			return;
		if (mod == 1)
			modify_status();
		else if (mod == 2)
			modify_stat_moves();
		else if (mod == 3)
			modify_types();
	}
}

void enemy_select_move(void) __banked
{
	uint8_t i, roll, least, disabled;
	if ((wEnemyBattleStatus2 & (ST2_RECHARGE | ST2_RAGE)) || (wEnemyBattleStatus1 & (ST1_CHARGING | ST1_THRASH)))
		return;
	if (wEnemyMon[BM_STATUS] & (FRZ | SLP_MASK))
		return;
	if (wEnemyBattleStatus1 & (ST1_BIDE | ST1_TRAPPING))
		return;
	if (wPlayerBattleStatus1 & ST1_TRAPPING) {
		wEnemySelectedMove = MOVE_NONE;
		return;
	}
	disabled = wEnemyDisabledMove >> 4;
	if (wEnemyMon[BM_MOVES] == 0 || (wEnemyMon[BM_MOVES + 1] == 0 && disabled)) {
		wEnemySelectedMove = MOVE_STRUGGLE;
		return;
	}
	weigh();
	ai_turns_out++;
	least = 255;
	for (i = 0; i != 4; i++)
		if (wEnemyMon[BM_MOVES + i] && weights[i] < least)
			least = weights[i];
	for (;;) {
		roll = random8();
		i = 3;
		if (roll < 63)
			i = 0;
		else if (roll < 127)
			i = 1;
		else if (roll < 190)
			i = 2;
		if (wEnemyMon[BM_MOVES + i] == 0)
			continue;
		if (disabled) {
			roll = disabled - 1;
			if (roll == i)
				continue;
		}
		if (weights[i] == least)
			break;
	}
	wEnemyMoveListIndex = i;
	wEnemySelectedMove = wEnemyMon[BM_MOVES + i];
}
