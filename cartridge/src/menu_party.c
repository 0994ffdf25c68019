/* The party screen, its submenu and the stats page (gen1 4.6). */
#pragma bank 0x32
#include "text.h"
#include "texts.h"

#define MON_SIZE 44
#define NAME_SIZE 11
#define MON_HP 0x01
#define MON_STATUS 0x04
#define MON_LEVEL 0x21
#define MON_MAX_HP 0x22
#define MON_STATS 0x24
#define PARTY_SWAP 4

static volatile uint8_t *party_mon(uint8_t slot)
{
	uint16_t offset = slot;
	offset = offset * MON_SIZE;
	return wPartyMons + offset;
}

static uint16_t word_at(volatile uint8_t *p)
{
	uint16_t value = p[0];
	value = value << 8;
	value = value | p[1];
	return value;
}

static volatile uint8_t *party_nick(uint8_t slot)
{
	uint16_t offset = slot;
	offset = offset * NAME_SIZE;
	return wPartyMonNicks + offset;
}

void full_screen_open(void)
{
	wUpdateSpritesEnabled = 0;
	fill_bytes(wShadowOAM, 0xA0, 160);
	clear_area(0, 0, 20, 18);
	hAutoBGTransferEnabled = 1;
	hWY = 0;
}

static void status_word(uint8_t x, uint8_t y, volatile uint8_t *mon)
{
	uint8_t status = mon[MON_STATUS];
	const char *word = "   ";
	if (word_at(mon + MON_HP) == 0) word = "FNT";
	else if (status & 0x07) word = "SLP";
	else if (status & 0x08) word = "PSN";
	else if (status & 0x10) word = "BRN";
	else if (status & 0x20) word = "FRZ";
	else if (status & 0x40) word = "PAR";
	place_ascii(x, y, MENU_BANK, word);
}

static void party_entries(void)
{
	uint8_t slot, y = 0;
	volatile uint8_t *mon;
	clear_area(0, 0, 20, 12);
	for (slot = 0; slot != wPartyCount; slot++) {
		mon = party_mon(slot);
		place_ram_string(3, y, party_nick(slot));
		place_ascii(14, y, MENU_BANK, "L");
		place_number(15, y, mon[MON_LEVEL], 2);
		y++;
		status_word(4, y, mon);
		place_ascii(9, y, MENU_BANK, "HP");
		place_number(12, y, word_at(mon + MON_HP), 3);
		place_ascii(15, y, MENU_BANK, "/");
		place_number(16, y, word_at(mon + MON_MAX_HP), 3);
		y++;
	}
}

static void quick_text(uint16_t txt)
{
	uint8_t flags = wStatusFlags5;
	wStatusFlags5 = flags | STATUS5_NO_TEXT_DELAY;
	print_text(txt);
	wStatusFlags5 = flags;
}

static uint8_t choose(uint8_t type)
{
	uint8_t keys;
	switch (type) {
	case 1: case 3: case 5: quick_text(TXT_PARTY_USE); break;
	case 2: quick_text(TXT_PARTY_BATTLE); break;
	case PARTY_SWAP: quick_text(TXT_PARTY_SWAP); break;
	default: quick_text(TXT_PARTY_CHOOSE); break;
	}
	wPartyMenuTypeOrMessageID = type;
	wTopMenuItemX = 0;
	wTopMenuItemY = 1;
	wMaxMenuItem = wPartyCount - 1;
	wMenuWatchedKeys = J_A | J_B;
	wMenuWatchMovingOutOfBounds = 0;
	wCurrentMenuItem = wPartyAndBillsPCSavedMenuItem;
	if (wCurrentMenuItem > wMaxMenuItem) wCurrentMenuItem = 0;
	wLastMenuItem = wCurrentMenuItem;
	hJoy7 = 0;
	for (;;) {
		wMenuWrappingEnabled = 1;
		keys = handle_menu();
		if (keys & J_A) break;
		if (wForcePlayerToChooseMon == 0) break;
	}
	wPartyAndBillsPCSavedMenuItem = wCurrentMenuItem;
	if (!(keys & J_A)) {
		wMenuExitMethod = 2;
		return 0xFF;
	}
	unfilled_cursor();
	wMenuExitMethod = 1;
	wWhichPokemon = wCurrentMenuItem;
	wCurPartySpecies = wPartySpecies[wCurrentMenuItem];
	return wWhichPokemon;
}

uint8_t party_menu(uint8_t type) __banked
{
	if (wPartyCount == 0) return 0xFF;
	full_screen_open();
	party_entries();
	return choose(type);
}

static const char *const stat_names[4] = { "ATTACK", "DEFENSE", "SPEED", "SPECIAL" };

static void stats_move(uint8_t x, uint8_t y, uint8_t move)
{
	if (move == 0) {
		place_ascii(x, y, MENU_BANK, "-");
		return;
	}
	move_name(move);
	place_ram_string(x, y, wStringBuffer);
}

/* The stats page of one party member; A or B leaves it. */
void stats_page(uint8_t slot) __banked
{
	uint8_t i, y;
	volatile uint8_t *mon = party_mon(slot);
	full_screen_open();
	place_ram_string(1, 0, party_nick(slot));
	place_ascii(14, 0, MENU_BANK, "L");
	place_number(15, 0, mon[MON_LEVEL], 3);
	place_ascii(1, 2, MENU_BANK, "HP");
	place_number(4, 2, word_at(mon + MON_HP), 3);
	place_ascii(7, 2, MENU_BANK, "/");
	place_number(8, 2, word_at(mon + MON_MAX_HP), 3);
	status_word(14, 2, mon);
	y = 4;
	for (i = 0; i != 4; i++) {
		place_ascii(1, y, MENU_BANK, stat_names[i]);
		place_number(10, y, word_at(mon + (MON_STATS + i + i)), 3);
		y++;
	}
	y = 9;
	for (i = 0; i != 4; i++) {
		stats_move(1, y, mon[8 + i]);
		place_ascii(13, y + 1, MENU_BANK, "PP");
		place_number(16, y + 1, mon[0x1D + i] & 0x3F, 2);
		y += 2;
	}
	wait_button();
}

static void swap_bytes(volatile uint8_t *a, volatile uint8_t *b, uint8_t n)
{
	uint8_t t;
	for (; n != 0; n--) {
		t = *a;
		*a = *b;
		*b = t;
		a++;
		b++;
	}
}

static void swap_mons(uint8_t a, uint8_t b)
{
	uint16_t x = a, y = b;
	if (a == b) return;
	x = x * NAME_SIZE;
	y = y * NAME_SIZE;
	swap_bytes(party_mon(a), party_mon(b), MON_SIZE);
	swap_bytes(party_nick(a), party_nick(b), NAME_SIZE);
	swap_bytes(wPartyMonOT + x, wPartyMonOT + y, NAME_SIZE);
	swap_bytes(wPartySpecies + a, wPartySpecies + b, 1);
}

static uint8_t submenu(void)
{
	wTextBoxID = 4;
	draw_box(11, 11, 7, 5);
	place_ascii(13, 12, MENU_BANK, "STATS\nSWITCH\nCANCEL");
	wTopMenuItemX = 12;
	wTopMenuItemY = 12;
	wMaxMenuItem = 2;
	wMenuWatchedKeys = J_A | J_B;
	wCurrentMenuItem = 0;
	wLastMenuItem = 0;
	if (handle_menu() & J_B) return 2;
	return wCurrentMenuItem;
}

/* The party entry of the start menu; returns when B leaves the party screen. */
void party_screen(void) __banked
{
	uint8_t slot, other, choice;
	for (;;) {
		slot = party_menu(0);
		if (slot == 0xFF) return;
		choice = submenu();
		if (choice == 0) stats_page(slot);
		if (choice != 1) continue;
		wMenuItemToSwap = slot + 1;
		party_entries();
		place_ascii(0, slot + slot + 1, MENU_BANK, "-");
		other = choose(PARTY_SWAP);
		wMenuItemToSwap = 0;
		if (other != 0xFF) swap_mons(slot, other);
	}
}
