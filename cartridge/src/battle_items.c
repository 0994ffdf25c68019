#pragma bank 0x36
/* Items in battle and the ball (gen1 5.10). */
#include "battle.h"
#include "text.h"

#define ITEM_MASTER_BALL 0x01
#define ITEM_ULTRA_BALL 0x02
#define ITEM_GREAT_BALL 0x03
#define ITEM_POKE_BALL 0x04
#define ITEM_POKE_DOLL 0x33

static uint8_t caught;

static uint8_t status_bonus(void)
{
	uint8_t status = wEnemyMon[BM_STATUS];
	if (status & (FRZ | SLP_MASK)) return 25;
	if (status) return 12;
	return 0;
}

/* 1: caught; otherwise shakes 0..3 are left in *shakes */
static uint8_t catch_roll(uint8_t ball, uint8_t *shakes)
{
	uint8_t roll, bonus, rate = wEnemyMonActualCatchRate, limit, second;
	uint16_t w, hp, max, y;
	uint32_t big;
	*shakes = 3;
	if (ball == ITEM_MASTER_BALL)
		return 1;
	limit = 255;
	if (ball == ITEM_GREAT_BALL)
		limit = 200;
	else if (ball != ITEM_POKE_BALL)
		limit = 150;
	do
		roll = random8();
	while (roll > limit);
	bonus = status_bonus();
	if (roll < bonus)
		return 1;
	roll -= bonus;
	hp = get16(wEnemyMon + BM_HP);
	max = get16(wEnemyMon + BM_MAXHP);
	hp >>= 2;
	if (hp == 0)
		hp = 1;
	big = max;
	big *= 255;
	if (ball == ITEM_GREAT_BALL)
		big /= 8;
	else
		big /= 12;
	big /= hp;
	w = 256;
	if (big < 256)
		w = (uint16_t)big;
	if (roll <= rate) {
		if (w > 255)
			return 1;
		second = random8();
		if (second <= w)
			return 1;
	}
	y = rate;
	y *= 100;
	y /= limit;
	if (w > 255)
		w = 255;
	big = y;
	big *= w;
	big /= 255;
	y = (uint16_t)big;
	if (bonus == 25)
		y += 10;
	else if (bonus)
		y += 5;
	if (y < 10) *shakes = 0;
	else if (y < 30) *shakes = 1;
	else if (y < 70) *shakes = 2;
	return 0;
}

static void name_it(uint8_t slot)
{
	ram nick = wPartyMonNicks;
	uint8_t choice;
	print_text(TXT_B_NICKNAME);
	choice = yes_no();
	if (choice != 1)
		return;
	for (; slot; slot--)
		nick += 11;
	copy_ram(wEnemyMonNick, wNameBuffer, 11);
	naming_screen(2);
	if (wStringBuffer[0] != 0x50)
		copy_ram(wStringBuffer, nick, 11);
}

/* the caught monster joins the party as it is */
static void keep_enemy(void)
{
	uint8_t slot = wPartyCount, species = wEnemyMon[0];
	ram mon;
	mon_add_to_party(species, wEnemyMon[BM_LEVEL]);
	mon = party_mon(slot);
	mon[MON_DVS] = wEnemyMon[BM_DVS];
	mon[MON_DVS + 1] = wEnemyMon[BM_DVS + 1];
	copy_ram(wEnemyMon + BM_MOVES, mon + MON_MOVES, 4);
	copy_ram(wEnemyMon + BM_PP, mon + MON_PP, 4);
	mon_calc_stats(slot);
	mon[MON_HP] = wEnemyMon[BM_HP];
	mon[MON_HP + 1] = wEnemyMon[BM_HP + 1];
	mon[MON_STATUS] = wEnemyMon[BM_STATUS];
}

void throw_ball(uint8_t item) __banked
{
	uint8_t shakes, i, slot;
	caught = 0;
	item_name_to_buffer(item);
	message(TXT_B_THROW);
	if (!catch_roll(item, &shakes)) {
		for (i = 0; i != shakes; i++)
			delay_frames(20);
		if (shakes == 0)
			print_text(TXT_B_BALL_0);
		else if (shakes == 1)
			print_text(TXT_B_BALL_1);
		else if (shakes == 2)
			print_text(TXT_B_BALL_2);
		else
			print_text(TXT_B_BALL_3);
		return;
	}
	caught = 1;
	hud_hide(1);
	delay_frames(40);
	wCapturedMonSpecies = wEnemyMon[0];
	wBattleResult = 2;
	print_text(TXT_B_CAUGHT);
	slot = wPartyCount;
	keep_enemy();
	name_it(slot);
}

static uint8_t x_item(uint8_t item)
{
	ram st = side_status(0);
	switch (item) {
	case 0x2E: st[1] |= ST2_X_ACCURACY; break;
	case 0x37: st[1] |= ST2_MIST; break;
	case 0x3A: st[1] |= ST2_FOCUS_ENERGY; break;
	case 0x41: case 0x42: case 0x43: case 0x44: break;
	default: return 0;
	}
	return 1;
}

static uint8_t medicine(uint8_t item, uint8_t index)
{
	uint8_t slot;
	ram mon;
	player_store();
	slot = party_menu(1);
	if (slot == 0xFF)
		return 0;
	if (!use_medicine(item, slot)) {
		print_text(TXT_ITEM_NO_EFFECT);
		return 0;
	}
	bag_remove(index, 1);
	if (slot == wPlayerMonNumber) {
		mon = party_mon(slot);
		wBattleMon[BM_HP] = mon[MON_HP];
		wBattleMon[BM_HP + 1] = mon[MON_HP + 1];
		if (wBattleMon[BM_STATUS] && mon[MON_STATUS] == 0) {
			wBattleMon[BM_STATUS] = 0;
			side_status(0)[2] &= ~ST3_TOXIC;
			stat_refresh(0);
			badge_boosts();
		}
	}
	mon_nick(slot);
	print_text(TXT_B_ITEM_HEALED);
	return 1;
}

uint8_t battle_use_item(void) __banked
{
	uint8_t item, index, used;
	battle_screen();
	item = bag_menu();
	if (item == 0)
		return 0;
	index = wWhichPokemon;
	battle_screen();
	if (item <= ITEM_POKE_BALL) {
		if (wIsInBattle == 2) {
			print_text(TXT_B_BALL_REFUSED);
			return 0;
		}
		if (wPartyCount > 5) {
			print_text(TXT_B_NO_ROOM);
			return 0;
		}
		bag_remove(index, 1);
		throw_ball(item);
		if (caught)
			return 2;
		return 1;
	}
	if (item == ITEM_POKE_DOLL && wIsInBattle == 1) {
		bag_remove(index, 1);
		wEscapedFromBattle = 1;
		wBattleResult = 2;
		print_text(TXT_B_GOT_AWAY);
		return 1;
	}
	if (x_item(item)) {
		bag_remove(index, 1);
		item_name_to_buffer(item);
		message(TXT_B_ITEM_USED);
		if (item > 0x40)
			stat_up(0, item - 0x41, 1);
		return 1;
	}
	if ((item >= 0x0B && item <= 0x0F) || item == 0x13 || item == 0x14) {
		used = medicine(item, index);
		battle_screen();
		return used;
	}
	print_text(TXT_ITEM_NOT_NOW);
	return 0;
}
