/* Sprites each iteration: player animation, people who stand, turn, wander or follow a script (gen1 1.3). */
#pragma bank 0x31
#include "overworld.h"

#define WALK 0xFE
#define READY 1
#define DELAYED 2
#define MOVING 3

uint8_t scripted_slot;
const uint8_t *scripted_path;

static uint8_t dirty;                       /* something on the screen changed since the last OAM */
static uint8_t seen_x, seen_y;              /* where the player was at the last update */
static uint8_t seen_font;                   /* was a text box open */

static const int8_t facing_dx[4] = {0, 0, -1, 1};
static const int8_t facing_dy[4] = {1, -1, 0, 0};

static void update_player(void)
{
	uint8_t frame = SPRITE1(0, 8);
	uint8_t facing = SPRITE1(0, 9);
	uint8_t tile;
	if (wPlayerMovingDirection && wWalkCounter) {
		SPRITE1(0, 7) += 1;
		if (SPRITE1(0, 7) == 4) {
			SPRITE1(0, 7) = 0;
			frame = (frame + 1) & 3;
		}
	} else if (!wWalkCounter && !wPlayerMovingDirection) {
		frame = 0;
		SPRITE1(0, 7) = 0;
	}
	SPRITE1(0, 8) = frame;
	SPRITE1(0, 1) = READY;
	tile = TILE(8, 9);
	frame = facing | frame;
	if (tile >= 0x60)
		frame = 0xFF;
	if (tile == wGrassTile)
		SPRITE2(0, 7) = 0x80;
	else
		SPRITE2(0, 7) = 0;
	if (frame == SPRITE1(0, 2) && !wWalkCounter && wXCoord == seen_x && wYCoord == seen_y && !(wMovementFlags & 0x40))
		return;
	SPRITE1(0, 2) = frame;
	seen_x = wXCoord;
	seen_y = wYCoord;
	dirty = 1;
}

static uint8_t on_screen(uint8_t slot)
{
	uint8_t y = SPRITE2(slot, 4) - wYCoord;
	uint8_t x = SPRITE2(slot, 5) - wXCoord;
	return y <= 8 && x <= 9;
}

static void face_player(uint8_t slot)
{
	switch (SPRITE1(0, 9)) {
	case FACE_DOWN: SPRITE1(slot, 9) = FACE_UP; break;
	case FACE_UP: SPRITE1(slot, 9) = FACE_DOWN; break;
	case FACE_LEFT: SPRITE1(slot, 9) = FACE_RIGHT; break;
	default: SPRITE1(slot, 9) = FACE_LEFT; break;
	}
}

static uint8_t occupied(uint8_t slot, uint8_t x, uint8_t y)
{
	uint8_t other;
	uint8_t px = wXCoord + 4;
	uint8_t py = wYCoord + 4;
	if (x == px && y == py)
		return 1;
	px += step_dx;
	py += step_dy;
	if (wWalkCounter && x == px && y == py)
		return 1;
	for (other = 1; other <= wNumSprites; other++) {
		if (other != slot && SPRITE1(other, 2) != 0xFF && SPRITE2(other, 4) == y && SPRITE2(other, 5) == x)
			return 1;
	}
	return 0;
}

/* lower-left tile of a map square given as its place on the screen (0-9, 0-8) */
static uint8_t screen_tile(uint8_t column, uint8_t row)
{
	uint16_t at = row + row;
	at++;
	at = at * 20;
	at += column;
	at += column;
	return wTileMap[at];
}

static uint8_t can_walk(uint8_t slot, uint8_t way)
{
	uint8_t x = SPRITE2(slot, 5) + facing_dx[way];
	uint8_t y = SPRITE2(slot, 4) + facing_dy[way];
	uint8_t far_x = SPRITE2(slot, 3) + facing_dx[way];
	uint8_t far_y = SPRITE2(slot, 2) + facing_dy[way];
	uint8_t column = x - wXCoord;
	uint8_t row = y - wYCoord;
	uint16_t list = wTilesetCollisionPtr[1];
	if (SPRITE2(slot, 6) != WALK)
		return 0;
	if (wWalkCounter) {                 /* wTileMap already shows where the player goes */
		column -= step_dx;
		row -= step_dy;
	}
	if (column > 9 || row > 8)
		return 0;
	if (far_x < 5 || far_x > 11 || far_y < 5 || far_y > 11)
		return 0;
	list = list << 8;
	list |= wTilesetCollisionPtr[0];
	if (!in_list((const uint8_t *)list, screen_tile(column, row)))
		return 0;
	return !occupied(slot, x, y);
}

static void begin_step(uint8_t slot, uint8_t way)
{
	SPRITE1(slot, 9) = way << 2;
	SPRITE1(slot, 3) = facing_dy[way];
	SPRITE1(slot, 5) = facing_dx[way];
	SPRITE2(slot, 4) += facing_dy[way];
	SPRITE2(slot, 5) += facing_dx[way];
	SPRITE2(slot, 2) += facing_dy[way];
	SPRITE2(slot, 3) += facing_dx[way];
	SPRITE2(slot, 0) = 16;
	SPRITE1(slot, 1) = MOVING;
}

static void rest(uint8_t slot)
{
	SPRITE2(slot, 8) = random8() & 0x7F;
	SPRITE1(slot, 1) = DELAYED;
	SPRITE1(slot, 3) = 0;
	SPRITE1(slot, 5) = 0;
}

static void decide(uint8_t slot)
{
	uint8_t index = slot - 1;
	uint8_t movement;
	uint8_t way;
	index = index + index;
	movement = wMapSpriteData[index];
	if (movement == 0xFF || movement == 0x10)
		return;
	if (movement >= 0xD0) {
		way = movement & 3;
		SPRITE1(slot, 9) = way << 2;
		if (SPRITE2(slot, 6) != WALK)
			return;
	} else {
		way = random8();
		way = way >> 6;
		if (movement == 1)
			way = way & 1;
		else if (movement == 2)
			way = way | 2;
	}
	if (can_walk(slot, way)) {
		begin_step(slot, way);
		return;
	}
	SPRITE1(slot, 9) = way << 2;
	rest(slot);
}

static void animate(uint8_t slot)
{
	SPRITE1(slot, 7) += 1;
	if (SPRITE1(slot, 7) >= 4) {
		SPRITE1(slot, 7) = 0;
		SPRITE1(slot, 8) = (SPRITE1(slot, 8) + 1) & 3;
	}
}

static void stand(uint8_t slot)
{
	SPRITE1(slot, 7) = 0;
	SPRITE1(slot, 8) = 0;
}

static void follow_script(uint8_t slot)
{
	uint8_t next;
	if (SPRITE2(slot, 0)) {
		SPRITE2(slot, 0) -= 2;
		animate(slot);
	}
	if (SPRITE2(slot, 0))
		return;
	next = *scripted_path;
	if (next == 0xFF) {
		scripted_slot = 0;
		stand(slot);
		SPRITE1(slot, 1) = READY;
		return;
	}
	scripted_path++;
	next = next >> 2;
	begin_step(slot, next);
	SPRITE2(slot, 2) = 8;
	SPRITE2(slot, 3) = 8;
}

static void move_npc(uint8_t slot)
{
	if (slot == scripted_slot) {
		follow_script(slot);
		return;
	}
	if (SPRITE1(slot, 1) & 0x80) {
		SPRITE1(slot, 1) &= 0x7F;
		if (!(SPRITE2(slot, 0)))
			face_player(slot);
	}
	if (wFontLoaded & 1) {
		stand(slot);
		return;
	}
	switch (SPRITE1(slot, 1)) {
	case 0:
		SPRITE1(slot, 1) = READY;
		break;
	case READY:
		stand(slot);
		if (!(wStatusFlags5 & 0x01))
			decide(slot);
		break;
	case DELAYED:
		stand(slot);
		if (SPRITE2(slot, 8))
			SPRITE2(slot, 8) -= 1;
		else
			SPRITE1(slot, 1) = READY;
		break;
	default:
		SPRITE2(slot, 0) -= 1;
		animate(slot);
		if (!SPRITE2(slot, 0))
			rest(slot);
		break;
	}
}

static void show_npc(uint8_t slot, uint8_t image)
{
	if (SPRITE1(slot, 2) != image) {
		SPRITE1(slot, 2) = image;
		dirty = 1;
	}
}

static void update_npc(uint8_t slot)
{
	uint8_t image;
	uint8_t moving;
	uint8_t visible;
	if (!dirty && !seen_font && slot != scripted_slot) {
		/* nothing moved: who was off the screen stays there, who never turns needs no thought */
		if (SPRITE1(slot, 2) == 0xFF)
			return;
		if (sprite_fixed[slot] && SPRITE1(slot, 1) == READY)
			return;
	}
	if (!SPRITE1(slot, 0) || sprite_hidden[slot]) {
		show_npc(slot, 0xFF);
		if (slot == scripted_slot)
			scripted_slot = 0;
		return;
	}
	moving = SPRITE2(slot, 0);
	visible = on_screen(slot);
	if (visible || slot == scripted_slot) {
		move_npc(slot);
		moving |= SPRITE2(slot, 0);
		visible = on_screen(slot);
	}
	if (dirty || moving) {
		place_pixels(slot);
		dirty = 1;
	}
	if (!visible || ((wFontLoaded & 1) && covered(slot))) {
		show_npc(slot, 0xFF);
		return;
	}
	image = SPRITE2(slot, 0x0E) - 1;
	image = image << 4;
	image |= SPRITE1(slot, 9);
	image |= SPRITE1(slot, 8);
	show_npc(slot, image);
}

/* positions, scripts and screens outside the loop changed: place and draw everything at the next update */
void sprites_changed(void) __banked
{
	refresh_hidden();
	dirty = 1;
}

/* which neighbour squares of the player are taken: SPRITE1(0, C) and the mask of slots in E, F */
void refresh_player_collision(void) __banked
{
	uint8_t slot;
	uint8_t bits = 0;
	uint8_t mask;
	uint8_t here;
	uint8_t y;
	uint8_t x;
	uint8_t mask_low = 0;
	uint8_t mask_high = 0;
	for (slot = 1; slot <= wNumSprites; slot++) {
		SPRITE1(slot, 0x0C) = 0;
		if (SPRITE1(slot, 2) == 0xFF)
			continue;
		y = SPRITE2(slot, 4) - wYCoord;
		x = SPRITE2(slot, 5) - wXCoord;
		here = 0;
		mask = 0;
		if (x == 4 && y == 5) {
			here = DIR_DOWN;
			mask = DIR_UP;
		} else if (x == 4 && y == 3) {
			here = DIR_UP;
			mask = DIR_DOWN;
		} else if (x == 3 && y == 4) {
			here = DIR_LEFT;
			mask = DIR_RIGHT;
		} else if (x == 5 && y == 4) {
			here = DIR_RIGHT;
			mask = DIR_LEFT;
		}
		if (!here)
			continue;
		bits |= here;
		SPRITE1(slot, 0x0C) = mask;
		if (slot < 8)
			mask_low |= bit_mask(slot);
		else
			mask_high |= bit_mask(slot);
	}
	SPRITE1(0, 0x0C) = bits;
	SPRITE1(0, 0x0E) = mask_high;
	SPRITE1(0, 0x0F) = mask_low;
}

void update_sprites(void) __banked
{
	uint8_t slot;
	if (wUpdateSpritesEnabled == 0xFF) {
		for (slot = 0; slot != 16; slot++)
			SPRITE1(slot, 2) = 0xFF;
		wUpdateSpritesEnabled = 0;
		prepare_oam();
		return;
	}
	if (wUpdateSpritesEnabled != 1)
		return;
	slot = wFontLoaded & 1;
	if (slot != seen_font) {
		seen_font = slot;
		dirty = 1;
	}
	update_player();
	for (slot = 1; slot <= wNumSprites; slot++)
		update_npc(slot);
	if (dirty) {
		refresh_player_collision();
		prepare_oam();
		dirty = 0;
	}
}
