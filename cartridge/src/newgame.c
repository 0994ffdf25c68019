/* A new game: first values, the introduction, the two names (gen1 4.2). */
#pragma bank 0x33
#include "text.h"
#include "texts.h"

#define FIRST_MAP 38
#define FIRST_X 3
#define FIRST_Y 6
#define ITEM_POTION 0x14
#define TOGGLE_BANK 3
#define TOGGLE_STATES ((const uint8_t *)0x4AEA)   /* 03:4AEA map, object, state; FF ends */
#define TOGGLE_OFF 0x11

static void copy_name(volatile uint8_t *to)
{
	uint8_t i;
	for (i = 0; i != 11; i++) to[i] = wStringBuffer[i];
}

/* Every toggleable object is hidden or shown as its table says; bit set = hidden. */
static void initial_toggles(void)
{
	const uint8_t *p = TOGGLE_STATES;
	uint8_t index = 0, mask, state;
	uint8_t at;
	fill_bytes(wToggleableObjectFlags, 0, 32);
	for (;;) {
		if (peek_bank(TOGGLE_BANK, p) == 0xFF) return;
		state = peek_bank(TOGGLE_BANK, p + 2);
		if (state == TOGGLE_OFF) {
			at = index >> 3;
			mask = 1;
			state = index & 7;
			for (; state != 0; state--) mask = mask + mask;
			wToggleableObjectFlags[at] = wToggleableObjectFlags[at] | mask;
		}
		p += 3;
		index++;
		if (index == 0xFF) return;
	}
}

static void first_values(void)
{
	uint8_t options = wOptions;
	uint8_t letters = wLetterPrintingDelayFlags;
	fill_bytes((volatile uint8_t *)0xD158, 0, 0xDEE2 - 0xD158);
	wOptions = options;
	wLetterPrintingDelayFlags = letters;
	wOptionsInitialized = 1;
	ascii_name(INTRO_BANK, "WILLOW");
	copy_name(wPlayerName);
	ascii_name(INTRO_BANK, "FLINT");
	copy_name(wRivalName);
	wPlayerID[0] = random8();
	wPlayerID[1] = hRandomSub;
	wPlayerMoney[1] = 0x30;
	wPartySpecies[0] = 0xFF;
	wBagItems[0] = 0xFF;
	wNumBoxItems = 1;
	wBoxItems[0] = ITEM_POTION;
	wBoxItems[1] = 1;
	wBoxItems[2] = 0xFF;
	wBoxSpecies[0] = 0xFF;
	initial_toggles();
	wBagSavedMenuItem = 0;
	wSavedListScrollOffset = 0;
	wPartyAndBillsPCSavedMenuItem = 0;
	wBattleAndStartSavedMenuItem = 0;
	fill_bytes(wSpriteStateData1, 0, 256);
	fill_bytes(wSpriteStateData2, 0, 256);
}

static const char *const player_names[3] = { "ROBIN", "SAGE", "TAMSIN" };
static const char *const rival_names[3] = { "CORBIN", "HUGO", "VESPER" };

/* NEW NAME or one of three presets -> wStringBuffer. */
static void choose_name(uint8_t rival)
{
	uint8_t i, y = 4;
	const char *name;
	clear_screen();
	draw_box(0, 0, 9, 10);
	place_ascii(3, 0, INTRO_BANK, "NAME");
	place_ascii(2, 2, INTRO_BANK, "NEW NAME");
	for (i = 0; i != 3; i++) {
		name = player_names[i];
		if (rival) name = rival_names[i];
		place_ascii(2, y, INTRO_BANK, name);
		y += 2;
	}
	menu_box(1, 2, 3, J_A);
	handle_menu();
	i = wCurrentMenuItem;
	if (i == 0) {
		naming_screen(rival);
		clear_screen();
		return;
	}
	i--;
	name = player_names[i];
	if (rival) name = rival_names[i];
	ascii_name(INTRO_BANK, name);
	clear_screen();
}

static void scene(uint16_t txt)
{
	print_text(txt);
	clear_screen();
	delay_frames(10);
}

void new_game(void) __banked
{
	full_screen();
	first_values();
	wFontLoaded = FONT_LOADED;
	scene(TXT_INTRO_WELCOME);
	scene(TXT_INTRO_BEASTS);
	print_text(TXT_INTRO_NAME);
	choose_name(0);
	copy_name(wPlayerName);
	scene(TXT_INTRO_NAME_DONE);
	print_text(TXT_INTRO_RIVAL);
	choose_name(1);
	copy_name(wRivalName);
	scene(TXT_INTRO_RIVAL_DONE);
	print_text(TXT_INTRO_GO);
	delay_frames(80);
	wCurMap = FIRST_MAP;
	wXCoord = FIRST_X;
	wYCoord = FIRST_Y;
	wLastMap = 0;
	wLastBlackoutMap = 0;
	wDestinationWarpID = 0xFF;
	wPlayerDirection = DIR_DOWN;
	wPlayerLastStopDirection = DIR_DOWN;
	wSpritePlayerStateData1FacingDirection = FACE_DOWN;
}
