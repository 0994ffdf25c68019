#pragma bank 0x36
/* The battle menu, running and switching (gen1 4.4, 5.9). */
#include "battle.h"
#include "text.h"

static void draw_menu(void)
{
	ram p = wTileMap + 14 * 20 + 16;
	wTextBoxID = 0x0B;
	draw_box(0, 12, 18, 4);
	draw_box(8, 12, 10, 4);
	place_ascii(10, 14, 0x36, "FIGHT");
	place_ascii(10, 16, 0x36, "ITEM");
	place_ascii(16, 16, 0x36, "RUN");
	p[0] = 0xE1;
	p[1] = 0xE2;
}

/* 0 FIGHT, 1 ITEM, 2 PKMN, 3 RUN */
static uint8_t battle_menu(void)
{
	uint8_t item = wBattleAndStartSavedMenuItem, right = 0, row, key;
	if (item > 3)
		item = 0;
	row = item;
	if (item > 1) {
		right = 1;
		row = item - 2;
	}
	draw_menu();
	for (;;) {
		wTopMenuItemX = 9;
		wMenuWatchedKeys = J_A | J_RIGHT;
		if (right) {
			wTopMenuItemX = 15;
			wMenuWatchedKeys = J_A | J_LEFT;
		}
		wTopMenuItemY = 14;
		wMaxMenuItem = 1;
		wCurrentMenuItem = row;
		wLastMenuItem = row;
		wTileBehindCursor = TILE_SPACE;
		wMenuWatchMovingOutOfBounds = 0;
		hJoy7 = 0;
		key = handle_menu();
		row = wCurrentMenuItem;
		if (key & J_A)
			break;
		wTileMap[14 * 20 + 9] = TILE_SPACE;
		wTileMap[16 * 20 + 9] = TILE_SPACE;
		wTileMap[14 * 20 + 15] = TILE_SPACE;
		wTileMap[16 * 20 + 15] = TILE_SPACE;
		right ^= 1;
	}
	item = row;
	if (right)
		item += 2;
	wBattleAndStartSavedMenuItem = item;
	return item;
}

static void back_to_battle(void)
{
	battle_screen();
}

uint8_t try_run(void) __banked
{
	uint16_t speed = get16(wBattleMon + BM_SPEED), enemy = get16(wEnemyMon + BM_SPEED), q, bonus;
	uint8_t quarter, roll, tries;
	if (wIsInBattle == 2) {
		print_text(TXT_B_NO_RUN);
		return 0;
	}
	if (wNumRunAttempts != 255)
		wNumRunAttempts++;
	enemy >>= 2;
	quarter = (uint8_t)enemy;
	if (speed >= get16(wEnemyMon + BM_SPEED) || quarter == 0)
		goto escaped;
	q = speed;
	q <<= 5;
	q /= quarter;
	tries = wNumRunAttempts - 1;
	bonus = tries;
	bonus *= 30;
	q += bonus;
	if (q > 255)
		goto escaped;
	roll = random8();
	if (q >= roll)
		goto escaped;
	wActionResultOrTookBattleTurn = 1;
	print_text(TXT_B_CANT_RUN);
	return 0;
escaped:
	wEscapedFromBattle = 1;
	wBattleResult = 2;
	print_text(TXT_B_GOT_AWAY);
	return 1;
}

static uint8_t submenu(void)
{
	uint8_t key;
	wTextBoxID = BOX_SWITCH_STATS;
	draw_box(11, 11, 7, 5);
	place_ascii(13, 12, 0x36, "SWITCH");
	place_ascii(13, 14, 0x36, "STATS");
	place_ascii(13, 16, 0x36, "CANCEL");
	wTopMenuItemX = 12;
	wTopMenuItemY = 12;
	wMaxMenuItem = 2;
	wMenuWatchedKeys = J_A | J_B;
	wCurrentMenuItem = 0;
	wLastMenuItem = 0;
	wTileBehindCursor = TILE_SPACE;
	wMenuWatchMovingOutOfBounds = 0;
	hJoy7 = 0;
	key = handle_menu();
	if (key & J_B)
		return 2;
	return wCurrentMenuItem;
}

/* a party member that can fight, or 0xFF; forced: B does not leave the list */
uint8_t choose_next_mon(uint8_t forced) __banked
{
	uint8_t slot, choice;
	ram mon;
	for (;;) {
		wForcePlayerToChooseMon = forced;
		slot = party_menu(2);
		wForcePlayerToChooseMon = 0;
		if (slot == 0xFF) {
			if (forced)
				continue;
			return 0xFF;
		}
		choice = submenu();
		if (choice == 1) {
			stats_page(slot);
			continue;
		}
		if (choice == 2)
			continue;
		mon = party_mon(slot);
		mon_nick(slot);
		if ((mon[MON_HP] | mon[MON_HP + 1]) == 0) {
			print_text(TXT_B_NO_WILL);
			continue;
		}
		if (slot == wPlayerMonNumber && get16(wBattleMon + BM_HP)) {
			print_text(TXT_B_ALREADY_OUT);
			continue;
		}
		return slot;
	}
}

static uint8_t switch_mon(void)
{
	uint8_t slot;
	player_store();
	slot = choose_next_mon(0);
	back_to_battle();
	if (slot == 0xFF)
		return 0;
	wActionResultOrTookBattleTurn = 1;
	message(TXT_B_COME_BACK);
	hud_hide(0);
	player_send_out(slot);
	return 1;
}

uint8_t player_choose(void) __banked
{
	uint8_t choice, used;
	for (;;) {
		choice = battle_menu();
		if (choice == 0) {
			wNumRunAttempts = 0;
			if (wBattleMon[BM_STATUS] & (FRZ | SLP_MASK))
				return 0;
			if (wPlayerBattleStatus1 & (ST1_BIDE | ST1_TRAPPING))
				return 0;
			if (wEnemyBattleStatus1 & ST1_TRAPPING) {
				wPlayerSelectedMove = MOVE_NONE;
				return 0;
			}
			if (move_menu())
				return 0;
		} else if (choice == 1) {
			used = battle_use_item();
			if (used == 2 || wEscapedFromBattle)
				return 1;
			if (used) {
				wActionResultOrTookBattleTurn = 1;
				return 0;
			}
		} else if (choice == 2) {
			if (switch_mon())
				return 0;
		} else {
			if (try_run())
				return 1;
			if (wActionResultOrTookBattleTurn)
				return 0;
		}
		back_to_battle();
	}
}
