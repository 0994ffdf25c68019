/* Cursor menus (gen1 1.5, 4.3): HandleMenuInput and the two-option menu. */
#pragma bank 0x32
#include "text.h"

static uint8_t item_row(uint8_t item)
{
	uint8_t y = wTopMenuItemY;
	y = y + item;
	if (!(hUILayoutFlags & 2)) y = y + item;
	return y;
}

void erase_cursor(void)
{
	volatile uint8_t *p = tile_at(wTopMenuItemX, item_row(wLastMenuItem));
	*p = TILE_SPACE;
}

void unfilled_cursor(void)
{
	volatile uint8_t *p = tile_at(wTopMenuItemX, item_row(wCurrentMenuItem));
	*p = TILE_CURSOR_DONE;
}

void place_cursor(void)
{
	uint16_t address;
	volatile uint8_t *p = tile_at(wTopMenuItemX, item_row(wLastMenuItem));
	if (*p == TILE_CURSOR) *p = wTileBehindCursor;
	p = tile_at(wTopMenuItemX, item_row(wCurrentMenuItem));
	if (*p != TILE_CURSOR) wTileBehindCursor = *p;
	*p = TILE_CURSOR;
	address = (uint16_t)p;
	wMenuCursorLocation[0] = address & 0xFF;
	wMenuCursorLocation[1] = address >> 8;
	wLastMenuItem = wCurrentMenuItem;
}

/* The "more below" arrow of lists, if one is drawn at (18,11). */
static void blink_list_arrow(uint8_t blink)
{
	volatile uint8_t *p = tile_at(18, 11);
	if (wTextBoxID != BOX_LIST) return;
	if (blink & 15) return;
	if (*p == TILE_ARROW) *p = TILE_SPACE;
	else if (*p == TILE_SPACE && wListCount > 2) {
		if (wListScrollOffset + 3 <= wListCount) *p = TILE_ARROW;
	}
}

/* Returns 1 when the cursor moved out of bounds and the caller wants to know. */
static uint8_t move_cursor(uint8_t keys)
{
	uint8_t out = 0;
	if (keys & J_UP) {
		if (wCurrentMenuItem != 0) wCurrentMenuItem--;
		else if (wMenuWrappingEnabled) wCurrentMenuItem = wMaxMenuItem;
		else out = 1;
	} else if (keys & J_DOWN) {
		if (wCurrentMenuItem < wMaxMenuItem) wCurrentMenuItem++;
		else if (wMenuWrappingEnabled) wCurrentMenuItem = 0;
		else out = 1;
	}
	if (out && wMenuWatchMovingOutOfBounds) return 1;
	return 0;
}

uint8_t handle_menu(void) __banked
{
	uint8_t keys, blink;
	for (;;) {
		place_cursor();
		delay_frames(3);
		blink = 1;
		for (;;) {
			wait_vblank();
			joypad_low_sensitivity();
			keys = hJoy5;
			if (keys != 0) break;
			blink_list_arrow(blink);
			blink++;
		}
		wCheckFor180DegreeTurn = 0;
		if (move_cursor(keys)) break;
		if (keys & wMenuWatchedKeys) break;
	}
	wMenuWrappingEnabled = 0;
	return keys;
}

static const char *const option_names[8] = {
	"YES\nNO", "NORTH\nWEST", "SOUTH\nEAST", "YES\nNO", "NORTH\nEAST", "TRADE\nCANCEL", "HEAL\nCANCEL", "NO\nYES",
};
static const uint8_t option_width[8] = { 4, 6, 6, 6, 6, 7, 7, 4 };

uint8_t two_option_menu(uint8_t id, uint8_t x, uint8_t y) __banked
{
	uint8_t kind, w, h, keys, top;
	kind = id & 0x07;
	w = option_width[kind];
	h = 3;
	top = y + 1;
	if (kind == 6) {
		h = 4;
		top = y + 2;
	}
	wTextBoxID = BOX_TWO_OPTION;
	wTwoOptionMenuID = id;
	save_area(x, y, w + 2, h + 2);
	draw_box(x, y, w, h);
	place_ascii(x + 2, top, MENU_BANK, option_names[kind]);
	wTopMenuItemX = x + 1;
	wTopMenuItemY = top;
	wMaxMenuItem = 1;
	wMenuWatchedKeys = J_A | J_B;
	wCurrentMenuItem = 0;
	if (id & 0x80) wCurrentMenuItem = 1;
	wTwoOptionMenuID = kind;
	wLastMenuItem = 0;
	wMenuWatchMovingOutOfBounds = 0;
	wMenuWrappingEnabled = 0;
	hJoy7 = 0;
	hJoy6 = 0;
	wChosenMenuItem = 0;
	wMenuExitMethod = 0;
	refresh_sprites();
	for (;;) {
		keys = handle_menu();
		if (keys & J_A) break;
		if (kind != 7) break;
	}
	if (keys & J_A) {
		wMenuExitMethod = 1;
		wChosenMenuItem = wCurrentMenuItem + 1;
	} else {
		wMenuExitMethod = 2;
		wCurrentMenuItem = 1;
		place_cursor();
		wChosenMenuItem = 2;
	}
	delay_frames(15);
	restore_area();
	refresh_sprites();
	return wChosenMenuItem;
}

/* Sprites under a new box vanish at once; battles and full screens have none. */
void refresh_sprites(void)
{
	if (wIsInBattle == 0 && wUpdateSpritesEnabled == 1) update_sprites();
}

uint8_t yes_no(void) __banked
{
	return two_option_menu(0, 14, 7);
}

void full_screen(void) __banked
{
	full_screen_open();
}

void menu_box(uint8_t x, uint8_t y, uint8_t last, uint8_t keys) __banked
{
	wTopMenuItemX = x;
	wTopMenuItemY = y;
	wMaxMenuItem = last;
	wMenuWatchedKeys = keys;
	wMenuWatchMovingOutOfBounds = 0;
	wMenuWrappingEnabled = 0;
	wCurrentMenuItem = 0;
	wLastMenuItem = 0;
	hUILayoutFlags = hUILayoutFlags & 0xFD;
	hJoy7 = 0;
	hJoy6 = 0;
}

void clear_screen(void) __banked
{
	clear_area(0, 0, 20, 18);
	hAutoBGTransferEnabled = 1;
	delay_frames(3);
}
