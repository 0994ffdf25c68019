#pragma bank 0x37
/* Learning a move: a free slot takes it, a full set asks (gen1 4.11). */
#include "battle.h"

static void set_move(uint8_t slot, uint8_t index, uint8_t move)
{
	ram mon = party_mon(slot);
	uint8_t pp = move_max_pp(move, 0);
	mon[MON_MOVES + index] = move;
	mon[MON_PP + index] = pp;
	if (wIsInBattle && slot == wPlayerMonNumber) {
		wBattleMon[BM_MOVES + index] = move;
		wBattleMon[BM_PP + index] = pp;
	}
}

static void names(uint8_t slot, uint8_t move)
{
	mon_nick(slot);
	move_name(move);
}

static uint8_t is_hm(uint8_t move)
{
	if (move == 15 || move == 19 || move == 57 || move == 70 || move == 148)
		return 1;
	return 0;
}

/* the four moves at rows 8..11, cursor in column 5; returns the slot or 0xFF */
static uint8_t forget_menu(uint8_t slot)
{
	ram mon = party_mon(slot);
	uint8_t i, y, key;
	draw_box(4, 7, 14, 4);
	y = 8;
	for (i = 0; i != 4; i++) {
		move_name(mon[MON_MOVES + i]);
		place_ram_string(6, y, wStringBuffer);
		y++;
	}
	hUILayoutFlags |= 2;
	wTopMenuItemY = 8;
	wTopMenuItemX = 5;
	wCurrentMenuItem = 0;
	wLastMenuItem = 0;
	wMaxMenuItem = 3;
	wMenuWatchedKeys = J_A | J_B;
	wMenuWatchMovingOutOfBounds = 0;
	key = handle_menu();
	hUILayoutFlags &= 0xFD;
	if (key & J_B)
		return 0xFF;
	return wCurrentMenuItem;
}

static void restore_screen(void)
{
	if (wIsInBattle)
		battle_screen();
}

void learn_one_move(uint8_t slot, uint8_t move) __banked
{
	ram mon = party_mon(slot);
	uint8_t i, choice;
	for (i = 0; i != 4; i++)
		if (mon[MON_MOVES + i] == move)
			return;
	for (i = 0; i != 4; i++)
		if (mon[MON_MOVES + i] == 0)
			break;
	wMoveNum = move;
	while (i == 4) {
		names(slot, move);
		print_text(TXT_B_TRY_LEARN);
		choice = yes_no();
		if (choice == 1) {
			print_text(TXT_B_WHICH_FORGET);
			for (;;) {
				choice = forget_menu(slot);
				if (choice == 0xFF)
					break;
				if (!is_hm(mon[MON_MOVES + choice]))
					break;
				print_text(TXT_B_HM);
			}
			restore_screen();
			if (choice != 0xFF) {
				mon_nick(slot);
				move_name(mon[MON_MOVES + choice]);
				print_text(TXT_B_FORGOT);
				i = choice;
				break;
			}
		}
		names(slot, move);
		print_text(TXT_B_ABANDON);
		choice = yes_no();
		if (choice == 1) {
			names(slot, move);
			print_text(TXT_B_NOT_LEARNED);
			return;
		}
	}
	set_move(slot, i, move);
	names(slot, move);
	print_text(TXT_B_LEARNED);
}

/* the moves that the species learns exactly at the monster's present level */
void learn_move_on_level(uint8_t slot) __banked
{
	ram mon = party_mon(slot);
	uint8_t i, level = mon[MON_LEVEL], move;
	uint16_t offset = mon[0];
	const uint8_t *p;
	offset--;
	offset += offset;
	offset = peek_bank16(BANK_EvosMovesPointerTable, EvosMovesPointerTable + offset);
	p = (const uint8_t *)offset;
	for (;;) {
		i = peek_bank(0x0E, p);
		p++;
		if (i == 0)
			break;
		p += 2;
		if (i == 2)
			p++;
	}
	for (;;) {
		i = peek_bank(0x0E, p);
		p++;
		if (i == 0)
			break;
		move = peek_bank(0x0E, p);
		p++;
		if (i == level)
			learn_one_move(slot, move);
	}
}
