/* What scripts do with sprites: hide, show, face, walk, place; simulated joypad of the player (gen1 1.3, 1.1). */
#pragma bank 0x31
#include "overworld.h"

void toggle_hide(uint8_t index) __banked
{
	uint8_t at = index >> 3;
	wToggleableObjectFlags[at] |= bit_mask(index);
	sprites_changed();
	update_sprites();
}

void toggle_show(uint8_t index) __banked
{
	uint8_t at = index >> 3;
	uint8_t mask = bit_mask(index);
	mask = mask ^ 0xFF;
	wToggleableObjectFlags[at] &= mask;
	sprites_changed();
	update_sprites();
}

void sprite_face(uint8_t slot, uint8_t facing) __banked
{
	SPRITE1(slot, 9) = facing;
	if (slot)
		SPRITE2(slot, 8) = 0x7F;
	if (slot && SPRITE1(slot, 1) != 3)
		SPRITE1(slot, 1) = 2;
	sprites_changed();
	update_sprites();
}

void sprite_walk(uint8_t slot, const uint8_t *path) __banked
{
	while (SPRITE2(slot, 0) && SPRITE1(slot, 1) == 3)
		overworld_iteration(1);
	scripted_path = path;
	scripted_slot = slot;
	wStatusFlags5 |= 0x01;
	while (scripted_slot)
		overworld_iteration(1);
	wStatusFlags5 &= 0xFE;
}

void sprite_set_position(uint8_t slot, uint8_t x, uint8_t y) __banked
{
	SPRITE2(slot, 4) = y + 4;
	SPRITE2(slot, 5) = x + 4;
	SPRITE2(slot, 0) = 0;
	SPRITE2(slot, 2) = 8;
	SPRITE2(slot, 3) = 8;
	SPRITE1(slot, 1) = 1;
	sprites_changed();
	update_sprites();
}

void player_simulate(const uint8_t *path) __banked
{
	uint8_t n = 0;
	uint8_t i;
	uint8_t at;
	while (path[n] != 0xFF && n != 40)
		n++;
	at = n;
	for (i = 0; i != n; i++) {
		at--;
		wSimulatedJoypadStatesEnd[at] = path[i];
	}
	wSimulatedJoypadStatesIndex = n;
	wStatusFlags5 |= 0x80;
}

uint8_t sprite_at(uint8_t x, uint8_t y) __banked
{
	uint8_t slot;
	uint8_t map_x = x + 4;
	uint8_t map_y = y + 4;
	for (slot = 1; slot <= wNumSprites; slot++) {
		if (SPRITE1(slot, 2) != 0xFF && !SPRITE2(slot, 0) && SPRITE2(slot, 5) == map_x && SPRITE2(slot, 4) == map_y)
			return slot;
	}
	return 0;
}
