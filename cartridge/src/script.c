/* Map scripts: which map runs which script and owns which texts (gen1 1.10, 6.1). */
#pragma bank 0x34
#include "script.h"

#define ITEM_POTION 0x14
#define NURSE_SLOT 1

uint8_t path_length;

void path_start(void)
{
	path_length = 0;
	wBuffer[0] = 0xFF;
}

void path_add(uint8_t step, uint8_t times)
{
	for (; times != 0; times--) {
		wBuffer[path_length] = step;
		path_length++;
	}
	wBuffer[path_length] = 0xFF;
}

void path_walk(uint8_t slot)
{
	sprite_walk(slot, (const uint8_t *)wBuffer);
}

void path_player(void)
{
	player_simulate((const uint8_t *)wBuffer);
}

void player_face(uint8_t facing)
{
	wSpritePlayerStateData1FacingDirection = facing;
	update_sprites();
}

/* A push back by one step, as long as the reason lasts. */
static void step_back(uint8_t button)
{
	path_start();
	path_add(button, 1);
	path_player();
}

void city_script(void)
{
	wCurMapScript = wViridianCityCurScript;
	if (wXCoord == 32 && wYCoord == 8 && !flag_get(EVENT_GYM_OPEN)) {
		say(TXT_VIRIDIANCITY_LOCKED);
		step_back(J_DOWN);
		return;
	}
	if (wXCoord == 19 && wYCoord == 9 && !flag_get(EVENT_GOT_DEX)) {
		say(TXT_VIRIDIANCITY_OLD_MAN_SLEEPY);
		step_back(J_DOWN);
	}
}

void map_script(void) __banked
{
	if (wStatusFlags5 & STATUS5_BUSY) return;
	if (wWalkCounter) return;
	switch (wCurMap) {
	case MAP_TOWN: town_script(); break;
	case MAP_LAB: lab_script(); break;
	case MAP_CITY: city_script(); break;
	default: wCurMapScript = 0; break;
	}
}

static void mother(void)
{
	if (wPartyCount == 0) {
		print_text(TXT_REDSHOUSE1F_MOM);
		return;
	}
	print_text(TXT_MOM_REST);
	rBGP = 0x40;
	party_heal();
	delay_frames(60);
	rBGP = 0xE4;
	print_text(TXT_MOM_RESTED);
}

static void sample(void)
{
	if (flag_get(EVENT_GOT_SAMPLE)) {
		print_text(TXT_ROUTE1_ALSO);
		return;
	}
	print_text(TXT_ROUTE1_YOUNGSTER1);
	if (!bag_add(ITEM_POTION, 1)) {
		print_text(TXT_ROUTE1_NO_ROOM);
		return;
	}
	flag_set(EVENT_GOT_SAMPLE);
	item_name_to_buffer(ITEM_POTION);
	print_text(TXT_ROUTE1_GOT_POTION);
}

void script_nurse(void) __banked
{
	if (!(wStatusFlags4 & STATUS4_USED_CENTRE)) print_text(TXT_NURSE_WELCOME);
	print_text(TXT_NURSE_ASK);
	if (two_option_menu(6, 11, 6) == 1) {
		print_text(TXT_NURSE_TAKE);
		wLastBlackoutMap = wLastMap;
		wStatusFlags4 = wStatusFlags4 | STATUS4_USED_CENTRE;
		sprite_face(NURSE_SLOT, FACE_LEFT);
		delay_frames(100);
		party_heal();
		delay_frames(100);
		sprite_face(NURSE_SLOT, FACE_DOWN);
		print_text(TXT_NURSE_DONE);
	}
	print_text(TXT_NURSE_BYE);
}

void script_clerk(void) __banked
{
	print_text(TXT_VIRIDIANMART_CLERK);
}

uint8_t script_text(uint8_t id) __banked
{
	switch (wCurMap) {
	case MAP_HOME:
		if (id != 1) return 0;
		mother();
		return 1;
	case MAP_ROUTE_1:
		if (id != 1) return 0;
		sample();
		return 1;
	case MAP_LAB: return lab_text(id);
	case MAP_CENTRE:
		if (id != 1) return 0;
		script_nurse();
		return 1;
	default: return 0;
	}
}
