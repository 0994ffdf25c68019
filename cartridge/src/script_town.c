/* The town: the professor stops the player at the north exit and leads the way to the laboratory (gen1 6.1 row 2). */
#pragma bank 0x34
#include "script.h"

#define OAK 1
#define OAK_X 8
#define OAK_Y 5
#define DOOR_X 12
#define DOOR_Y 11
#define LAB_X 5
#define LAB_Y 11

static void oak_walks_to_player(void)
{
	uint8_t steps;
	wJoyIgnore = JOY_NONE;
	toggle_show(TOGGLE_TOWN_OAK);
	sprite_face(OAK, FACE_UP);
	delay_frames(3);
	path_start();
	if (wXCoord > OAK_X) {
		steps = wXCoord - OAK_X;
		path_add(FACE_RIGHT, steps);
	} else {
		steps = OAK_X - wXCoord;
		path_add(FACE_LEFT, steps);
	}
	steps = OAK_Y - 2;
	steps = steps - wYCoord;
	steps++;
	path_add(FACE_UP, steps);
	path_walk(OAK);
}

/* Both walk at once; the player's steps are the professor's, one later. */
static void walk_together(void)
{
	uint8_t across = DOOR_X - wXCoord;
	uint8_t down = DOOR_Y - wYCoord;
	path_start();
	path_add(J_DOWN, down + 1);
	path_add(J_RIGHT, across);
	path_player();
	path_start();
	path_add(FACE_DOWN, down);
	path_add(FACE_RIGHT, across);
	path_add(FACE_UP, 1);
	path_walk(OAK);
}

void town_script(void)
{
	wCurMapScript = wPalletTownCurScript;
	switch (wPalletTownCurScript) {
	case 0:
		if (wYCoord != 1 || flag_get(EVENT_FOLLOWED_INTO_LAB)) return;
		hJoyHeld = 0;
		wJoyIgnore = JOY_BUTTONS;
		flag_set(EVENT_OAK_APPEARED);
		wPalletTownCurScript = 1;
		break;
	case 1:
		wJoyIgnore = JOY_BUTTONS;
		say(TXT_PALLETTOWN_OAK_HEY);
		wPalletTownCurScript = 2;
		break;
	case 2:
		oak_walks_to_player();
		wPalletTownCurScript = 3;
		break;
	case 3:
		player_face(FACE_DOWN);
		wJoyIgnore = JOY_BUTTONS;
		say(TXT_PALLETTOWN_OAK_UNSAFE);
		wJoyIgnore = JOY_NONE;
		wNPCMovementScriptPointerTableNum = 1;
		wPalletTownCurScript = 4;
		walk_together();
		break;
	case 4:
		wJoyIgnore = JOY_NONE;
		if (wYCoord != DOOR_Y) {
			toggle_hide(TOGGLE_TOWN_OAK);
			path_start();
			path_add(J_UP, 1);
			path_player();
			return;
		}
		wLastMap = MAP_TOWN;
		wNPCMovementScriptPointerTableNum = 0;
		wPalletTownCurScript = 5;
		enter_map(MAP_LAB, LAB_X, LAB_Y);
		break;
	default: break;
	}
}
