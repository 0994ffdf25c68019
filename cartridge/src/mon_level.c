#pragma bank 0x37
/* Experience, level-up and its stats box (gen1 4.11, 5.12). */
#include "battle.h"
#include "text.h"

static void stats_box(ram mon)
{
	ram p = mon + MON_STATS;
	draw_box(9, 2, 9, 8);
	place_ascii(11, 3, 0x37, "ATTACK");
	place_number(15, 4, get16(p), 3);
	place_ascii(11, 5, 0x37, "DEFENSE");
	place_number(15, 6, get16(p + 2), 3);
	place_ascii(11, 7, 0x37, "SPEED");
	place_number(15, 8, get16(p + 4), 3);
	place_ascii(11, 9, 0x37, "SPECIAL");
	place_number(15, 10, get16(p + 6), 3);
}

/* adds to the 24-bit total, held at the level-100 total */
static void add_exp(ram mon, uint16_t amount)
{
	uint8_t cap[3], i;
	uint16_t sum, low;
	low = mon[MON_EXP + 2];
	sum = amount & 0xFF;
	sum += low;
	mon[MON_EXP + 2] = (uint8_t)sum;
	sum >>= 8;
	low = amount >> 8;
	sum += low;
	low = mon[MON_EXP + 1];
	sum += low;
	mon[MON_EXP + 1] = (uint8_t)sum;
	sum >>= 8;
	low = mon[MON_EXP];
	sum += low;
	mon[MON_EXP] = (uint8_t)sum;
	mon_header(mon[0]);
	mon_pack_exp(cap, wMonHeader[HEAD_GROWTH], 100);
	for (i = 0; i != 3; i++) {
		if (mon[MON_EXP + i] < cap[i])
			return;
		if (mon[MON_EXP + i] > cap[i])
			break;
	}
	if (i != 3)
		copy_ram(cap, mon + MON_EXP, 3);
}

/* the active monster's battle copy follows its party struct */
static void refresh_active(ram mon, uint16_t gained)
{
	uint16_t hp = get16(wBattleMon + BM_HP);
	hp += gained;
	put16(wBattleMon + BM_HP, hp);
	wBattleMon[BM_LEVEL] = mon[MON_LEVEL];
	copy_ram(mon + MON_MAXHP, wBattleMon + BM_MAXHP, 10);
	wPlayerMonUnmodifiedLevel = mon[MON_LEVEL];
	copy_ram(mon + MON_MAXHP, &wPlayerMonUnmodifiedLevel + 1, 10);
	stat_refresh(0);
	status_penalties(0);
	badge_boosts();
	hud_player();
}

static void level_up(uint8_t slot, ram mon, uint8_t level)
{
	uint16_t old_max, gained, hp;
	uint8_t saved = wCurEnemyLevel;
	old_max = get16(mon + MON_MAXHP);
	mon[MON_LEVEL] = level;
	mon_stats((uint8_t *)mon);
	gained = get16(mon + MON_MAXHP);
	gained -= old_max;
	if (wIsInBattle && slot == wPlayerMonNumber) {
		hp = get16(wBattleMon + BM_HP);
		hp += gained;
		put16(mon + MON_HP, hp);
		refresh_active(mon, gained);
	} else {
		hp = get16(mon + MON_HP);
		hp += gained;
		put16(mon + MON_HP, hp);
	}
	wCurEnemyLevel = level;
	mon_nick(slot);
	print_text(TXT_B_GREW);
	stats_box(mon);
	wait_arrow();
	wCurEnemyLevel = saved;
	if (wIsInBattle)
		battle_screen();
	learn_move_on_level(slot);
}

void mon_gain_exp(uint8_t slot, uint16_t amount) __banked
{
	ram mon = party_mon(slot);
	uint8_t level;
	add_exp(mon, amount);
	mon_nick(slot);
	put16(wStringBuffer, amount);
	print_text(TXT_B_EXP);
	level = mon_level_of((uint8_t *)mon);
	if (level != mon[MON_LEVEL])
		level_up(slot, mon, level);
}

void mon_gain_stat_exp(uint8_t slot, uint8_t share) __banked
{
	ram p = party_mon(slot) + MON_STAT_EXP;
	uint8_t i, part;
	uint16_t value, room;
	for (i = 0; i != 5; i++) {
		part = wEnemyMonBaseStats[i] / share;
		value = get16(p);
		room = 0xFFFF - value;
		if (room < part)
			value = 0xFFFF;
		else
			value += part;
		put16(p, value);
		p += 2;
	}
}
