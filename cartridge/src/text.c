/* The text engine: real text streams (gen1 0.2, 2.7) printed letter by letter into the message box. */
#pragma bank 0x32
#include "text.h"
#include "sections.h"

static volatile uint8_t *dest;
static volatile uint8_t *line_start;
static uint8_t ended;                      /* 57 or 58 met: the whole text is over */

static void run_stream(uint8_t bank, const uint8_t *s);

static void letter_delay(void)
{
	uint8_t n = 1;
	if (wStatusFlags5 & STATUS5_NO_TEXT_DELAY) return;
	if (!(wLetterPrintingDelayFlags & 2)) return;
	if (wLetterPrintingDelayFlags & 1) n = wOptions & 0x0F;
	for (;;) {
		wait_vblank();
		joypad();
		if (hJoyHeld & (J_A | J_B)) return;
		if (n <= 1) return;
		n--;
	}
}

static void put(uint8_t c)
{
	uint16_t address;
	*dest = c;
	dest++;
	address = (uint16_t)dest;
	wTextDest[0] = address & 0xFF;
	wTextDest[1] = address >> 8;
	letter_delay();
}

static void put_ram(const volatile uint8_t *s)
{
	uint8_t i;
	for (i = 0; i != 18; i++) {
		if (*s == CHAR_END) return;
		put(*s);
		s++;
	}
}

static void put_ascii(const char *s)
{
	while (*s) {
		put(glyph(*s));
		s++;
	}
}

void buttons(uint8_t arrow)
{
	uint8_t blink = 0;
	volatile uint8_t *p = tile_at(18, 16);
	hJoy6 = 0;
	hJoy7 = 0;
	for (;;) {
		if (arrow) {
			if (blink & 16) *p = TILE_SPACE;
			else *p = TILE_ARROW;
			hDownArrowBlinkCount1 = blink;
			blink++;
		}
		wait_vblank();
		joypad_low_sensitivity();
		if (hJoy5 & (J_A | J_B)) break;
	}
	if (arrow) *p = TILE_SPACE;
}

void wait_button(void) __banked { buttons(0); }
void wait_button_arrow(void) __banked { buttons(1); }

void hold_text_open(void) __banked
{
	for (;;) {
		wait_vblank();
		joypad();
		if (!(hJoyHeld & J_A)) return;
	}
}

static void scroll_line(void)
{
	uint8_t i, y;
	volatile uint8_t *p;
	for (y = 14; y != 17; y++) {
		p = tile_at(1, y);
		for (i = 0; i != 18; i++) p[i - 20] = p[i];
	}
	p = tile_at(1, 16);
	for (i = 0; i != 18; i++) p[i] = TILE_SPACE;
	delay_frames(5);
}

static void scroll(void)
{
	scroll_line();
	scroll_line();
	dest = tile_at(1, 16);
	line_start = dest;
}

static void battle_name(uint8_t enemy)
{
	if (enemy) {
		put_ascii("Enemy ");
		put_ram(wEnemyMonNick);
	} else put_ram(wBattleMonNick);
}

static void control(uint8_t c)
{
	switch (c) {
	case 0x49: case 0x51:
		buttons(1);
		clear_area(1, 13, 18, 4);
		delay_frames(20);
		dest = tile_at(1, 14);
		line_start = dest;
		break;
	case 0x4B: case 0x55: buttons(1); scroll(); break;
	case 0x4C: scroll(); break;
	case 0x4E: line_start += 40; dest = line_start; break;
	case 0x4F: dest = tile_at(1, 16); line_start = dest; break;
	case 0x52: put_ram(wPlayerName); break;
	case 0x53: put_ram(wRivalName); break;
	case 0x54: put_ascii("BEAST"); break;
	case 0x56: put(0x75); put(0x75); break;
	case 0x59: battle_name(hWhoseTurn == 0); break;
	case 0x5A: battle_name(hWhoseTurn != 0); break;
	case 0x5B: put_ascii("PC"); break;
	case 0x5C: put_ascii("TM"); break;
	case 0x5D: put_ascii("TRAINER"); break;
	case 0x5E: put_ascii("GANG"); break;
	case 0x57: ended = 1; break;
	case 0x58: buttons(1); ended = 1; break;
	default: put(c); break;
	}
}

static uint8_t is_control(uint8_t c)
{
	if (c >= 0x49 && c <= 0x5E && c != 0x4A) return 1;
	return 0;
}

/* Literal text; returns the pointer behind its terminator. */
static const uint8_t *literal(uint8_t bank, const uint8_t *s)
{
	uint8_t c;
	line_start = dest;
	for (;;) {
		c = peek_bank(bank, s);
		s++;
		if (c == CHAR_END) return s;
		if (is_control(c)) control(c);
		else put(c);
		if (ended) return s;
	}
}

static void number(const volatile uint8_t *p, uint8_t format)
{
	static const uint16_t powers[5] = { 10000, 1000, 100, 10, 1 };
	uint8_t bytes = format >> 4;
	uint8_t i, d, seen = 0;
	uint16_t value = 0;
	uint16_t power;
	for (; bytes != 0; bytes--) {
		value = value << 8;
		value = value | *p;
		p++;
	}
	for (i = 0; i != 5; i++) {
		power = powers[i];
		d = 0;
		while (value >= power) {
			value = value - power;
			d++;
		}
		if (d != 0 || i == 4) seen = 1;
		if (seen) put(d + 0xF6);
	}
}

static void bcd(const volatile uint8_t *p, uint8_t format)
{
	uint8_t n = format & 0x1F;
	uint8_t d, half, seen = 0;
	if (!(format & 0x80)) seen = 1;
	if ((format & 0x20) && seen) put(0xF0);
	for (; n != 0; n--) {
		for (half = 0; half != 2; half++) {
			d = *p;
			if (half == 0) d = d >> 4;
			d = d & 0x0F;
			if (d != 0 || (n == 1 && half == 1)) {
				if (!seen && (format & 0x20)) put(0xF0);
				seen = 1;
			}
			if (seen) put(d + 0xF6);
			else if (!(format & 0x40)) put(TILE_SPACE);
		}
		p++;
	}
}

static void pause(void)
{
	uint8_t i;
	joypad();
	if (hJoyHeld & (J_A | J_B)) return;
	for (i = 0; i != 30; i++) wait_vblank();
}

static void run_stream(uint8_t bank, const uint8_t *s)
{
	uint8_t c, n, w;
	const uint8_t *p;
	for (;;) {
		if (ended) return;
		c = peek_bank(bank, s);
		s++;
		switch (c) {
		case 0x00: s = literal(bank, s); break;
		case 0x01:
			p = (const uint8_t *)peek_bank16(bank, s);
			s += 2;
			put_ram(p);
			break;
		case 0x02:
			p = (const uint8_t *)peek_bank16(bank, s);
			n = peek_bank(bank, s + 2);
			s += 3;
			bcd(p, n);
			break;
		case 0x03:
			dest = (volatile uint8_t *)peek_bank16(bank, s);
			s += 2;
			break;
		case 0x04:
			n = peek_bank(bank, s + 2);
			w = peek_bank(bank, s + 3);
			s += 4;
			draw_box(0, 12, w, n);
			break;
		case 0x05: dest = tile_at(1, 16); break;
		case 0x06: buttons(1); break;
		case 0x07: scroll(); break;
		case 0x09:
			p = (const uint8_t *)peek_bank16(bank, s);
			n = peek_bank(bank, s + 2);
			s += 3;
			number(p, n);
			break;
		case 0x0A: pause(); break;
		case 0x0C:
			n = peek_bank(bank, s);
			s++;
			for (; n != 0; n--) {
				put(0x75);
				delay_frames(10);
			}
			break;
		case 0x0D: buttons(0); break;
		case 0x17:
			p = (const uint8_t *)peek_bank16(bank, s);
			n = peek_bank(bank, s + 2);
			s += 3;
			run_stream(n, p);
			break;
		case 0x0B: case 0x0E: case 0x0F: case 0x10: case 0x11: case 0x12: case 0x13: case 0x14: break;
		default: return;           /* 50 or 08 */
		}
	}
}

void print_stream(uint8_t bank, const uint8_t *s)
{
	uint8_t flags = wLetterPrintingDelayFlags;
	wLetterPrintingDelayFlags = flags | 2;
	ended = 0;
	dest = tile_at(1, 14);
	run_stream(bank, s);
	wLetterPrintingDelayFlags = flags;
}

void print_text(uint16_t txt) __banked
{
	const uint8_t *entry = TextTable;
	uint8_t bank;
	const uint8_t *s;
	entry = entry + txt;
	entry = entry + txt;
	entry = entry + txt;
	bank = peek_bank(BANK_TextTable, entry);
	s = (const uint8_t *)peek_bank16(BANK_TextTable, entry + 1);
	message_box();
	hAutoBGTransferEnabled = 1;
	print_stream(bank, s);
}
