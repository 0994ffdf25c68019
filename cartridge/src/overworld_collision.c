/* What stops a step: sprites, ledges, tile pairs, tiles that are not walkable (gen1 3.4, 3.6). */
#pragma bank 0x30
#include "overworld.h"


/* tile in front of the player for a facing */
static uint8_t front_tile(uint8_t facing)
{
	switch (facing) {
	case FACE_DOWN: return TILE(8, 11);
	case FACE_UP: return TILE(8, 7);
	case FACE_LEFT: return TILE(6, 9);
	default: return TILE(10, 9);
	}
}

static uint8_t ledge_ahead(uint8_t standing, uint8_t front)
{
	uint8_t entry[4];
	const uint8_t *at = LedgeTiles;
	if (wCurMapTileset != TILESET_OVERWORLD)
		return 0;
	for (;;) {
		copy_bank(BANK_LedgeTiles, at, entry, 4);
		if (entry[0] == 0xFF)
			return 0;
		if (entry[0] == SPRITE1(0, 9) && entry[1] == standing && entry[2] == front && (entry[3] & hJoyHeld))
			return 1;
		at += 4;
	}
}

static uint8_t pair_blocks(uint8_t standing, uint8_t front)
{
	const uint8_t *at = TilePairCollisionsLand;
	while (*at != 0xFF) {
		if (at[0] == wCurMapTileset) {
			if (at[1] == standing && at[2] == front)
				return 1;
			if (at[2] == standing && at[1] == front)
				return 1;
		}
		at += 3;
	}
	return 0;
}

const uint8_t *collision_list(void)
{
	uint16_t at = wTilesetCollisionPtr[1];
	at = at << 8;
	at |= wTilesetCollisionPtr[0];
	return (const uint8_t *)at;
}

/* 1 = the step wPlayerDirection is blocked; a ledge sets wMovementFlags.6 and is free */
uint8_t collision_on_land(void)
{
	uint8_t standing = TILE(8, 9);
	uint8_t front = front_tile(SPRITE1(0, 9));
	uint8_t blocked;
	wTilePlayerStandingOn = standing;
	wTileInFrontOfPlayer = front;
	refresh_player_collision();
	blocked = SPRITE1(0, 0x0C) & wPlayerDirection;
	if (blocked)
		return 1;
	if (ledge_ahead(standing, front)) {
		wMovementFlags |= 0x40;
		return 0;
	}
	if (pair_blocks(standing, front))
		return 1;
	if (in_list(collision_list(), front))
		return 0;
	return 1;
}
