/* Warps and map connections (gen1 3.8, 3.9). */
#pragma bank 0x30
#include "overworld.h"

static uint8_t warp_index;

/* index of the warp on the player's square goes to warp_index; 0 = none */
uint8_t standing_on_warp(void)
{
	uint8_t i;
	uint8_t n = wNumberOfWarps;
	const volatile uint8_t *entry = wWarpEntries;
	for (i = 0; i != n; i++) {
		if (entry[0] == wYCoord && entry[1] == wXCoord) {
			warp_index = i;
			return 1;
		}
		entry += 4;
	}
	return 0;
}

void note_standing_on_warp(void)
{
	if (standing_on_warp())
		wMovementFlags |= 0x04;
	else
		wMovementFlags &= 0xFB;
}

/* DoorTileIDPointers: (tileset, pointer) ... FF; ids end with 0 */
uint8_t on_door_tile(void)
{
	uint8_t tile = TILE(8, 9);
	uint8_t id;
	const uint8_t *at = DoorTileIDPointers;
	const uint8_t *ids;
	for (;;) {
		id = peek_bank(BANK_DoorTileIDPointers, at);
		if (id == 0xFF)
			return 0;
		if (id == wCurMapTileset)
			break;
		at += 3;
	}
	ids = (const uint8_t *)peek_bank16(BANK_DoorTileIDPointers, at + 1);
	for (;;) {
		id = peek_bank(BANK_DoorTileIDPointers, ids);
		if (id == 0)
			return 0;
		if (id == tile)
			return 1;
		ids++;
	}
}

static uint8_t listed(uint8_t bank, const uint8_t *ids, uint8_t tile)
{
	uint8_t id;
	for (;;) {
		id = peek_bank(bank, ids);
		if (id == 0xFF)
			return 0;
		if (id == tile)
			return 1;
		ids++;
	}
}

uint8_t on_warp_tile(void)
{
	uint8_t offset = wCurMapTileset;
	const uint8_t *at = WarpTileIDPointers;
	offset = offset + offset;
	at += offset;
	return listed(BANK_WarpTileIDPointers, (const uint8_t *)peek_bank16(BANK_WarpTileIDPointers, at), TILE(8, 9));
}

static uint8_t facing_edge(uint8_t facing)
{
	uint8_t last;
	switch (facing) {
	case FACE_DOWN:
		last = wCurrentMapHeight2 - 1;
		return wYCoord == last;
	case FACE_UP: return wYCoord == 0;
	case FACE_LEFT: return wXCoord == 0;
	default:
		last = wCurrentMapWidth2 - 1;
		return wXCoord == last;
	}
}

static uint8_t facing_carpet(uint8_t facing)
{
	uint8_t tile;
	const uint8_t *at = WarpTileListPointers;
	uint8_t offset = facing >> 1;
	switch (facing) {
	case FACE_DOWN: tile = TILE(8, 11); break;
	case FACE_UP: tile = TILE(8, 7); break;
	case FACE_LEFT: tile = TILE(6, 9); break;
	default: tile = TILE(10, 9); break;
	}
	at += offset;
	return listed(BANK_WarpTileListPointers, (const uint8_t *)peek_bank16(BANK_WarpTileListPointers, at), tile);
}

/* ExtraWarpCheck */
static uint8_t leaves_by_edge(void)
{
	switch (wCurMapTileset) {
	case TILESET_OVERWORLD:
	case TILESET_SHIP:
	case TILESET_SHIP_PORT:
	case TILESET_PLATEAU:
		return facing_carpet(SPRITE1(0, 9));
	default:
		return facing_edge(SPRITE1(0, 9));
	}
}

static uint8_t outside(void)
{
	return wCurMapTileset == TILESET_OVERWORLD || wCurMapTileset == TILESET_PLATEAU;
}

void fade_out(void)
{
	rBGP = 0x90;
	delay_frames(8);
	rBGP = 0x40;
	delay_frames(8);
	rBGP = 0x00;
	rOBP0 = 0x00;
	delay_frames(8);
}

static void ignore_input(void)
{
	wIgnoreInputCounter = 30;
	wStatusFlags5 |= 0x26;
	hJoyPressed = 0;
	hJoyHeld = 0;
}

/* the map of wCurMap is entered at wDestinationWarpID (FF: at wXCoord, wYCoord) */
void arrive(void)
{
	wJoyIgnore = 0xFF;
	load_map();
	rBGP = 0xE4;
	rOBP0 = 0xD0;
	wJoyIgnore = 0;
	wCurrentMapScriptFlags |= 0x60;
	wStatusFlags1 &= 0xFE;
	step_dx = 0;
	step_dy = 0;
	wWalkCounter = 0;
	wPlayerMovingDirection = 0;
	note_standing_on_warp();
	ignore_input();
	if (wDestinationWarpID != 0xFF && on_door_tile()) {
		wJoyIgnore = 0xFC;
		wMovementFlags |= 0x02;
		wSimulatedJoypadStatesEnd[0] = J_DOWN;
		wSimulatedJoypadStatesIndex = 1;
		wStatusFlags5 |= 0x80;
	}
	update_sprites();
}

static void take_warp(void)
{
	const volatile uint8_t *entry = wWarpEntries;
	uint8_t offset = warp_index << 2;
	uint8_t to;
	entry += offset;
	wDestinationWarpID = entry[2];
	to = entry[3];
	hWarpDestinationMap = to;
	wWarpedFromWhichWarp = warp_index;
	wWarpedFromWhichMap = wCurMap;
	if (outside())
		wLastMap = wCurMap;
	if (to == LAST_MAP)
		to = wLastMap;
	wMovementFlags |= 0x01;
	wJoyIgnore = 0xFF;
	fade_out();
	wCurMap = to;
	wMovementFlags = 0;
	arrive();
}

/* at the end of a step: 1 = a warp was taken */
uint8_t check_warps_after_step(void)
{
	if (!standing_on_warp())
		return 0;
	if (on_door_tile() || on_warp_tile()) {
		take_warp();
		return 1;
	}
	if (!leaves_by_edge())
		return 0;
	if (!(wStatusFlags7 & 0x04)) {
		joypad();
		if (!(hJoyHeld & 0xF0))
			return 0;
	}
	take_warp();
	return 1;
}

uint8_t check_warp_on_bump(void)
{
	if (!standing_on_warp())
		return 0;
	if (!leaves_by_edge())
		return 0;
	take_warp();
	return 1;
}

static void cross(const volatile uint8_t *connection)
{
	uint8_t map = connection[0];
	uint8_t dy = connection[7];
	uint8_t dx = connection[8];
	if (step_dx) {
		wXCoord = dx;
		wYCoord += dy;
	} else {
		wYCoord = dy;
		wXCoord += dx;
	}
	wCurMap = map;
	wDestinationWarpID = 0xFF;
	load_map();
	wCurrentMapScriptFlags |= 0x60;
}

void check_connections(void)
{
	uint8_t flags = wCurMapConnections;
	if (wXCoord == 0xFF && (flags & 0x02))
		cross(wWestConnectedMap);
	else if (wXCoord == wCurrentMapWidth2 && (flags & 0x01))
		cross(wEastConnectedMap);
	else if (wYCoord == 0xFF && (flags & 0x08))
		cross(wNorthConnectedMap);
	else if (wYCoord == wCurrentMapHeight2 && (flags & 0x04))
		cross(wSouthConnectedMap);
}

void enter_map(uint8_t map, uint8_t x, uint8_t y) __banked
{
	wJoyIgnore = 0xFF;
	fade_out();
	wCurMap = map;
	wXCoord = x;
	wYCoord = y;
	wDestinationWarpID = 0xFF;
	arrive();
}

/* FlyWarpDataPtr: (map, 0, pointer) ... ; record: view pointer, y, x, parities */
void warp_to_blackout_map(void) __banked
{
	uint8_t i;
	uint8_t id;
	uint8_t x;
	uint8_t y;
	const uint8_t *at = FlyWarpDataPtr;
	const uint8_t *record;
	for (i = 0; i != 13; i++) {
		id = peek_bank(BANK_FlyWarpDataPtr, at);
		if (id == wLastBlackoutMap)
			break;
		at += 4;
	}
	record = (const uint8_t *)peek_bank16(BANK_FlyWarpDataPtr, at + 2);
	y = peek_bank(BANK_FlyWarpDataPtr, record + 2);
	x = peek_bank(BANK_FlyWarpDataPtr, record + 3);
	wLastMap = wLastBlackoutMap;
	wWalkBikeSurfState = 0;
	SPRITE1(0, 9) = FACE_DOWN;
	wPlayerDirection = DIR_DOWN;
	enter_map(wLastBlackoutMap, x, y);
}
