/* The start menu and what hangs on it (gen1 4.7). */
#pragma bank 0x32
#include "text.h"
#include "texts.h"

#define EVENT_GOT_POKEDEX 37

void items_screen(void);
void party_screen(void) __banked;

static uint8_t has_dex;

static void draw_start_menu(void)
{
	uint8_t y = 2;
	if (has_dex) draw_box(10, 0, 8, 14);
	else draw_box(10, 0, 8, 12);
	if (has_dex) {
		place_ascii(12, y, MENU_BANK, "INDEX");
		y += 2;
	}
	place_ascii(12, y, MENU_BANK, "TEAM\nITEM");
	y += 4;
	place_ram_string(12, y, wPlayerName);
	y += 2;
	place_ascii(12, y, MENU_BANK, "SAVE\nOPTION\nEXIT");
}

static void clock_digits(uint8_t x, uint8_t y, uint8_t minutes)
{
	place_number(x, y, minutes, 2);
	if (minutes < 10) {
		volatile uint8_t *p = tile_at(x, y);
		*p = 0xF6;
	}
}

static void money(uint8_t x, uint8_t y)
{
	uint8_t i, d, seen = 0;
	volatile uint8_t *p = tile_at(x, y);
	for (i = 0; i != 6; i++) {
		d = wPlayerMoney[i >> 1];
		if (!(i & 1)) d = d >> 4;
		d = d & 0x0F;
		if (d != 0 || i == 5) seen = 1;
		if (seen) *p = d + 0xF6;
		p++;
	}
	*p = 0xF0;
}

static void player_card(void)
{
	full_screen_open();
	draw_box(0, 0, 18, 8);
	place_ascii(2, 2, MENU_BANK, "NAME:\nMONEY:\nTIME:");
	place_ram_string(8, 2, wPlayerName);
	money(9, 4);
	place_number(8, 6, wPlayTimeHours, 3);
	place_ascii(11, 6, MENU_BANK, ":");
	clock_digits(12, 6, wPlayTimeMinutes);
	draw_box(0, 10, 18, 6);
	place_ascii(2, 12, MENU_BANK, "SEALS:");
	place_number(9, 12, wObtainedBadges, 3);
	wait_button();
}

static void back_to_map(void)
{
	wUpdateSpritesEnabled = 1;
	redraw_overworld();
}

static void prepare(void)
{
	draw_start_menu();
	refresh_sprites();
	text_open();
	wTopMenuItemX = 11;
	wTopMenuItemY = 2;
	wMaxMenuItem = 6;
	if (has_dex) wMaxMenuItem = 7;
	wMenuWatchedKeys = J_A | J_B | J_START | J_UP | J_DOWN;
	wMenuWatchMovingOutOfBounds = 0;
	wMenuWrappingEnabled = 0;
	wCurrentMenuItem = wBattleAndStartSavedMenuItem;
	wLastMenuItem = wCurrentMenuItem;
	hJoy7 = 0;
}

/* One pass of the cursor; returns the keys that choose or leave. */
static uint8_t run_menu(void)
{
	uint8_t keys, before, last;
	last = 5;
	if (has_dex) last = 6;
	for (;;) {
		before = wCurrentMenuItem;
		keys = handle_menu();
		if (keys & J_UP) {
			if (before == 0 && wCurrentMenuItem == 0) {
				erase_cursor();
				wCurrentMenuItem = last;
			}
		} else if (keys & J_DOWN) {
			if (wCurrentMenuItem > last) {
				erase_cursor();
				wCurrentMenuItem = 0;
			}
		} else return keys;
	}
}

/* Returns 1 when the menu is to be shown again. */
static uint8_t choose(uint8_t item)
{
	if (!has_dex) item++;
	switch (item) {
	case 0: return 1;
	case 1:
		if (wPartyCount == 0) return 1;
		party_screen();
		break;
	case 2: items_screen(); break;
	case 3: player_card(); break;
	case 4:
		save_menu();
		return 0;
	case 5: option_menu_screen(); break;
	default: return 0;
	}
	back_to_map();
	return 1;
}

void start_menu(void) __banked
{
	uint8_t keys;
	hTextID = 0;
	has_dex = flag_get(EVENT_GOT_POKEDEX);
	if (has_dex) has_dex = 1;
	for (;;) {
		prepare();
		keys = run_menu();
		unfilled_cursor();
		wBattleAndStartSavedMenuItem = wCurrentMenuItem;
		if (!(keys & J_A)) break;
		if (!choose(wCurrentMenuItem)) break;
	}
	do {
		wait_vblank();
		joypad();
	} while (hJoyHeld & (J_A | J_B | J_START));
	text_close();
}
