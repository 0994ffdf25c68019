/* Title screen and main menu (gen1 4.2). */
#pragma bank 0x33
#include "text.h"

static void wait_release(void)
{
	do {
		wait_vblank();
		joypad();
	} while (hJoyHeld & (J_A | J_B | J_START));
}

void title_screen(void) __banked
{
	uint8_t blink = 0;
	wJoyIgnore = 0;
	wStatusFlags5 = 0;
	wFontLoaded = FONT_LOADED;
	full_screen();
	rBGP = 0xE4;
	draw_box(1, 2, 16, 5);
	place_ascii(4, 4, INTRO_BANK, "HILL BEASTS");
	place_ascii(4, 6, INTRO_BANK, "of the lanes");
	place_ascii(2, 16, INTRO_BANK, "A practice game");
	hJoy7 = 0;
	hJoy6 = 0;
	for (;;) {
		if (blink & 32) place_ascii(4, 11, INTRO_BANK, "           ");
		else place_ascii(4, 11, INTRO_BANK, "press START");
		blink++;
		wait_vblank();
		joypad_low_sensitivity();
		if (hJoy5 & (J_A | J_START)) return;
	}
}

static void default_options(void)
{
	if (wOptionsInitialized == 0) wOptions = 3;
	wLetterPrintingDelayFlags = 1;
}

/* Shows who saved; 1 = go on with that game. */
static uint8_t confirm_continue(void)
{
	save_load();
	draw_box(4, 7, 14, 6);
	place_ascii(5, 9, INTRO_BANK, "PLAYER\nTIME");
	place_ram_string(12, 9, wPlayerName);
	place_number(12, 11, wPlayTimeHours, 3);
	place_ascii(15, 11, INTRO_BANK, ":");
	place_number(16, 11, wPlayTimeMinutes, 2);
	wait_release();
	for (;;) {
		wait_vblank();
		joypad_low_sensitivity();
		if (hJoy5 & J_A) break;
		if (hJoy5 & J_B) return 0;
	}
	wDestinationWarpID = 0xFF;
	return 1;
}

static void draw_main_menu(uint8_t saved)
{
	full_screen();
	if (saved) {
		draw_box(0, 0, 13, 6);
		place_ascii(2, 2, INTRO_BANK, "CONTINUE\nNEW GAME\nOPTION");
	} else {
		draw_box(0, 0, 13, 4);
		place_ascii(2, 2, INTRO_BANK, "NEW GAME\nOPTION");
	}
	menu_box(1, 2, 1 + saved, J_A | J_B | J_START);
}

void main_menu(void) __banked
{
	uint8_t saved, item, keys;
	default_options();
	for (;;) {
		saved = save_valid();
		wSaveFileStatus = 1 + saved;
		draw_main_menu(saved);
		wait_release();
		keys = handle_menu();
		if (keys & J_B) {
			title_screen();
			continue;
		}
		item = wCurrentMenuItem;
		if (!saved) item++;
		if (item == 0) {
			if (confirm_continue()) break;
		} else if (item == 1) {
			new_game();
			break;
		} else option_menu();
	}
	wFontLoaded = 0;
	clear_screen();
}
