/* The bag as a list menu (gen1 4.5) and the item arithmetic behind it. */
#pragma bank 0x32
#include "text.h"
#include "texts.h"

#define ITEM_NAMES ((const uint8_t *)0x472B)      /* 01:472B, one @-terminated name per item from id 1 */
#define KEY_ITEM_FLAGS ((const uint8_t *)0x6799)  /* 03:6799, bit (id - 1) */
#define FIRST_HM 0xC4
#define FIRST_TM 0xC9
#define LAST_ITEM 97
#define BAG_TYPES 20
#define MAX_OF_ONE 99
#define LIST_X 4
#define LIST_Y 2

/* Name of an item -> wNameBuffer, @-terminated. */
void item_name(uint8_t item)
{
	const uint8_t *s = ITEM_NAMES;
	uint8_t c, i, tens;
	if (item >= FIRST_HM) {
		wNameBuffer[0] = 0x93;                     /* T */
		item = item - (FIRST_TM - 1);
		if (item >= 0xC0) {                        /* HM: wrapped below zero */
			wNameBuffer[0] = 0x87;                 /* H */
			item = item + 5;
		}
		tens = 0;
		while (item >= 10) {
			item = item - 10;
			tens++;
		}
		wNameBuffer[1] = 0x8C;                     /* M */
		wNameBuffer[2] = 0xF6 + tens;
		wNameBuffer[3] = 0xF6 + item;
		wNameBuffer[4] = CHAR_END;
		return;
	}
	wNameBuffer[0] = CHAR_END;
	if (item == 0 || item > LAST_ITEM) return;
	for (i = 1; i != item; i++) {
		do {
			c = peek_bank(1, s);
			s++;
		} while (c != CHAR_END);
	}
	for (i = 0; i != 13; i++) {
		c = peek_bank(1, s);
		s++;
		wNameBuffer[i] = c;
		if (c == CHAR_END) return;
	}
	wNameBuffer[13] = CHAR_END;
}

void item_name_to_buffer(uint8_t item) __banked { item_name(item); }

uint8_t item_is_key(uint8_t item)
{
	const uint8_t *p = KEY_ITEM_FLAGS;
	uint8_t bits, n;
	if (item >= FIRST_TM) return 0;
	if (item >= FIRST_HM) return 1;
	n = item - 1;
	p = p + (n >> 3);
	bits = peek_bank(3, p);
	for (n = n & 7; n != 0; n--) bits = bits >> 1;
	return bits & 1;
}

uint8_t bag_add(uint8_t item, uint8_t quantity) __banked
{
	volatile uint8_t *p = wBagItems;
	uint8_t i, sum;
	for (i = 0; i != wNumBagItems; i++) {
		if (p[0] == item) {
			sum = p[1] + quantity;
			if (sum > MAX_OF_ONE) return 0;
			p[1] = sum;
			return 1;
		}
		p += 2;
	}
	if (wNumBagItems == BAG_TYPES) return 0;
	p[0] = item;
	p[1] = quantity;
	p[2] = 0xFF;
	wNumBagItems++;
	return 1;
}

void bag_remove(uint8_t index, uint8_t quantity) __banked
{
	volatile uint8_t *p = wBagItems;
	uint8_t i;
	p = p + index;
	p = p + index;
	if (p[1] > quantity) {
		p[1] = p[1] - quantity;
		return;
	}
	wNumBagItems--;
	for (i = index; i < wNumBagItems; i++) {
		p[0] = p[2];
		p[1] = p[3];
		p += 2;
	}
	p[0] = 0xFF;
	wListScrollOffset = 0;
	wBagSavedMenuItem = 0;
	wSavedListScrollOffset = 0;
}

static void print_entries(void)
{
	uint8_t row, index, y, item;
	volatile uint8_t *p;
	clear_area(5, 3, 14, 9);
	for (row = 0; row != 4; row++) {
		index = wListScrollOffset + row;
		y = 4 + row;
		y = y + row;
		if (index > wListCount) return;
		if (row == 3) {
			p = tile_at(18, 11);
			*p = TILE_ARROW;
			return;
		}
		if (index == wListCount) {
			place_ascii(6, y, MENU_BANK, "CANCEL");
			return;
		}
		p = wBagItems + index;
		p = p + index;
		item = p[0];
		item_name(item);
		place_ram_string(6, y, wNameBuffer);
		if (!item_is_key(item)) {
			place_number(15, y + 1, p[1], 2);
			p = tile_at(14, y + 1);
			*p = TILE_TIMES;
		}
		if (wMenuItemToSwap != 0 && wMenuItemToSwap == index + 1) {
			p = tile_at(5, y);
			*p = TILE_CURSOR_DONE;
		}
	}
}

static void swap_items(uint8_t a, uint8_t b)
{
	volatile uint8_t *p = wBagItems;
	volatile uint8_t *q = wBagItems;
	uint8_t t;
	p = p + a;
	p = p + a;
	q = q + b;
	q = q + b;
	t = p[0]; p[0] = q[0]; q[0] = t;
	t = p[1]; p[1] = q[1]; q[1] = t;
}

static void select_pressed(uint8_t index)
{
	if (index >= wListCount) return;
	if (wMenuItemToSwap == 0) {
		wMenuItemToSwap = index + 1;
		return;
	}
	swap_items(wMenuItemToSwap - 1, index);
	wMenuItemToSwap = 0;
}

static void list_variables(void)
{
	wTopMenuItemY = LIST_Y + 2;
	wTopMenuItemX = LIST_X + 1;
	wMaxMenuItem = 2;
	if (wListCount < 2) wMaxMenuItem = wListCount;
	wMenuWatchedKeys = J_A | J_B | J_SELECT;
	wMenuWatchMovingOutOfBounds = 1;
	wMenuWrappingEnabled = 0;
	hJoy7 = 1;
	hJoy6 = 0;
}

static void leave_list(void)
{
	wMenuWatchMovingOutOfBounds = 0;
	wMenuItemToSwap = 0;
	hJoy7 = 0;
	wBagSavedMenuItem = wCurrentMenuItem;
	wSavedListScrollOffset = wListScrollOffset;
}

/* The chosen item or 0: wCurItem, wWhichPokemon (index), wItemQuantity, wMaxItemQuantity, wChosenMenuItem. */
static uint8_t item_list(void)
{
	uint8_t keys, index;
	volatile uint8_t *p;
	wListMenuID = 3;
	wListPointer[0] = 0x1D;
	wListPointer[1] = 0xD3;
	wListCount = wNumBagItems;
	wMenuItemToSwap = 0;
	wTextBoxID = BOX_LIST;
	draw_box(LIST_X, LIST_Y, 14, 9);
	refresh_sprites();
	wCurrentMenuItem = wBagSavedMenuItem;
	wListScrollOffset = wSavedListScrollOffset;
	wLastMenuItem = wCurrentMenuItem;
	list_variables();
	delay_frames(10);
	for (;;) {
		list_variables();
		print_entries();
		keys = handle_menu();
		index = wListScrollOffset + wCurrentMenuItem;
		if (keys & J_A) {
			unfilled_cursor();
			wMenuExitMethod = 1;
			wChosenMenuItem = wCurrentMenuItem;
			wWhichPokemon = index;
			leave_list();
			if (index >= wListCount) {
				wMenuExitMethod = 2;
				return 0;
			}
			p = wBagItems + index;
			p = p + index;
			wCurItem = p[0];
			wItemQuantity = 1;
			wMaxItemQuantity = p[1];
			item_name(p[0]);
			return p[0];
		}
		if (keys & J_B) {
			wMenuExitMethod = 2;
			wChosenMenuItem = 0;
			leave_list();
			return 0;
		}
		if (keys & J_SELECT) select_pressed(index);
		else if (keys & J_DOWN) {
			index = wListScrollOffset + 3;
			if (index <= wListCount) wListScrollOffset++;
		} else if (wListScrollOffset != 0) wListScrollOffset--;
	}
}

uint8_t bag_menu(void) __banked
{
	return item_list();
}
