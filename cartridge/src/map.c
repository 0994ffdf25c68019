/* Loading a map from its header: blocks with the border of its neighbours, warps, signs, objects (gen1 2.1, 1.2). */
#pragma bank 0x31
#include "overworld.h"

uint8_t map_bank;
static const uint8_t *cursor;               /* reading position in map_bank */

static uint8_t next_byte(void)
{
	uint8_t value = peek_bank(map_bank, cursor);
	cursor++;
	return value;
}

/* block shown top-left and the parities for a player on x, y; x, y may be one step outside the map */
void set_view(uint8_t x, uint8_t y) __banked
{
	uint8_t stride = wCurMapWidth + 6;
	uint8_t column = x + 4;
	uint8_t row = y + 4;
	uint16_t at;
	column = column >> 1;
	row = row >> 1;
	column--;
	row--;
	at = (uint16_t)row * stride;
	at += column;
	at += (uint16_t)wOverworldMap;
	wCurrentTileBlockMapViewPointer[0] = (uint8_t)at;
	wCurrentTileBlockMapViewPointer[1] = (uint8_t)(at >> 8);
	wXBlockCoord = x & 1;
	wYBlockCoord = y & 1;
}

void load_map_view(void) __banked
{
	expand_blocks();
}

static void read_connection(uint8_t flag, volatile uint8_t *to)
{
	uint8_t present = wCurMapConnections & flag;
	fill_bytes(to, 0xFF, 1);
	if (present) {
		copy_bank(map_bank, cursor, (void *)to, 11);
		cursor += 11;
	}
}

static void fill_strip(const volatile uint8_t *connection, uint8_t rows, uint8_t columns)
{
	uint8_t bank;
	uint8_t width = connection[6];
	uint16_t from = connection[2];
	uint16_t to = connection[4];
	uint8_t stride = wCurMapWidth + 6;
	const uint8_t *banks = MapHeaderBanks;
	from = from << 8;
	from |= connection[1];
	to = to << 8;
	to |= connection[3];
	banks += connection[0];
	bank = peek_bank(BANK_MapHeaderBanks, banks);
	while (rows) {
		copy_bank(bank, (const void *)from, (void *)to, columns);
		from += width;
		to += stride;
		rows--;
	}
}

static void fill_blocks(void)
{
	uint8_t row;
	uint8_t width = wCurMapWidth;
	uint8_t stride = width + 6;
	volatile uint8_t *to = wOverworldMap;
	uint16_t from = wCurMapDataPtr[1];
	from = from << 8;
	from |= wCurMapDataPtr[0];
	fill_bytes(wOverworldMap, wMapBackgroundTile, 1300);
	to += stride;
	to += stride;
	to += stride;
	to += 3;
	for (row = wCurMapHeight; row; row--) {
		copy_bank(map_bank, (const void *)from, (void *)to, width);
		from += width;
		to += stride;
	}
	if (wNorthConnectedMap[0] != 0xFF)
		fill_strip(wNorthConnectedMap, 3, wNorthConnectedMap[5]);
	if (wSouthConnectedMap[0] != 0xFF)
		fill_strip(wSouthConnectedMap, 3, wSouthConnectedMap[5]);
	if (wWestConnectedMap[0] != 0xFF)
		fill_strip(wWestConnectedMap, wWestConnectedMap[5], 3);
	if (wEastConnectedMap[0] != 0xFF)
		fill_strip(wEastConnectedMap, wEastConnectedMap[5], 3);
}

static void load_tileset_header(void)
{
	uint8_t id = wCurMapTileset;
	uint16_t offset = id;
	const uint8_t *at = Tilesets;
	offset = offset * 12;
	at += offset;
	copy_bank(BANK_Tilesets, at, (void *)&wTilesetBank, 11);
	hTileAnimations = peek_bank(BANK_Tilesets, at + 11);
}

static void read_warps(void)
{
	uint8_t n = next_byte();
	uint8_t size = n << 2;
	wNumberOfWarps = n;
	copy_bank(map_bank, cursor, (void *)wWarpEntries, size);
	cursor += size;
}

static void read_signs(void)
{
	uint8_t i;
	uint8_t n = next_byte();
	volatile uint8_t *at = wSignCoords;
	wNumSigns = n;
	for (i = 0; i != n; i++) {
		at[0] = next_byte();
		at[1] = next_byte();
		wSignTextIDs[i] = next_byte();
		at += 2;
	}
}

void load_map_header(void) __banked
{
	uint16_t header;
	const uint8_t *at = MapHeaderPointers;
	const uint8_t *banks = MapHeaderBanks;
	uint8_t map = wCurMap;
	banks += map;
	map_bank = peek_bank(BANK_MapHeaderBanks, banks);
	at += map;
	at += map;
	header = peek_bank16(0, at);
	cursor = (const uint8_t *)header;
	copy_bank(map_bank, cursor, (void *)&wCurMapTileset, 10);
	cursor += 10;
	read_connection(0x08, wNorthConnectedMap);
	read_connection(0x04, wSouthConnectedMap);
	read_connection(0x02, wWestConnectedMap);
	read_connection(0x01, wEastConnectedMap);
	cursor = (const uint8_t *)peek_bank16(map_bank, cursor);
	wMapBackgroundTile = next_byte();
	wCurrentMapHeight2 = wCurMapHeight + wCurMapHeight;
	wCurrentMapWidth2 = wCurMapWidth + wCurMapWidth;
	load_tileset_header();
	read_warps();
	read_signs();
}

void load_wild_data(void) __banked
{
	uint8_t map = wCurMap;
	uint8_t bank = BANK_WildDataPointers;
	const uint8_t *at = WildDataPointers;
	at += map;
	at += map;
	at = (const uint8_t *)peek_bank16(bank, at);
	wGrassRate = peek_bank(bank, at);
	at++;
	if (wGrassRate) {
		copy_bank(bank, at, (void *)wGrassMons, 20);
		at += 20;
	}
	wWaterRate = peek_bank(bank, at);
	at++;
	if (wWaterRate)
		copy_bank(bank, at, (void *)wWaterMons, 20);
}

void place_at_warp(void) __banked
{
	const volatile uint8_t *at = wWarpEntries;
	uint8_t offset = wDestinationWarpID;
	if (offset == 0xFF)
		return;
	if (offset >= wNumberOfWarps)
		offset = 0;
	offset = offset << 2;
	at += offset;
	wYCoord = at[0];
	wXCoord = at[1];
}

static void note_town(void)
{
	uint8_t map = wCurMap;
	if (map < 8)
		wTownVisitedFlag[0] |= bit_mask(map);
	else if (map < 11)
		wTownVisitedFlag[1] |= bit_mask(map);
}

void load_map(void) __banked
{
	hAutoBGTransferEnabled = 0;
	lcd_off();
	load_map_header();
	place_at_warp();
	fill_blocks();
	load_wild_data();
	note_town();
	load_map_sprites(cursor, map_bank);
	show_map();
}

void load_tileset_gfx(void) __banked
{
	uint16_t from = wTilesetGfxPtr[1];
	from = from << 8;
	from |= wTilesetGfxPtr[0];
	copy_bank(wTilesetBank, (const void *)from, (void *)0x9000, 0x600);
}

void show_map(void) __banked
{
	uint8_t row;
	const volatile uint8_t *from = wTileMap;
	uint8_t *to = (uint8_t *)0x9800;
	hAutoBGTransferEnabled = 0;
	hRedrawRowOrColumnMode = 0;
	lcd_off();
	load_tileset_gfx();
	load_font();
	load_sprite_gfx();
	set_view(wXCoord, wYCoord);
	load_map_view();
	wMapViewVRAMPointer[0] = 0x00;
	wMapViewVRAMPointer[1] = 0x98;
	hSCX = 0;
	hSCY = 0;
	hWY = 0x90;
	for (row = 18; row; row--) {
		copy_bank(map_bank, (const void *)from, to, 20);
		from += 20;
		to += 32;
	}
	sprites_changed();
	update_sprites();
	lcd_on();
}

void redraw_overworld(void) __banked
{
	load_wild_data();
	rBGP = 0xE4;
	rOBP0 = 0xD0;
	wUpdateSpritesEnabled = 1;
	wFontLoaded &= 0xFE;
	show_map();
}
