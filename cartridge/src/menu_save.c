/* Saving to SRAM bank 1 in the real layout (gen1 1.8) and reading it back. */
#pragma bank 0x32
#include "text.h"
#include "texts.h"

#define SAVE_START 0xA598
#define SAVE_NAME 0xA598
#define SAVE_MAIN 0xA5A3
#define SAVE_SPRITES 0xAD2C
#define SAVE_PARTY 0xAF2C
#define SAVE_BOX 0xB0C0
#define SAVE_TILE_ANIMATIONS 0xB522
#define SAVE_CHECKSUM 0xB523
#define MAIN_START 0xD2F7
#define MAIN_SIZE 0x0789
#define SPRITE_START 0xC100
#define SPRITE_SIZE 0x0200
#define PARTY_START 0xD163
#define PARTY_SIZE 0x0194
#define BOX_START 0xDA80
#define BOX_SIZE 0x0462

/* SRAM bank 1 while on; it is enabled since power-on and otherwise at bank 0. */
static void sram(uint8_t on)
{
	volatile uint8_t *bank = (volatile uint8_t *)0x4100;
	*bank = on;
}

static void copy(uint16_t from, uint16_t to, uint16_t n)
{
	volatile uint8_t *p = (volatile uint8_t *)from;
	volatile uint8_t *q = (volatile uint8_t *)to;
	for (; n != 0; n--) {
		*q = *p;
		p++;
		q++;
	}
}

static uint8_t checksum(void)
{
	volatile uint8_t *p = (volatile uint8_t *)SAVE_START;
	uint16_t n;
	uint8_t sum = 0;
	for (n = SAVE_CHECKSUM - SAVE_START; n != 0; n--) {
		sum = sum + *p;
		p++;
	}
	sum = ~sum;
	return sum;
}

uint8_t save_valid(void) __banked
{
	volatile uint8_t *stored = (volatile uint8_t *)SAVE_CHECKSUM;
	volatile uint8_t *first = (volatile uint8_t *)SAVE_NAME;
	uint8_t valid = 0;
	sram(1);
	if (*stored == checksum()) {
		if (*first != 0 && *first != 0xFF) valid = 1;
	}
	sram(0);
	return valid;
}

static void write_save(void)
{
	volatile uint8_t *animations = (volatile uint8_t *)SAVE_TILE_ANIMATIONS;
	volatile uint8_t *stored = (volatile uint8_t *)SAVE_CHECKSUM;
	sram(1);
	copy((uint16_t)wPlayerName, SAVE_NAME, 11);
	copy(MAIN_START, SAVE_MAIN, MAIN_SIZE);
	copy(SPRITE_START, SAVE_SPRITES, SPRITE_SIZE);
	copy(PARTY_START, SAVE_PARTY, PARTY_SIZE);
	copy(BOX_START, SAVE_BOX, BOX_SIZE);
	*animations = hTileAnimations;
	*stored = checksum();
	sram(0);
}

void save_load(void) __banked
{
	volatile uint8_t *animations = (volatile uint8_t *)SAVE_TILE_ANIMATIONS;
	sram(1);
	copy(SAVE_NAME, (uint16_t)wPlayerName, 11);
	copy(SAVE_MAIN, MAIN_START, MAIN_SIZE);
	copy(SAVE_SPRITES, SPRITE_START, SPRITE_SIZE);
	copy(SAVE_PARTY, PARTY_START, PARTY_SIZE);
	copy(SAVE_BOX, BOX_START, BOX_SIZE);
	hTileAnimations = *animations;
	sram(0);
}

void save_menu(void)
{
	load_map_view();
	draw_box(4, 0, 14, 3);
	place_ascii(5, 2, MENU_BANK, "PLAYER");
	place_ram_string(12, 2, wPlayerName);
	refresh_sprites();
	print_text(TXT_SAVE_ASK);
	if (two_option_menu(0, 0, 7) != 1) return;
	if (save_valid()) {
		print_text(TXT_SAVE_OVERWRITE);
		if (two_option_menu(0, 0, 7) != 1) return;
	}
	print_text(TXT_SAVE_NOW);
	delay_frames(120);
	write_save();
	wSaveFileStatus = 2;
	print_text(TXT_SAVE_DONE);
	wait_button();
}
