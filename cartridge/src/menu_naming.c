/* The naming screen (gen1 4.8). */
#pragma bank 0x32
#include "text.h"

#define GRID_ROWS 5
#define CASE_ROW 6
#define LAST_X 17
#define NICKNAME 2
#define TILE_ED 0xF0

static const char *const upper_rows[GRID_ROWS] = { "ABCDEFGHI", "JKLMNOPQR", "STUVWXYZ ", "*():;[]{}", "-?!<>/.,$" };
static const char *const lower_rows[GRID_ROWS] = { "abcdefghi", "jklmnopqr", "stuvwxyz ", "*():;[]{}", "-?!<>/.,$" };
static const uint8_t ed_rows[8] = { 0x00, 0xEC, 0x8A, 0xCA, 0x8A, 0xEC, 0x00, 0x00 };

static uint8_t max_length;
#define yen wTileMapBackup2

static void ed_tile(uint8_t on)
{
	uint8_t i, n;
	volatile uint8_t *vram = (volatile uint8_t *)0x8F00;
	wait_vblank();
	for (i = 0; i != 16; i++) {
		if (on) {
			n = i >> 1;
			yen[i] = vram[i];
			vram[i] = ed_rows[n];
		} else vram[i] = yen[i];
	}
}

static void draw_grid(void)
{
	uint8_t row, column, y = 5;
	const char *s;
	volatile uint8_t *p;
	for (row = 0; row != GRID_ROWS; row++) {
		s = upper_rows[row];
		if (wAlphabetCase) s = lower_rows[row];
		p = tile_at(2, y);
		for (column = 0; column != 9; column++) {
			*p = glyph(s[column]);
			p += 2;
		}
		y += 2;
	}
	if (wAlphabetCase) place_ascii(2, 15, MENU_BANK, "UPPER CASE");
	else place_ascii(2, 15, MENU_BANK, "lower case");
}

static void draw_name(void)
{
	uint8_t i;
	volatile uint8_t *p = tile_at(8, 2);
	for (i = 0; i != max_length; i++) {
		if (i < wNamingScreenNameLength) p[i] = wStringBuffer[i];
		else p[i] = TILE_SPACE;
		p[i + 20] = 0xE3;
	}
	if (i != 10) p[i] = TILE_SPACE;
}

static void type_letter(void)
{
	volatile uint8_t *p;
	uint8_t y = wTopMenuItemY + wCurrentMenuItem;
	if (wNamingScreenNameLength >= max_length) return;
	y = y + wCurrentMenuItem;
	p = tile_at(wTopMenuItemX + 1, y);
	wStringBuffer[wNamingScreenNameLength] = *p;
	wNamingScreenNameLength++;
	wStringBuffer[wNamingScreenNameLength] = CHAR_END;
}

static void delete_letter(void)
{
	if (wNamingScreenNameLength == 0) return;
	wNamingScreenNameLength--;
	wStringBuffer[wNamingScreenNameLength] = CHAR_END;
}

static void press_a(void)
{
	if (wCurrentMenuItem == CASE_ROW) {
		wAlphabetCase = wAlphabetCase ^ 1;
		draw_grid();
	} else if (wCurrentMenuItem == GRID_ROWS && wTopMenuItemX == LAST_X) wNamingScreenSubmitName = 1;
	else type_letter();
}

static void move(uint8_t keys)
{
	uint8_t row = wCurrentMenuItem, x = wTopMenuItemX;
	if (keys & J_DOWN) {
		row++;
		if (row > CASE_ROW) row = 1;
	} else if (keys & J_UP) {
		row--;
		if (row == 0) row = CASE_ROW;
	}
	if (row == CASE_ROW) x = 1;
	else if (keys & J_LEFT) {
		if (x == 1) x = LAST_X;
		else x -= 2;
	} else if (keys & J_RIGHT) {
		if (x == LAST_X) x = 1;
		else x += 2;
	}
	erase_cursor();
	wTopMenuItemX = x;
	wCurrentMenuItem = row;
}

static void one_key(uint8_t keys)
{
	if (keys & J_START) wNamingScreenSubmitName = 1;
	else if (keys & J_A) press_a();
	else if (keys & J_B) delete_letter();
	else if (keys & J_SELECT) {
		wAlphabetCase = wAlphabetCase ^ 1;
		draw_grid();
	} else move(keys);
	draw_name();
}

static void open(uint8_t type)
{
	uint8_t i;
	max_length = 7;
	if (type == NICKNAME) max_length = 10;
	full_screen_open();
	if (type == 0) place_ascii(1, 1, MENU_BANK, "YOUR NAME?");
	else if (type == 1) place_ascii(1, 1, MENU_BANK, "HIS NAME?");
	else {
		place_ram_string(1, 1, wNameBuffer);
		place_ascii(12, 1, MENU_BANK, "NAME?");
	}
	draw_box(0, 4, 18, 9);
	wNamingScreenType = type;
	wNamingScreenNameLength = 0;
	wNamingScreenSubmitName = 0;
	wAlphabetCase = 0;
	for (i = 0; i != 11; i++) wStringBuffer[i] = CHAR_END;
	wTopMenuItemY = 3;
	wTopMenuItemX = 1;
	wCurrentMenuItem = 1;
	wLastMenuItem = 1;
	wMenuWatchedKeys = 0xFF;
	wMaxMenuItem = 7;
	hJoy7 = 0;
	hJoy6 = 0;
	draw_grid();
	draw_name();
}

uint8_t naming_screen(uint8_t type) __banked
{
	uint8_t keys;
	ed_tile(1);
	for (;;) {
		open(type);
		while (!wNamingScreenSubmitName) {
			place_cursor();
			do {
				wait_vblank();
				joypad_low_sensitivity();
				keys = hJoy5;
			} while (keys == 0);
			one_key(keys);
		}
		if (type == NICKNAME || wNamingScreenNameLength != 0) break;
	}
	ed_tile(0);
	return wNamingScreenNameLength;
}
