/* The option screen (gen1 4.7): text speed, battle animation, battle style. */
#pragma bank 0x32
#include "text.h"

static const uint8_t rows[4] = { 3, 8, 13, 16 };
static const uint8_t speeds[3] = { 1, 3, 5 };
static const uint8_t speed_x[3] = { 1, 7, 14 };

static uint8_t row_x(uint8_t row)
{
	uint8_t speed = wOptions & 0x0F;
	if (row == 0) {
		if (speed == 1) return 1;
		if (speed == 5) return 14;
		return 7;
	}
	if (row == 1 && (wOptions & 0x80)) return 10;
	if (row == 2 && (wOptions & 0x40)) return 10;
	return 1;
}

static void change(uint8_t row, uint8_t keys)
{
	uint8_t i = 0, options = wOptions;
	if (row == 1) options = options ^ 0x80;
	if (row == 2) options = options ^ 0x40;
	if (row == 0) {
		while (i != 2 && speed_x[i] != row_x(0)) i++;
		if (keys & J_LEFT) {
			if (i != 0) i--;
		} else if (i != 2) i++;
		else if (keys & J_A) i = 0;
		options = options & 0xF0;
		options = options | speeds[i];
	}
	wOptions = options;
}

static void put_cursor(uint8_t row, uint8_t tile)
{
	volatile uint8_t *p = tile_at(row_x(row), rows[row]);
	*p = tile;
}

void option_menu_screen(void)
{
	uint8_t row, keys;
	uint16_t address;
	full_screen_open();
	draw_box(0, 0, 18, 3);
	draw_box(0, 5, 18, 3);
	draw_box(0, 10, 18, 3);
	place_ascii(1, 1, MENU_BANK, "TEXT SPEED\n FAST  MEDIUM SLOW");
	place_ascii(1, 6, MENU_BANK, "BATTLE MOVIES\n ON       OFF");
	place_ascii(1, 11, MENU_BANK, "BATTLE STYLE\n SHIFT    SET");
	place_ascii(2, 16, MENU_BANK, "CANCEL");
	for (row = 0; row != 4; row++) put_cursor(row, TILE_CURSOR_DONE);
	row = 0;
	hJoy7 = 0;
	wMenuWatchedKeys = J_A | J_B | J_START;
	wOptionsInitialized = 1;
	for (;;) {
		wTopMenuItemY = rows[row];
		wTopMenuItemX = row_x(row);
		wCurrentMenuItem = 0;
		put_cursor(row, TILE_CURSOR);
		address = (uint16_t)tile_at(wTopMenuItemX, wTopMenuItemY);
		wMenuCursorLocation[0] = address & 0xFF;
		wMenuCursorLocation[1] = address >> 8;
		do {
			wait_vblank();
			joypad_low_sensitivity();
			keys = hJoy5;
		} while (keys == 0);
		if (keys & (J_B | J_START)) return;
		if ((keys & J_A) && row == 3) return;
		if (keys & (J_UP | J_DOWN)) {
			put_cursor(row, TILE_CURSOR_DONE);
			if (keys & J_DOWN) row++;
			else row--;
			row = row & 3;
		} else if (row != 3 && (keys & (J_A | J_LEFT | J_RIGHT))) {
			put_cursor(row, TILE_SPACE);
			change(row, keys);
		}
	}
}

void option_menu(void) __banked
{
	option_menu_screen();
}
