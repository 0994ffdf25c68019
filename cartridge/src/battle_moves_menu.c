#pragma bank 0x36
/* The move menu (gen1 4.4): 1-based item, rows 13-16, PP and type on the left. */
#include "battle.h"
#include "text.h"

static uint8_t move_count(void)
{
	uint8_t i;
	for (i = 0; i != 4; i++)
		if (wBattleMon[BM_MOVES + i] == 0)
			break;
	return i;
}

static void type_name(uint8_t type)
{
	uint16_t offset = type;
	offset += offset;
	offset = peek_bank16(BANK_TypeNames, TypeNames + offset);
	place_string(2, 10, 0x09, (const uint8_t *)offset);
}

static void details(uint8_t index)
{
	uint8_t move = wBattleMon[BM_MOVES + index], pp = wBattleMon[BM_PP + index];
	draw_box(0, 8, 9, 3);
	load_move(0, move);
	place_ascii(1, 9, 0x36, "TYPE/");
	type_name(side_move(0)[MV_TYPE]);
	place_number(5, 11, pp & 0x3F, 2);
	wTileMap[11 * 20 + 7] = 0xF3;
	place_number(8, 11, move_max_pp(move, pp), 2);
}

static void swap(uint8_t a, uint8_t b)
{
	ram mon = party_mon(wPlayerMonNumber);
	uint8_t t;
	t = mon[MON_MOVES + a]; mon[MON_MOVES + a] = mon[MON_MOVES + b]; mon[MON_MOVES + b] = t;
	t = mon[MON_PP + a]; mon[MON_PP + a] = mon[MON_PP + b]; mon[MON_PP + b] = t;
	t = wBattleMon[BM_MOVES + a]; wBattleMon[BM_MOVES + a] = wBattleMon[BM_MOVES + b]; wBattleMon[BM_MOVES + b] = t;
	t = wBattleMon[BM_PP + a]; wBattleMon[BM_PP + a] = wBattleMon[BM_PP + b]; wBattleMon[BM_PP + b] = t;
}

static void select_pressed(uint8_t index)
{
	uint8_t other = wMenuItemToSwap;
	index++;
	if (other == 0) {
		wMenuItemToSwap = index;
		return;
	}
	wMenuItemToSwap = 0;
	other--;
	index--;
	if (other != index)
		swap(other, index);
}

static void list_moves(void)
{
	uint8_t i, y = 13, move;
	draw_box(4, 12, 14, 4);
	for (i = 0; i != 4; i++) {
		move = wBattleMon[BM_MOVES + i];
		if (move) {
			move_name(move);
			place_ram_string(6, y, wStringBuffer);
		} else
			place_ascii(6, y, 0x36, "-");
		y++;
	}
	if (wMenuItemToSwap) {
		uint16_t offset = wMenuItemToSwap;
		offset *= 20;
		wTileMap[12 * 20 + 5 + offset] = TILE_CURSOR_DONE;
	}
}

/* 1: wPlayerMoveListIndex and wPlayerSelectedMove are set; 0: back to the battle menu */
uint8_t move_menu(void) __banked
{
	uint8_t count = move_count(), i, key, item, index, any = 0, last, disabled;
	for (i = 0; i != count; i++)
		if (wBattleMon[BM_PP + i] & 0x3F) {
			index = i + 1;
			index <<= 4;
			disabled = wPlayerDisabledMove & 0xF0;
			if (disabled != index)
				any = 1;
		}
	if (!any) {
		wPlayerSelectedMove = MOVE_STRUGGLE;
		user_name(0);
		print_text(TXT_B_NO_MOVES);
		return 1;
	}
	wMoveMenuType = 0;
	wMenuItemToSwap = 0;
	item = wPlayerMoveListIndex + 1;
	if (item > count)
		item = 1;
	last = count + 1;
	list_moves();
	for (;;) {
		index = item - 1;
		details(index);
		wTopMenuItemX = 5;
		wTopMenuItemY = 12;
		wCurrentMenuItem = item;
		wLastMenuItem = item;
		wTileBehindCursor = TILE_SPACE;
		wMaxMenuItem = last;
		wMenuWatchedKeys = J_A | J_B | J_UP | J_DOWN | J_SELECT;
		wMenuWatchMovingOutOfBounds = 0;
		hJoy7 = 0;
		hUILayoutFlags |= 2;
		key = handle_menu();
		hUILayoutFlags &= 0xFD;
		item = wCurrentMenuItem;
		if (item == 0)
			item = count;
		if (item == last)
			item = 1;
		index = item - 1;
		if (key & (J_UP | J_DOWN)) {
			wCurrentMenuItem = item;
			continue;
		}
		if (key & J_SELECT) {
			select_pressed(index);
			list_moves();
			continue;
		}
		wMenuItemToSwap = 0;
		if (key & J_B)
			return 0;
		wPlayerMoveListIndex = index;
		if ((wBattleMon[BM_PP + index] & 0x3F) == 0) {
			print_text(TXT_B_NO_PP);
			return 0;
		}
		disabled = wPlayerDisabledMove >> 4;
		if (disabled == item) {
			print_text(TXT_B_MOVE_OFF);
			return 0;
		}
		wPlayerSelectedMove = wBattleMon[BM_MOVES + index];
		battle_screen();
		return 1;
	}
}
