/* Texts of the overworld: opening and closing the box, whole texts, the texts of a map (gen1 2.7, 2.12, 4.1). */
#pragma bank 0x32
#include "text.h"

void text_open(void) __banked
{
	wFontLoaded = wFontLoaded | FONT_LOADED;
	refresh_sprites();
	hAutoBGTransferEnabled = 1;
	delay_frames(3);
	hWY = 0;
}

void text_close(void) __banked
{
	hWY = 0x90;
	wait_vblank();
	hAutoBGTransferEnabled = 0;
	load_map_view();
	wFontLoaded = wFontLoaded & 0xFE;
	refresh_sprites();
	wCheckFor180DegreeTurn = 0;
	hJoyHeld = 0;
	hJoyPressed = 0;
}

void say_in_box(uint16_t txt) __banked
{
	print_text(txt);
	buttons(0);
}

void say(uint16_t txt) __banked
{
	uint8_t ignored = wJoyIgnore;
	wJoyIgnore = ignored & 0xFC;
	message_box();
	text_open();
	print_text(txt);
	buttons(0);
	hold_text_open();
	text_close();
	wJoyIgnore = ignored;
}

/* The stream of a map's text id; a script byte runs a routine instead (gen1 2.12). */
static void map_text(uint8_t id)
{
	uint8_t bank, first;
	uint16_t table;
	const uint8_t *s;
	bank = peek_bank(3, (const uint8_t *)0x423D + wCurMap);
	table = wCurMapTextPtr[1];
	table = table << 8;
	table = table | wCurMapTextPtr[0];
	id--;
	table = table + id;
	table = table + id;
	s = (const uint8_t *)peek_bank16(bank, (const uint8_t *)table);
	first = peek_bank(bank, s);
	if (first == 0xFF) script_nurse();
	else if (first == 0xFE) script_clerk();
	else print_stream(bank, s);
}

void display_text_id(uint8_t id) __banked
{
	uint8_t slot = 0, text, facing;
	uint8_t ignored = wJoyIgnore;
	volatile uint8_t *sprite = wSpriteStateData1;
	uint16_t offset;
	hTextID = id;
	if (id == 0) {
		start_menu();
		return;
	}
	wJoyIgnore = ignored & 0xFC;
	text = id;
	if (id <= wNumSprites) {
		slot = id;
		text = wMapSpriteData[(uint8_t)(id - 1) * 2 + 1];
		text = text & 0x3F;
		offset = slot;
		offset = offset << 4;
		sprite = wSpriteStateData1 + offset;
		facing = sprite[9];
		wSpriteStateData2[offset + 9] = facing;
		if (!(wStatusFlags3 & 0x20)) {
			facing = wSpritePlayerStateData1FacingDirection;
			facing = facing ^ 4;
			sprite_face(slot, facing);
		}
	}
	if (!(wAutoTextBoxDrawingControl & 1)) message_box();
	text_open();
	wDoNotWaitForButtonPressAfterDisplayingText = 0;
	if (!script_text(text)) map_text(text);
	if (!wDoNotWaitForButtonPressAfterDisplayingText) buttons(0);
	hold_text_open();
	if (slot != 0) {
		offset = slot;
		offset = offset << 4;
		facing = wSpriteStateData2[offset + 9];
		sprite_face(slot, facing);
	}
	text_close();
	if (ignored) wJoyIgnore = ignored;
}
