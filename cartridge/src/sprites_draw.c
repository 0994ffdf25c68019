/* Where sprites lie on the screen, what covers them, and the OAM buffer (gen1 1.3). */
#pragma bank 0x31
#include "overworld.h"

extern uint8_t sprite_tiles[16];
extern uint8_t sprite_walks[16];
extern uint8_t sprite_still[16];

/* pixels from map squares, the player's half-done step and the sprite's own */
void place_pixels(uint8_t slot)
{
	uint8_t y = SPRITE2(slot, 4) - wYCoord;
	uint8_t x = SPRITE2(slot, 5) - wXCoord;
	uint8_t done = 8 - wWalkCounter;
	uint8_t left = SPRITE2(slot, 0);
	y = y << 4;
	x = x << 4;
	y -= 4;
	if (wWalkCounter) {
		done = done << 1;
		if (step_dx > 0)
			x -= done;
		else if (step_dx < 0)
			x += done;
		if (step_dy > 0)
			y -= done;
		else if (step_dy < 0)
			y += done;
	}
	if (left) {
		switch (SPRITE1(slot, 9)) {
		case FACE_DOWN: y -= left; break;
		case FACE_UP: y += left; break;
		case FACE_LEFT: x += left; break;
		default: x -= left; break;
		}
	}
	SPRITE1(slot, 4) = y;
	SPRITE1(slot, 6) = x;
	SPRITE1(slot, 0x0A) = y;
	SPRITE1(slot, 0x0B) = x;
}

/* a text box covers one of its tiles */
uint8_t covered(uint8_t slot)
{
	uint8_t row = SPRITE1(slot, 4) + 4;
	uint8_t column = SPRITE1(slot, 6) >> 3;
	uint16_t at;
	row = row >> 3;
	if (row > 16 || column > 18)
		return 0;
	at = (uint16_t)row * 20;
	at += column;
	if (wTileMap[at] >= 0x60 || wTileMap[at + 1] >= 0x60)
		return 1;
	at += 20;
	return wTileMap[at] >= 0x60 || wTileMap[at + 1] >= 0x60;
}

static volatile uint8_t *oam;

static void put_object(uint8_t x, uint8_t y, uint8_t tile, uint8_t attributes)
{
	volatile uint8_t *to = oam;
	*to++ = y;
	*to++ = x;
	*to++ = tile;
	*to++ = attributes;
	oam = to;
}

static void put_sprite(uint8_t slot)
{
	uint8_t facing = SPRITE1(slot, 9);
	uint8_t frame = SPRITE1(slot, 8);
	uint8_t tile = sprite_tiles[slot];
	uint8_t mirror = 0;
	uint8_t grass = SPRITE2(slot, 7);
	uint8_t x = SPRITE1(slot, 6) + 8;
	uint8_t y = SPRITE1(slot, 4) + 16;
	uint8_t left;
	if (!sprite_still[slot]) {
		if (facing == FACE_RIGHT) {
			mirror = 0x20;
			tile += 8;
		} else {
			tile += facing;
		}
		if (frame & 1) {
			if (sprite_walks[slot])
				tile += 12;
			if (frame == 3 && facing < FACE_LEFT)
				mirror = 0x20;
		}
	}
	left = mirror != 0;
	put_object(x, y, tile + left, mirror);
	put_object(x + 8, y, tile + 1 - left, mirror);
	mirror |= grass;
	put_object(x, y + 8, tile + 2 + left, mirror);
	put_object(x + 8, y + 8, tile + 3 - left, mirror);
}

void prepare_oam(void)
{
	uint8_t slot;
	uint8_t used = 0;
	volatile uint8_t *end;
	oam = wShadowOAM;
	for (slot = 0; slot <= wNumSprites; slot++) {
		if (SPRITE1(slot, 2) != 0xFF && used != 40) {
			put_sprite(slot);
			used += 4;
		}
	}
	end = oam;
	while (used < 40) {
		*end = 0;
		end += 4;
		used++;
	}
}
