#pragma bank 0x36
/* Stat stages, badge boosts, and what burn and paralysis take away (gen1 5.6). */
#include "battle.h"

static const uint8_t stat_names[6][9] = {
	{0x80, 0x93, 0x93, 0x80, 0x82, 0x8A, 0x50},
	{0x83, 0x84, 0x85, 0x84, 0x8D, 0x92, 0x84, 0x50},
	{0x92, 0x8F, 0x84, 0x84, 0x83, 0x50},
	{0x92, 0x8F, 0x84, 0x82, 0x88, 0x80, 0x8B, 0x50},
	{0x80, 0x88, 0x8C, 0x50},
	{0x83, 0x8E, 0x83, 0x86, 0x84, 0x50},
};

static void stat_name(uint8_t stat)
{
	uint8_t i;
	for (i = 0; i != 9; i++)
		wStringBuffer[i] = stat_names[stat][i];
}

/* one of the four battle stats from its unmodified value and its stage */
static void recompute(uint8_t side, uint8_t stat)
{
	ram plain = side_unmodified(side), mon = side_mon(side), mods = side_mods(side);
	uint8_t n, d, offset = stat;
	uint16_t out;
	uint32_t value;
	offset += offset;
	value = get16(plain + 3 + offset);
	out = mods[stat];
	out--;
	out += out;
	n = peek_bank(BANK_StatModifierRatios, StatModifierRatios + out);
	d = peek_bank(BANK_StatModifierRatios, StatModifierRatios + out + 1);
	value *= n;
	value /= d;
	if (value > 999)
		value = 999;
	if (value == 0)
		value = 1;
	out = (uint16_t)value;
	put16(mon + BM_STATS + offset, out);
}

void stat_refresh(uint8_t side) __banked
{
	uint8_t i;
	for (i = 0; i != 4; i++)
		recompute(side, i);
}

void badge_boosts(void) __banked
{
	uint8_t i, badges = wObtainedBadges;
	ram p = wBattleMon + BM_STATS;
	uint16_t value;
	for (i = 0; i != 4; i++) {
		if (badges & 1) {
			value = get16(p);
			value += value >> 3;
			if (value > 999)
				value = 999;
			put16(p, value);
		}
		badges >>= 2;
		p += 2;
	}
}

void status_penalties(uint8_t side) __banked
{
	ram mon = side_mon(side);
	uint16_t value;
	if (mon[BM_STATUS] & BRN) {
		value = get16(mon + BM_STATS);
		value >>= 1;
		if (value == 0)
			value = 1;
		put16(mon + BM_STATS, value);
	}
	if (mon[BM_STATUS] & PAR) {
		value = get16(mon + BM_SPEED);
		value >>= 2;
		if (value == 0)
			value = 1;
		put16(mon + BM_SPEED, value);
	}
}

void stat_up(uint8_t side, uint8_t stat, uint8_t steps) __banked
{
	ram mods = side_mods(side), mon = side_mon(side);
	uint8_t stage = mods[stat], offset = stat, foe = side ^ 1;
	offset += offset;
	if (stage >= 13 || (stat < 4 && get16(mon + BM_STATS + offset) == 999)) {
		print_text(TXT_B_NOTHING);
		return;
	}
	stage += steps;
	if (stage > 13)
		stage = 13;
	mods[stat] = stage;
	if (stat < 4)
		recompute(side, stat);
	user_name(side);
	stat_name(stat);
	if (steps == 1)
		print_text(TXT_B_ROSE);
	else
		print_text(TXT_B_ROSE_MUCH);
	if (side == 0)
		badge_boosts();
	status_penalties(foe);
}

/* lowers a stat of the foe; 0 when it had no effect. Secondary: one chance in three, silent (5.7). */
uint8_t stat_down(uint8_t side, uint8_t stat, uint8_t steps, uint8_t secondary) __banked
{
	uint8_t foe = side ^ 1, stage, offset = stat, roll;
	ram mods = side_mods(foe), mon = side_mon(foe), foe_st = side_status(foe);
	offset += offset;
	if (side) {
		roll = random8();
		if (roll < 64)
			goto missed;
	}
	if (foe_st[1] & ST2_SUBSTITUTE)
		goto missed;
	if (secondary) {
		roll = random8();
		if (roll >= 85)
			return 0;
	} else {
		hit_test(side);
		if (wMoveMissed)
			goto missed;
	}
	stage = mods[stat];
	if (stage == 1 || (stat < 4 && get16(mon + BM_STATS + offset) == 1)) {
		if (!secondary)
			print_text(TXT_B_NOTHING);
		return 0;
	}
	if (stage > steps)
		stage -= steps;
	else
		stage = 1;
	mods[stat] = stage;
	if (stat < 4)
		recompute(foe, stat);
	user_name(foe);
	stat_name(stat);
	if (steps == 1)
		print_text(TXT_B_FELL);
	else
		print_text(TXT_B_FELL_MUCH);
	if (side)
		badge_boosts();
	status_penalties(foe);
	return 1;
missed:
	if (secondary)
		return 0;
	wMoveMissed = 1;
	user_name(side);
	print_text(TXT_B_MISSED);
	return 0;
}
