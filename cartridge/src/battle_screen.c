#pragma bank 0x36
/* The battle screen: pictures made of shape tiles, name plates, HP bars (gen1 1.5 tiles, 4.4). */
#include "battle.h"
#include "text.h"
#include "sections.h"

#define TILE_HP 0x71
#define TILE_BAR_LEFT 0x62
#define TILE_BAR 0x63
#define TILE_BAR_RIGHT 0x6C
#define PIC_SIZE 7
#define SHAPES 0x50
#define BEAST_SIZE 5
#define BEAST_BYTES 400
#define BEAST_TILES_ENEMY 0x00
#define BEAST_TILES_PLAYER 0x20
#define DRAWN_BEASTS 20

static uint8_t shown;                  /* bit 0: the player's side has a picture and a plate, bit 1: the enemy's */
static uint8_t drawn;                  /* the same bits: this picture comes from BeastPictures */
static uint8_t figure[49];

/* shape tiles: body, four rounded corners, eye, belly, feet; two bits a pixel, rows as plane pairs */
static const uint8_t shapes[8][8] = {
	{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF},
	{0x07, 0x1F, 0x3F, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF},
	{0xE0, 0xF8, 0xFC, 0xFE, 0xFE, 0xFF, 0xFF, 0xFF},
	{0xFF, 0xFF, 0xFF, 0x7F, 0x7F, 0x3F, 0x1F, 0x07},
	{0xFF, 0xFF, 0xFF, 0xFE, 0xFE, 0xFC, 0xF8, 0xE0},
	{0xFF, 0xC3, 0x99, 0x9D, 0x99, 0xC3, 0xFF, 0xFF},
	{0xAA, 0x55, 0xAA, 0x55, 0xAA, 0x55, 0xAA, 0x55},
	{0xFF, 0xFF, 0xE7, 0xC3, 0xC3, 0xC3, 0xE7, 0xFF},
};
/* tiles with one grey: shape tiles are light, the eye is dark */
static void put_tile(uint8_t tile, const uint8_t *rows, uint8_t dark)
{
	uint16_t address = tile;
	volatile uint8_t *d;
	uint8_t i;
	address <<= 4;
	address += 0x9000;
	d = (volatile uint8_t *)address;
	for (i = 0; i != 8; i++) {
		*d = 0;
		if (dark)
			*d = rows[i];
		d++;
		*d++ = rows[i];
	}
}

void battle_gfx(void) __banked
{
	uint8_t i;
	lcd_off();
	for (i = 0; i != 8; i++)
		put_tile(SHAPES + i, shapes[i], i == 5);
	lcd_on();
}

void battle_transition(void) __banked
{
	uint8_t i;
	for (i = 0; i != 3; i++) {
		rBGP = 0x1B;
		delay_frames(3);
		rBGP = 0xE4;
		delay_frames(3);
	}
	wUpdateSpritesEnabled = 0;
	fill_bytes(wShadowOAM, 0xA0, 160);
	fill_bytes(wTileMap, TILE_SPACE, 360);
	shown = 0;
	hAutoBGTransferEnabled = 1;
	hWY = 0;
	delay_frames(4);
	battle_gfx();
}

static uint16_t get_little(const uint8_t *p)
{
	uint16_t value = p[1];
	value <<= 8;
	value |= p[0];
	return value;
}

static ram at(uint8_t x, uint8_t y)
{
	uint16_t offset = y;
	offset *= 20;
	offset += x;
	return wTileMap + offset;
}

static void clear(uint8_t x, uint8_t y, uint8_t w, uint8_t h)
{
	uint8_t i;
	ram p;
	for (; h; h--) {
		p = at(x, y);
		for (i = w; i; i--)
			*p++ = TILE_SPACE;
		y++;
	}
}

static uint8_t filled(uint8_t x, uint8_t y)
{
	uint8_t i;
	if (x >= PIC_SIZE || y >= PIC_SIZE)
		return 0;
	i = y * PIC_SIZE;
	i += x;
	return figure[i];
}

/* a mirrored figure grown from the species number; every species has its own */
static void grow(uint8_t seed)
{
	uint8_t x, y, i, mirrored, h = seed;
	for (i = 0; i != 49; i++)
		figure[i] = 0;
	for (y = 0; y != PIC_SIZE; y++) {
		i = h;
		i += i;
		i += i;
		h += i;
		h += 29;
		h ^= seed;
		for (x = 0; x != 4; x++) {
			i = h >> x;
			mirrored = 0;
			if (i & 1)
				mirrored = 1;
			if (x > 1 && y > 0)
				mirrored = 1;
			if (x == 0 && y < 3)
				mirrored = 0;
			i = y * PIC_SIZE;
			figure[i + x] = mirrored;
			figure[i + 6 - x] = mirrored;
		}
	}
}

static uint8_t shape_of(uint8_t x, uint8_t y, uint8_t back)
{
	uint8_t up, down, left, right;
	if (!filled(x, y))
		return TILE_SPACE;
	if (!back && y == 2 && (x == 2 || x == 4))
		return SHAPES + 5;
	up = filled(x, y - 1);
	down = filled(x, y + 1);
	left = filled(x - 1, y);
	right = filled(x + 1, y);
	if (!up && !left) return SHAPES + 1;
	if (!up && !right) return SHAPES + 2;
	if (!down && !left) return SHAPES + 3;
	if (!down && !right) return SHAPES + 4;
	if (y > 2 && x > 1 && x < 5)
		return SHAPES + 6;
	return SHAPES;
}

static void draw_figure(uint8_t left, uint8_t top, uint8_t seed, uint8_t back)
{
	uint8_t x, y;
	ram p;
	grow(seed);
	for (y = 0; y != PIC_SIZE; y++) {
		p = at(left, top + y);
		for (x = 0; x != PIC_SIZE; x++)
			*p++ = shape_of(x, y, back);
	}
}

/* a drawn picture -> VRAM; 0: this species has none */
static uint8_t load_beast(uint8_t side, uint8_t species)
{
	uint8_t dex, entry[3], index = species - 1;
	const uint8_t *from = BeastPictures;
	uint16_t address = 0x9000;
	dex = peek_bank(BANK_PokedexOrder, PokedexOrder + index);
	if (dex > DRAWN_BEASTS)
		return 0;
	for (; dex != 1; dex--)
		from += 6;
	if (side == 0) {
		from += 3;
		address += BEAST_TILES_PLAYER * 16;
	}
	copy_bank(BANK_BeastPictures, from, entry, 3);
	if (entry[0] == 0)
		return 0;
	from = (const uint8_t *)get_little(entry + 1);
	lcd_off();
	copy_bank(entry[0], from, (void *)address, BEAST_BYTES);
	lcd_on();
	return 1;
}

static void draw_beast(uint8_t left, uint8_t top, uint8_t tile)
{
	uint8_t x, y;
	ram p;
	for (y = 0; y != BEAST_SIZE; y++) {
		p = at(left, top + y);
		for (x = 0; x != BEAST_SIZE; x++) {
			*p++ = tile;
			tile++;
		}
	}
}

static void draw_pic(uint8_t side)
{
	if (side) {
		if (drawn & 2)
			draw_beast(13, 1, BEAST_TILES_ENEMY);
		else
			draw_figure(12, 0, wEnemyMon[0], 0);
	} else {
		if (drawn & 1)
			draw_beast(2, 7, BEAST_TILES_PLAYER);
		else
			draw_figure(1, 5, wBattleMon[0], 1);
	}
}

void pic_show(uint8_t side) __banked
{
	uint8_t bit = 1;
	ram mon = side_mon(side);
	if (side)
		bit = 2;
	shown |= bit;
	drawn &= ~bit;
	if (load_beast(side, mon[0]))
		drawn |= bit;
	draw_pic(side);
}

static uint8_t bar_pixels(uint16_t hp, uint16_t max)
{
	uint16_t px = hp;
	px *= 48;
	px /= max;
	if (px == 0 && hp)
		px = 1;
	return (uint8_t)px;
}

static uint8_t bar_color(uint8_t px)
{
	if (px >= 27) return 0;
	if (px >= 10) return 1;
	return 2;
}

static void bar(uint8_t x, uint8_t y, uint8_t px)
{
	ram p = at(x, y);
	uint8_t i, tile;
	*p++ = TILE_HP;
	*p++ = TILE_BAR_LEFT;
	for (i = 0; i != 6; i++) {
		tile = px;
		if (tile > 8)
			tile = 8;
		px -= tile;
		*p++ = TILE_BAR + tile;
	}
	*p = TILE_BAR_RIGHT;
}

static const char *status_word(uint8_t status)
{
	if (status & SLP_MASK) return "SLP";
	if (status & PSN) return "PSN";
	if (status & BRN) return "BRN";
	if (status & FRZ) return "FRZ";
	return "PAR";
}

static void level_or_status(uint8_t x, uint8_t y, ram mon)
{
	ram p = at(x, y);
	uint8_t level;
	if (mon[BM_STATUS]) {
		place_ascii(x, y, 0x36, status_word(mon[BM_STATUS]));
		return;
	}
	p[0] = TILE_LEVEL;
	p[1] = TILE_SPACE;
	p[2] = TILE_SPACE;
	level = mon[BM_LEVEL];
	if (level > 99)
		place_number(x, y, level, 3);
	else if (level > 9)
		place_number(x + 1, y, level, 2);
	else
		place_number(x + 1, y, level, 1);
}

static void bar_of(uint8_t side, uint16_t hp)
{
	ram mon = side_mon(side);
	uint8_t px = bar_pixels(hp, get16(mon + BM_MAXHP)), color = bar_color(px);
	if (side) {
		wEnemyHPBarColor = color;
		bar(2, 2, px);
	} else {
		wPlayerHPBarColor = color;
		wLowHealthAlarm = 0;
		if (color == 2 && hp)
			wLowHealthAlarm = 0x80;
		bar(10, 9, px);
		place_number(11, 10, hp, 3);
	}
}

void hud_player(void) __banked
{
	if ((shown & 1) == 0)
		return;
	clear(9, 7, 11, 4);
	place_ram_string(10, 7, wBattleMonNick);
	level_or_status(14, 8, wBattleMon);
	bar_of(0, get16(wBattleMon + BM_HP));
	*at(14, 10) = 0xF3;
	place_number(15, 10, get16(wBattleMon + BM_MAXHP), 3);
}

void hud_enemy(void) __banked
{
	if ((shown & 2) == 0)
		return;
	clear(0, 0, 12, 3);
	place_ram_string(1, 0, wEnemyMonNick);
	level_or_status(4, 1, wEnemyMon);
	bar_of(1, get16(wEnemyMon + BM_HP));
}

void hud_hide(uint8_t side) __banked
{
	if (side) {
		shown &= 1;
		clear(0, 0, 20, 4);
		clear(12, 0, 8, 7);
	} else {
		shown &= 2;
		clear(9, 7, 11, 5);
		clear(1, 5, 7, 7);
	}
}

void hp_slide(uint8_t side, uint16_t from) __banked
{
	ram mon = side_mon(side);
	uint16_t hp = get16(mon + BM_HP), max = get16(mon + BM_MAXHP);
	uint8_t px = bar_pixels(from, max), to = bar_pixels(hp, max);
	while (px != to) {
		if (px < to)
			px++;
		else
			px--;
		if (side)
			bar(2, 2, px);
		else
			bar(10, 9, px);
		wait_vblank();
	}
	bar_of(side, hp);
	delay_frames(4);
}

void battle_screen(void) __banked
{
	fill_bytes(wTileMap, TILE_SPACE, 360);
	draw_box(0, 12, 18, 4);
	if (shown & 2) {
		draw_pic(1);
		hud_enemy();
	}
	if (shown & 1) {
		draw_pic(0);
		hud_player();
	}
}

void trainer_show(void) __banked
{
	shown &= 1;
	draw_figure(12, 0, wTrainerClass + 200, 0);
}

void message(uint16_t text) __banked
{
	print_text(text);
	delay_frames(20);
}

void wait_arrow(void) __banked
{
	wait_button_arrow();
}
