/* The overworld loop: two frames per iteration, input in the order of gen1 3.1, steps of eight iterations. */
#pragma bank 0x30
#include "overworld.h"

int8_t step_dx, step_dy;
static uint8_t hop_frame;

static const uint8_t hop_arc[16] = {
	0x38, 0x36, 0x34, 0x32, 0x31, 0x30, 0x30, 0x30, 0x31, 0x32, 0x33, 0x34, 0x36, 0x38, 0x3A, 0x3C
};

void start_overworld(void) __banked
{
	wCheckFor180DegreeTurn = 1;
	wUpdateSpritesEnabled = 1;
	wStatusFlags6 |= 0x01;
	SPRITE1(0, 0) = 1;
	load_map();
	note_standing_on_warp();
}

static void finish_simulation(void)
{
	wSimulatedJoypadStatesIndex = 0;
	wSimulatedJoypadStatesEnd[0] = 0;
	wJoyIgnore = 0;
	hJoyHeld = 0;
	hJoyPressed = 0;
	wMovementFlags &= 0xF8;
	note_standing_on_warp();
	wStatusFlags5 &= 0x7F;
}

static void read_input(uint8_t nested)
{
	uint8_t index;
	if (!nested)
		map_script();
	joypad();
	if (!(wStatusFlags5 & 0x80)) {
		if (nested) {
			hJoyHeld = 0;
			hJoyPressed = 0;
		}
		return;
	}
	hJoyPressed = 0;
	hJoyReleased = 0;
	if (wSimulatedJoypadStatesIndex == 0) {
		finish_simulation();
		return;
	}
	index = wSimulatedJoypadStatesIndex - 1;
	wSimulatedJoypadStatesIndex = index;
	hJoyHeld = wSimulatedJoypadStatesEnd[index];
}

static uint8_t requested_direction(void)
{
	uint8_t held = hJoyHeld;
	step_dx = 0;
	step_dy = 0;
	if (held & J_DOWN) {
		step_dy = 1;
		return DIR_DOWN;
	}
	if (held & J_UP) {
		step_dy = -1;
		return DIR_UP;
	}
	if (held & J_LEFT) {
		step_dx = -1;
		return DIR_LEFT;
	}
	if (held & J_RIGHT) {
		step_dx = 1;
		return DIR_RIGHT;
	}
	return 0;
}

static uint8_t facing_of(uint8_t direction)
{
	switch (direction) {
	case DIR_DOWN: return FACE_DOWN;
	case DIR_UP: return FACE_UP;
	case DIR_LEFT: return FACE_LEFT;
	default: return FACE_RIGHT;
	}
}

static void end_ledge_hop(void)
{
	wMovementFlags &= 0xBF;
	SPRITE1(0, 4) = 0x3C;
}

static void animate_hop(void)
{
	if (!(wMovementFlags & 0x40))
		return;
	if (hop_frame < 16) {
		SPRITE1(0, 4) = hop_arc[hop_frame];
		hop_frame++;
		return;
	}
	if (!wWalkCounter && !(wStatusFlags5 & 0x80)) {
		hop_frame = 0;
		end_ledge_hop();
	}
}

/* queue the two rows or columns of tiles that come into view (gen1 1.1) */
static void queue_redraw(void)
{
	uint8_t i;
	uint8_t low;
	uint16_t at = wMapViewVRAMPointer[1];
	const volatile uint8_t *from = wTileMap;
	volatile uint8_t *to = wRedrawRowOrColumnSrcTiles;
	at = at << 8;
	at |= wMapViewVRAMPointer[0];
	if (step_dx) {
		low = (uint8_t)at;
		low = low & 0x1F;
		at &= 0xFFE0;
		if (step_dx > 0) {
			low = (low + 2) & 0x1F;
			wMapViewVRAMPointer[0] = (uint8_t)at | low;
			low = (low + 18) & 0x1F;
			from += 18;
		} else {
			low = (low + 30) & 0x1F;
			wMapViewVRAMPointer[0] = (uint8_t)at | low;
		}
		at |= low;
		for (i = 0; i != 18; i++) {
			*to++ = from[0];
			*to++ = from[1];
			from += 20;
		}
	} else {
		at -= 0x9800;
		if (step_dy > 0) {
			at = (at + 64) & 0x3FF;
			wMapViewVRAMPointer[0] = (uint8_t)at;
			wMapViewVRAMPointer[1] = (uint8_t)(at >> 8) | 0x98;
			at = (at + 512) & 0x3FF;
			from += 320;
		} else {
			at = (at + 960) & 0x3FF;
			wMapViewVRAMPointer[0] = (uint8_t)at;
			wMapViewVRAMPointer[1] = (uint8_t)(at >> 8) | 0x98;
		}
		at += 0x9800;
		for (i = 0; i != 40; i++)
			*to++ = *from++;
	}
	hRedrawRowOrColumnDest[0] = (uint8_t)at;
	hRedrawRowOrColumnDest[1] = (uint8_t)(at >> 8);
	if (step_dx)
		hRedrawRowOrColumnMode = 1;
	else
		hRedrawRowOrColumnMode = 2;
}

/* one of the eight parts of a step: 2 pixels; the coordinates change with the last */
void advance_step(void)
{
	uint8_t x = wXCoord + step_dx;
	uint8_t y = wYCoord + step_dy;
	uint8_t move;
	wWalkCounter--;
	if (wWalkCounter == 7) {
		set_view(x, y);
		load_map_view();
		queue_redraw();
	}
	move = step_dx + step_dx;
	hSCX += move;
	move = step_dy + step_dy;
	hSCY += move;
	if (wWalkCounter == 0) {
		wXCoord = x;
		wYCoord = y;
	}
}

static void stand_still(void)
{
	wPlayerMovingDirection = 0;
	wPlayerLastStopDirection = wPlayerDirection;
	wCheckFor180DegreeTurn = 1;
	wMiscFlags &= 0xFB;
	step_dx = 0;
	step_dy = 0;
	update_sprites();
}

static void finish_step(uint8_t nested)
{
	if (wStatusFlags5 & 0x80) {
		note_standing_on_warp();
		check_connections();
		return;
	}
	wStepCounter--;
	if (wNumberOfNoRandomBattleStepsLeft)
		wNumberOfNoRandomBattleStepsLeft--;
	check_connections();
	note_standing_on_warp();
	if (nested)
		return;
	if (try_wild_encounter()) {
		run_battle();
		return;
	}
	check_warps_after_step();
}

static void continue_step(uint8_t nested)
{
	advance_step();
	update_sprites();
	if (wWalkCounter == 0)
		finish_step(nested);
}

static void walk(uint8_t direction, uint8_t nested)
{
	uint8_t facing = facing_of(direction);
	uint8_t turn = 0;
	if (wCheckFor180DegreeTurn && !(wStatusFlags5 & 0x80)) {
		if (direction != wPlayerLastStopDirection)
			turn = 1;
	}
	wPlayerDirection = direction;
	wPlayerMovingDirection = direction;
	SPRITE1(0, 9) = facing;
	wCheckFor180DegreeTurn = 0;
	if (turn) {
		wMiscFlags |= 0x04;
		step_dx = 0;
		step_dy = 0;
		update_sprites();
		if (!nested && try_wild_encounter())
			run_battle();
		return;
	}
	wMiscFlags &= 0xFB;
	SPRITE1(0, 3) = step_dy;
	SPRITE1(0, 5) = step_dx;
	if (!(wStatusFlags5 & 0x80) && collision_on_land()) {
		step_dx = 0;
		step_dy = 0;
		wPlayerMovingDirection = 0;
		update_sprites();
		wPlayerMovingDirection = direction;
		if (!nested && (wMovementFlags & 0x04))
			check_warp_on_bump();
		return;
	}
	if (wMovementFlags & 0x40 && !(wStatusFlags5 & 0x80)) {
		/* a ledge: two simulated steps in this direction */
		wJoyIgnore = 0xFF;
		wSimulatedJoypadStatesEnd[0] = hJoyHeld & 0xF0;
		wSimulatedJoypadStatesEnd[1] = hJoyHeld & 0xF0;
		wSimulatedJoypadStatesIndex = 2;
		wStatusFlags5 |= 0x80;
		hop_frame = 0;
		step_dx = 0;
		step_dy = 0;
		update_sprites();
		return;
	}
	wWalkCounter = 8;
	continue_step(nested);
}

void overworld_iteration(uint8_t nested) __banked
{
	uint8_t direction;
	uint8_t keys;
	wait_vblank();
	wait_vblank();
	animate_hop();
	if (wWalkCounter) {
		continue_step(nested);
		return;
	}
	read_input(nested);
	if (!nested && wCurOpponent) {
		run_battle();
		return;
	}
	if (wStatusFlags5 & 0x80)
		keys = hJoyHeld;
	else
		keys = hJoyPressed;
	if (!nested && (keys & J_START)) {
		wPlayerMovingDirection = 0;
		update_sprites();
		start_menu();
		return;
	}
	if (!nested && (keys & J_A) && !(wStatusFlags5 & 0x84)) {
		interact();
		return;
	}
	direction = requested_direction();
	if (!direction) {
		SPRITE1(0, 3) = 0;
		SPRITE1(0, 5) = 0;
		stand_still();
		return;
	}
	walk(direction, nested);
}
