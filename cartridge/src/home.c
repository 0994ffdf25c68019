/* Home bank: always mapped. Start-up, joypad, event flags. */
#include "cart.h"
#include "overworld.h"

void main(void)
{
	rBGP = 0xE4;
	rOBP0 = 0xD0;
	rOBP1 = 0xE0;
	rWX = 7;
	rIF = 0;
	rIE = 1;
	load_font();
	lcd_on();
	__asm
	ei
	__endasm;
	for (;;) {
		title_screen();
		main_menu();
		overworld_loop();
	}
}

void overworld_loop(void)
{
	start_overworld();
	for (;;)
		overworld_iteration(0);
}

void delay_frames(uint8_t n)
{
	while (n) {
		wait_vblank();
		n--;
	}
}

void lcd_off(void)
{
	uint8_t on = rLCDC & 0x80;
	if (on) {
		wait_vblank();
		rLCDC = 0x63;
	}
}

void lcd_on(void)
{
	rLCDC = 0xE3;
}

void joypad(void)
{
	uint8_t now = hJoyInput;
	uint8_t before = hJoyLast;
	uint8_t changed = now ^ before;
	uint8_t mask;
	hJoyLast = now;
	if (wStatusFlags5 & 0x20) {
		hJoyHeld = 0;
		hJoyPressed = 0;
		hJoyReleased = 0;
		return;
	}
	hJoyReleased = changed & before;
	mask = wJoyIgnore;
	mask = mask ^ 0xFF;
	hJoyPressed = changed & now & mask;
	hJoyHeld = now & mask;
}

void joypad_low_sensitivity(void)
{
	uint8_t keys;
	joypad();
	if (hJoy7)
		keys = hJoyHeld;
	else
		keys = hJoyPressed;
	hJoy5 = keys;
	if (hJoyPressed) {
		hFrameCounter = 30;
		return;
	}
	if (hFrameCounter) {
		hJoy5 = 0;
		return;
	}
	keys = hJoyHeld & (J_A | J_B);
	if (keys && !hJoy6)
		hJoy5 = 0;
	hFrameCounter = 5;
}

static const uint8_t bit_masks[8] = {1, 2, 4, 8, 16, 32, 64, 128};

uint8_t bit_mask(uint8_t n)
{
	uint8_t index = n & 7;
	return bit_masks[index];
}

uint8_t flag_get(uint16_t event_bit)
{
	uint16_t index = event_bit >> 3;
	uint8_t low = (uint8_t)event_bit;
	uint8_t mask = bit_mask(low);
	uint8_t value = wEventFlags[index];
	value = value & mask;
	if (value)
		return 1;
	return 0;
}

void flag_set(uint16_t event_bit)
{
	uint16_t index = event_bit >> 3;
	uint8_t low = (uint8_t)event_bit;
	wEventFlags[index] |= bit_mask(low);
}

void flag_reset(uint16_t event_bit)
{
	uint16_t index = event_bit >> 3;
	uint8_t low = (uint8_t)event_bit;
	uint8_t mask = bit_mask(low);
	mask = mask ^ 0xFF;
	wEventFlags[index] &= mask;
}

uint8_t in_list(const uint8_t *list, uint8_t value)
{
	uint8_t entry;
	for (;;) {
		entry = *list;
		if (entry == 0xFF)
			return 0;
		if (entry == value)
			return 1;
		list++;
	}
}
