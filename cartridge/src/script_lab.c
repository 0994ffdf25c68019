/* The laboratory: three capsules, the rival's choice and the first match (gen1 6.1 rows 3, 4). */
#pragma bank 0x34
#include "script.h"

#define RIVAL 1
#define OAK_1 5
#define OAK_2 8
#define RIVAL_X 4
#define LEAVE_Y 6
#define STARTER_LEVEL 5
#define OPPONENT_RIVAL 225

#define SPECIES_1 0xB0
#define SPECIES_2 0xB1
#define SPECIES_3 0x99

static const uint8_t species[3] = { SPECIES_1, SPECIES_2, SPECIES_3 };
static const uint8_t counter[3] = { 1, 2, 0 };
static const uint16_t want_text[3] = { TXT_OAKSLAB_WANT_1, TXT_OAKSLAB_WANT_2, TXT_OAKSLAB_WANT_3 };

/* 0, 1 or 2: which capsule held this species. */
static uint8_t ball_of(uint8_t wanted)
{
	if (wanted == SPECIES_1) return 0;
	if (wanted == SPECIES_2) return 1;
	return 2;
}

static void give_name(uint8_t slot)
{
	uint8_t i;
	uint16_t offset = slot;
	offset = offset * 11;
	naming_screen(2);
	wUpdateSpritesEnabled = 1;
	redraw_overworld();
	message_box();
	update_sprites();
	text_open();
	if (wNamingScreenNameLength == 0) return;
	for (i = 0; i != 11; i++) {
		wPartyMonNicks[offset] = wStringBuffer[i];
		offset++;
	}
}

static void take_ball(uint8_t ball)
{
	uint8_t chosen = species[ball];
	uint8_t other = counter[ball];
	mon_name(chosen);
	print_text(want_text[ball]);
	if (yes_no() != 1) return;
	wPlayerStarter = chosen;
	wRivalStarter = species[other];
	wStatusFlags4 = wStatusFlags4 | STATUS4_GOT_STARTER;
	print_text(TXT_OAKSLAB_ENERGETIC);
	toggle_hide(TOGGLE_BALL_1 + ball);
	mon_name(chosen);
	print_text(TXT_OAKSLAB_RECEIVED);
	mon_add_to_party(chosen, STARTER_LEVEL);
	print_text(TXT_NICKNAME_ASK);
	if (yes_no() == 1) {
		mon_name(chosen);
		give_name(wPartyCount - 1);
	}
	flag_set(EVENT_GOT_STARTER);
	wOaksLabCurScript = 8;
	wJoyIgnore = JOY_BUTTONS;
	wDoNotWaitForButtonPressAfterDisplayingText = 1;
}

static void ball_text(uint8_t ball)
{
	if (flag_get(EVENT_GOT_STARTER)) print_text(TXT_OAKSLAB_LAST_BALL);
	else if (flag_get(EVENT_ASKED_TO_CHOOSE)) take_ball(ball);
	else print_text(TXT_OAKSLAB_BALLS_CLOSED);
}

static void rival_text(void)
{
	if (flag_get(EVENT_GOT_STARTER)) print_text(TXT_OAKSLAB_RIVAL_MINE);
	else if (flag_get(EVENT_ASKED_TO_CHOOSE)) print_text(TXT_OAKSLAB_RIVAL_GO_AHEAD);
	else print_text(TXT_OAKSLAB_RIVAL_NO_OAK);
}

uint8_t lab_text(uint8_t id)
{
	switch (id) {
	case 1: rival_text(); return 1;
	case 2: ball_text(0); return 1;
	case 3: ball_text(1); return 1;
	case 4: ball_text(2); return 1;
	case OAK_1:
		if (flag_get(EVENT_GOT_STARTER)) print_text(TXT_OAKSLAB_OAK_RAISE);
		else print_text(TXT_OAKSLAB_OAK_WHICH);
		return 1;
	default: return 0;
	}
}

static void choose_speech(void)
{
	wJoyIgnore = JOY_BUTTONS;
	say(TXT_OAKSLAB_RIVAL_GRUMBLE);
	say(TXT_OAKSLAB_OAK_CHOOSE);
	say(TXT_OAKSLAB_RIVAL_WHAT_ABOUT_ME);
	say(TXT_OAKSLAB_OAK_BE_PATIENT);
	flag_set(EVENT_ASKED_TO_CHOOSE);
	wJoyIgnore = 0;
}

static void dont_go(void)
{
	sprite_face(OAK_1, FACE_DOWN);
	sprite_face(RIVAL, FACE_DOWN);
	wJoyIgnore = JOY_BUTTONS;
	say(TXT_OAKSLAB_OAK_DONT_GO);
	path_start();
	path_add(J_UP, 1);
	path_player();
}

static void rival_walks_to_ball(void)
{
	uint8_t steps = ball_of(wRivalStarter) + 2;
	wJoyIgnore = JOY_NONE;
	path_start();
	path_add(FACE_DOWN, 2);
	path_add(FACE_RIGHT, steps);
	path_add(FACE_UP, 1);
	path_walk(RIVAL);
}

static void rival_takes_ball(void)
{
	uint8_t ball = ball_of(wRivalStarter);
	wJoyIgnore = JOY_BUTTONS;
	say(TXT_OAKSLAB_RIVAL_TAKES);
	toggle_hide(TOGGLE_BALL_1 + ball);
	mon_name(wRivalStarter);
	say(TXT_OAKSLAB_RIVAL_RECEIVED);
	wJoyIgnore = 0;
}

static void rival_challenges(void)
{
	uint8_t x = ball_of(wRivalStarter) + 6;
	wJoyIgnore = JOY_BUTTONS;
	player_face(FACE_UP);
	sprite_face(RIVAL, FACE_DOWN);
	say(TXT_OAKSLAB_RIVAL_CHALLENGE);
	wJoyIgnore = JOY_NONE;
	path_start();
	path_add(FACE_DOWN, 1);
	x = x - wXCoord;
	path_add(FACE_LEFT, x);
	path_walk(RIVAL);
	sprite_face(RIVAL, FACE_DOWN);
}

static void start_battle(void)
{
	wOaksLabCurScript = 12;
	wJoyIgnore = 0;
	wTrainerNo = ball_of(wPlayerStarter) + 1;
	wCurOpponent = OPPONENT_RIVAL;
}

static void end_battle(void)
{
	wJoyIgnore = JOY_BUTTONS;
	player_face(FACE_UP);
	sprite_face(RIVAL, FACE_DOWN);
	party_heal();
	flag_set(EVENT_BATTLED_RIVAL);
	if (wBattleResult == 0) say(TXT_OAKSLAB_RIVAL_LOST);
	else say(TXT_OAKSLAB_RIVAL_WON);
}

static void rival_leaves(void)
{
	delay_frames(20);
	wJoyIgnore = JOY_BUTTONS;
	say(TXT_OAKSLAB_RIVAL_LEAVES);
	wJoyIgnore = JOY_NONE;
	path_start();
	if (wXCoord <= RIVAL_X) path_add(FACE_RIGHT, 1);
	else path_add(FACE_LEFT, 1);
	path_add(FACE_DOWN, 5);
	path_walk(RIVAL);
	toggle_hide(TOGGLE_RIVAL);
	player_face(FACE_DOWN);
	wJoyIgnore = 0;
}

static void enter_together(void)
{
	switch (wOaksLabCurScript) {
	case 0:
		if (!flag_get(EVENT_OAK_APPEARED)) return;
		wJoyIgnore = JOY_NONE;
		toggle_show(TOGGLE_OAK_2);
		wOaksLabCurScript = 1;
		break;
	case 1:
		wJoyIgnore = JOY_NONE;
		path_start();
		path_add(FACE_UP, 3);
		path_walk(OAK_2);
		wOaksLabCurScript = 2;
		break;
	case 2:
		wJoyIgnore = JOY_NONE;
		toggle_hide(TOGGLE_OAK_2);
		toggle_show(TOGGLE_OAK_1);
		wOaksLabCurScript = 3;
		break;
	case 3:
		delay_frames(3);
		path_start();
		path_add(J_UP, 8);
		path_player();
		wOaksLabCurScript = 4;
		break;
	case 4:
		wJoyIgnore = JOY_NONE;
		flag_set(EVENT_FOLLOWED_INTO_LAB);
		flag_set(EVENT_FOLLOWED_INTO_LAB_2);
		sprite_face(RIVAL, FACE_UP);
		wOaksLabCurScript = 5;
		break;
	default:
		choose_speech();
		wOaksLabCurScript = 6;
		break;
	}
}

void lab_script(void)
{
	wCurMapScript = wOaksLabCurScript;
	switch (wOaksLabCurScript) {
	case 0: case 1: case 2: case 3: case 4: case 5: enter_together(); break;
	case 6:
		if (wYCoord != LEAVE_Y) return;
		wOaksLabCurScript = 7;
		dont_go();
		break;
	case 7: wOaksLabCurScript = 6; break;
	case 8:
		rival_walks_to_ball();
		wOaksLabCurScript = 9;
		break;
	case 9:
		rival_takes_ball();
		wOaksLabCurScript = 10;
		break;
	case 10:
		if (wYCoord != LEAVE_Y) return;
		rival_challenges();
		wOaksLabCurScript = 11;
		break;
	case 11: start_battle(); break;
	case 12:
		end_battle();
		wOaksLabCurScript = 13;
		break;
	case 13:
		rival_leaves();
		wOaksLabCurScript = 18;
		break;
	default: break;
	}
}
