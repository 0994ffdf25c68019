/* Boxes, strings and numbers in wTileMap (gen1 4.1). */
#pragma bank 0x32
#include "text.h"

#define saved_tiles wTileMapBackup2
static uint8_t saved_x, saved_y, saved_w, saved_h;

volatile uint8_t *tile_at(uint8_t x, uint8_t y)
{
	uint16_t n = y;
	n = n * 20;
	n = n + x;
	return wTileMap + n;
}

uint8_t glyph(uint8_t c)
{
	if (c >= 'A' && c <= 'Z') return c + 0x3F;
	if (c >= 'a' && c <= 'z') return c + 0x3F;
	if (c >= '0' && c <= '9') return c + 0xC6;
	switch (c) {
	case '\'': return 0xE0;
	case '-': return 0xE3;
	case '?': return 0xE6;
	case '!': return 0xE7;
	case '.': return 0xE8;
	case '*': return TILE_TIMES;
	case '$': return 0xF0;
	case '/': return 0xF3;
	case ',': return 0xF4;
	case '(': return 0x9A;
	case ')': return 0x9B;
	case ':': return 0x9C;
	case ';': return 0x9D;
	case '[': return 0x9E;
	case ']': return 0x9F;
	case '{': return 0xE1;
	case '}': return 0xE2;
	case '<': return 0xEF;
	case '>': return 0xF5;
	default: return TILE_SPACE;
	}
}

void clear_area(uint8_t x, uint8_t y, uint8_t w, uint8_t h)
{
	uint8_t i;
	volatile uint8_t *p = tile_at(x, y);
	for (; h != 0; h--) {
		for (i = 0; i != w; i++) p[i] = TILE_SPACE;
		p += 20;
	}
}

void save_area(uint8_t x, uint8_t y, uint8_t w, uint8_t h)
{
	uint8_t i;
	volatile uint8_t *p = tile_at(x, y);
	volatile uint8_t *q = saved_tiles;
	saved_x = x; saved_y = y; saved_w = w; saved_h = h;
	for (; h != 0; h--) {
		for (i = 0; i != w; i++) *q++ = p[i];
		p += 20;
	}
}

void restore_area(void)
{
	uint8_t i, h;
	volatile uint8_t *p = tile_at(saved_x, saved_y);
	volatile uint8_t *q = saved_tiles;
	for (h = saved_h; h != 0; h--) {
		for (i = 0; i != saved_w; i++) p[i] = *q++;
		p += 20;
	}
}

void draw_box(uint8_t x, uint8_t y, uint8_t inner_w, uint8_t inner_h) __banked
{
	uint8_t i;
	volatile uint8_t *p = tile_at(x, y);
	*p++ = 0x79;
	for (i = 0; i != inner_w; i++) *p++ = 0x7A;
	*p = 0x7B;
	y++;
	for (; inner_h != 0; inner_h--) {
		p = tile_at(x, y);
		*p++ = 0x7C;
		for (i = 0; i != inner_w; i++) *p++ = TILE_SPACE;
		*p = 0x7C;
		y++;
	}
	p = tile_at(x, y);
	*p++ = 0x7D;
	for (i = 0; i != inner_w; i++) *p++ = 0x7A;
	*p = 0x7E;
}

void message_box(void) __banked
{
	wTextBoxID = BOX_MESSAGE;
	draw_box(0, 12, 18, 4);
}

void place_string(uint8_t x, uint8_t y, uint8_t bank, const uint8_t *s) __banked
{
	uint8_t c;
	volatile uint8_t *p = tile_at(x, y);
	for (;;) {
		c = peek_bank(bank, s);
		s++;
		if (c == CHAR_END) return;
		if (c == 0x4E) {
			y += 2;
			p = tile_at(x, y);
		} else {
			*p = c;
			p++;
		}
	}
}

void place_ram_string(uint8_t x, uint8_t y, const volatile uint8_t *s) __banked
{
	volatile uint8_t *p = tile_at(x, y);
	uint8_t i;
	for (i = 0; i != 18; i++) {
		if (*s == CHAR_END) return;
		*p = *s;
		p++;
		s++;
	}
}

void place_ascii(uint8_t x, uint8_t y, uint8_t bank, const char *s) __banked
{
	uint8_t c;
	volatile uint8_t *p = tile_at(x, y);
	for (;;) {
		c = peek_bank(bank, s);
		s++;
		if (c == 0) return;
		if (c == '\n') {
			y += 2;
			p = tile_at(x, y);
		} else {
			*p = glyph(c);
			p++;
		}
	}
}

void ascii_name(uint8_t bank, const char *s) __banked
{
	uint8_t c, i;
	for (i = 0; i != 11; i++) wStringBuffer[i] = CHAR_END;
	for (i = 0; i != 10; i++) {
		c = peek_bank(bank, s);
		s++;
		if (c == 0) return;
		wStringBuffer[i] = glyph(c);
	}
}

static const uint16_t powers[5] = { 10000, 1000, 100, 10, 1 };

void place_number(uint8_t x, uint8_t y, uint16_t value, uint8_t digits) __banked
{
	uint8_t i, d, seen = 0;
	uint16_t power;
	volatile uint8_t *p = tile_at(x, y);
	for (i = 5 - digits; i != 5; i++) {
		power = powers[i];
		d = 0;
		while (value >= power) {
			value = value - power;
			d++;
		}
		if (d != 0 || i == 4) seen = 1;
		if (seen) *p = d + 0xF6;
		else *p = TILE_SPACE;
		p++;
	}
}
