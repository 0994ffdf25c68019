/* Wild encounters, talking, battles (gen1 3.7, 3.11). */
#pragma bank 0x30
#include "overworld.h"

static uint8_t encounter_tile_rate(void)
{
	uint8_t tile = TILE(9, 9);
	if (tile == wGrassTile && wGrassTile != 0xFF)
		return wGrassRate;
	if (tile == 0x14)
		return wWaterRate;
	if (wCurMap < FIRST_INDOOR_MAP || wCurMapTileset == TILESET_FOREST)
		return 0;
	return wGrassRate;
}

static uint8_t repelled(uint8_t level)
{
	uint8_t own = wPartyMons[0x21];
	if (!wRepelRemainingSteps)
		return 0;
	return level < own;
}

/* 1 = wCurOpponent and wCurEnemyLevel are set */
uint8_t try_wild_encounter(void)
{
	uint8_t rate;
	uint8_t slot;
	uint8_t offset;
	uint8_t level;
	const uint8_t *chances = WildMonEncounterSlotChances;
	const volatile uint8_t *mons;
	if (wNumberOfNoRandomBattleStepsLeft || wMovementFlags || (wStatusFlags4 & 0x10) || !wPartyCount)
		return 0;
	if (wXCoord >= wCurrentMapWidth2 || wYCoord >= wCurrentMapHeight2)
		return 0;
	if (on_door_tile() || on_warp_tile())
		return 0;
	rate = encounter_tile_rate();
	if (!rate)
		return 0;
	if (wRepelRemainingSteps) {
		wRepelRemainingSteps--;
		if (!wRepelRemainingSteps)
			return 0;
	}
	if (hRandomAdd >= rate)
		return 0;
	for (slot = 0; slot != 9; slot++) {
		if (peek_bank(BANK_WildMonEncounterSlotChances, chances) >= hRandomSub)
			break;
		chances += 2;
	}
	mons = wGrassMons;
	if (TILE(8, 9) == 0x14)
		mons = wWaterMons;
	offset = slot + slot;
	mons += offset;
	level = mons[0];
	if (repelled(level))
		return 0;
	wCurEnemyLevel = level;
	wCurOpponent = mons[1];
	return 1;
}

void run_battle(void)
{
	uint8_t lost = 0;
	step_dx = 0;
	step_dy = 0;
	wPlayerMovingDirection = 0;
	battle_run();
	if (wIsInBattle == 0xFF)
		lost = 1;
	wIsInBattle = 0;
	wCurOpponent = 0;
	wNumberOfNoRandomBattleStepsLeft = 3;
	if (lost && wCurMap != MAP_OAKS_LAB) {
		warp_to_blackout_map();
		return;
	}
	redraw_overworld();
}

static uint8_t counter_ahead(uint8_t tile)
{
	if (tile == 0xFF)
		return 0;
	if (tile == wTilesetTalkingOverTiles[0])
		return 1;
	if (tile == wTilesetTalkingOverTiles[1])
		return 1;
	return tile == wTilesetTalkingOverTiles[2];
}

static uint8_t sign_at(uint8_t x, uint8_t y)
{
	uint8_t i;
	uint8_t n = wNumSigns;
	const volatile uint8_t *at = wSignCoords;
	for (i = 0; i != n; i++) {
		if (at[0] == y && at[1] == x)
			return wSignTextIDs[i];
		at += 2;
	}
	return 0;
}

void interact(void)
{
	uint8_t x = wXCoord;
	uint8_t y = wYCoord;
	uint8_t id;
	int8_t dx = 0;
	int8_t dy = 0;
	switch (SPRITE1(0, 9)) {
	case FACE_DOWN: dy = 1; wTileInFrontOfPlayer = TILE(8, 11); break;
	case FACE_UP: dy = -1; wTileInFrontOfPlayer = TILE(8, 7); break;
	case FACE_LEFT: dx = -1; wTileInFrontOfPlayer = TILE(6, 9); break;
	default: dx = 1; wTileInFrontOfPlayer = TILE(10, 9); break;
	}
	x += dx;
	y += dy;
	id = sign_at(x, y);
	if (!id) {
		if (counter_ahead(wTileInFrontOfPlayer)) {
			x += dx;
			y += dy;
		}
		id = sprite_at(x, y);
		if (!id)
			return;
		if (!(wStatusFlags3 & 0x20))
			SPRITE1(id, 1) |= 0x80;
	}
	wPlayerMovingDirection = 0;
	update_sprites();
	hTextID = id;
	display_text_id(id);
}
