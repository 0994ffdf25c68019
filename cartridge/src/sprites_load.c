/* Map objects into the sprite tables, their pictures into VRAM, toggles (gen1 1.3, 2.1, 2.5). */
#pragma bank 0x31
#include "overworld.h"
#include "sections.h"

#define VRAM_TILES 128
#define FIRST_STILL_PICTURE 0x3D

uint8_t sprite_tiles[16];       /* slot -> first OBJ tile */
uint8_t sprite_walks[16];       /* slot -> has the tiles of the step */
uint8_t sprite_still[16];       /* slot -> one picture for all facings */
uint8_t sprite_hidden[16];      /* slot -> toggled off */
uint8_t sprite_fixed[16];       /* slot -> neither walks nor turns by itself */

void load_font(void) __banked
{
	copy_bank(BANK_FontTiles, FontTiles, (void *)0x8800, 0x800);
	copy_bank(BANK_BoxTiles, BoxTiles, (void *)0x9600, 0x200);
}

static void read_toggles(void)
{
	uint8_t entry[3];
	uint8_t map = wCurMap;
	uint16_t index;
	const uint8_t *at = ToggleableObjectMapPointers;
	volatile uint8_t *to = wToggleableObjectList;
	at += map;
	at += map;
	at = (const uint8_t *)peek_bank16(BANK_ToggleableObjectMapPointers, at);
	index = (uint16_t)at - (uint16_t)ToggleableObjectStates;
	index = index / 3;
	for (;;) {
		copy_bank(BANK_ToggleableObjectStates, at, entry, 3);
		if (entry[0] != map)
			break;
		to[0] = entry[1];
		to[1] = (uint8_t)index;
		to += 2;
		index++;
		at += 3;
	}
	to[0] = 0xFF;
	refresh_hidden();
}

/* sprite_hidden from the toggle flags of the map's objects */
void refresh_hidden(void)
{
	const volatile uint8_t *at = wToggleableObjectList;
	uint8_t index;
	uint8_t mask;
	uint8_t slot;
	fill_bytes(sprite_hidden, 0, 16);
	while (at[0] != 0xFF) {
		slot = at[0] & 0x0F;
		index = at[1];
		mask = bit_mask(index);
		index = index >> 3;
		sprite_hidden[slot] = mask & wToggleableObjectFlags[index];
		at += 2;
	}
}

static uint8_t starting_facing(uint8_t movement)
{
	switch (movement) {
	case 0xD1: return FACE_UP;
	case 0xD2: return FACE_LEFT;
	case 0xD3: return FACE_RIGHT;
	default: return FACE_DOWN;
	}
}

void load_map_sprites(const uint8_t *objects, uint8_t bank) __banked
{
	uint8_t entry[8];
	uint8_t slot;
	uint8_t at;
	uint8_t text;
	uint8_t n = peek_bank(bank, objects);
	objects++;
	wNumSprites = n;
	fill_bytes(wSpriteStateData1 + 16, 0, 240);
	fill_bytes(wSpriteStateData2 + 16, 0, 240);
	fill_bytes(wMapSpriteData, 0, 64);
	scripted_slot = 0;
	at = 0;
	for (slot = 1; slot <= n; slot++) {
		copy_bank(bank, objects, entry, 8);
		objects += 6;
		SPRITE1(slot, 0) = entry[0];
		SPRITE1(slot, 2) = 0xFF;
		SPRITE1(slot, 9) = starting_facing(entry[4]);
		SPRITE2(slot, 2) = 8;
		SPRITE2(slot, 3) = 8;
		SPRITE2(slot, 4) = entry[1];
		SPRITE2(slot, 5) = entry[2];
		SPRITE2(slot, 6) = entry[3];
		SPRITE2(slot, 9) = SPRITE1(slot, 9);
		SPRITE2(slot, 0x0D) = entry[0];
		text = entry[5];
		wMapSpriteData[at] = entry[4];
		sprite_fixed[slot] = entry[3] == 0xFF && entry[4] == 0xFF;
		wMapSpriteData[at + 1] = text & 0x3F;
		if (text & 0x40) {
			wMapSpriteExtraData[at] = entry[6];
			wMapSpriteExtraData[at + 1] = entry[7];
			objects += 2;
		} else if (text & 0x80) {
			wMapSpriteExtraData[at] = entry[6];
			objects++;
		}
		at += 2;
	}
	SPRITE1(0, 0) = 1;
	SPRITE1(0, 4) = 0x3C;
	SPRITE1(0, 6) = 0x40;
	SPRITE2(0, 0x0D) = 1;
	read_toggles();
}

/* slot that already shows this picture; 0xFF = none */
static uint8_t same_picture(uint8_t slot)
{
	uint8_t other;
	for (other = 0; other != slot; other++) {
		if (SPRITE1(other, 0) == SPRITE1(slot, 0))
			return other;
	}
	return 0xFF;
}

static uint8_t new_pictures(uint8_t from)
{
	uint8_t slot;
	uint8_t tiles = 0;
	for (slot = from; slot <= wNumSprites; slot++) {
		if (same_picture(slot) == 0xFF) {
			if (SPRITE1(slot, 0) >= FIRST_STILL_PICTURE)
				tiles += 4;
			else
				tiles += 12;
		}
	}
	return tiles;
}

void load_sprite_gfx(void) __banked
{
	uint8_t entry[4];
	uint8_t slot;
	uint8_t other;
	uint8_t tiles;
	uint8_t used = 0;
	uint8_t base = 0;
	uint16_t offset;
	uint16_t to;
	const uint8_t *at;
	for (slot = 0; slot <= wNumSprites; slot++) {
		other = same_picture(slot);
		if (other != 0xFF) {
			sprite_tiles[slot] = sprite_tiles[other];
			sprite_walks[slot] = sprite_walks[other];
			sprite_still[slot] = sprite_still[other];
			SPRITE2(slot, 0x0E) = SPRITE2(other, 0x0E);
			continue;
		}
		offset = SPRITE1(slot, 0);
		offset = offset << 2;
		at = SpriteTable + offset;
		copy_bank(BANK_SpriteTable, at, entry, 4);
		tiles = entry[3];
		/* every later picture keeps room to stand */
		if (tiles == 24 && used + 24 + new_pictures(slot + 1) > VRAM_TILES)
			tiles = 12;
		if (used + tiles > VRAM_TILES)
			tiles = 4;
		base++;
		sprite_tiles[slot] = used;
		sprite_walks[slot] = tiles == 24;
		sprite_still[slot] = tiles == 4;
		SPRITE2(slot, 0x0E) = base;
		to = used;
		to = to << 4;
		to += 0x8000;
		offset = entry[2];
		offset = offset << 8;
		offset |= entry[1];
		copy_bank(entry[0], (const void *)offset, (void *)to, (uint16_t)tiles * 16);
		used += tiles;
	}
}
