/* USE and TOSS outside battle (gen1 4.5). */
#pragma bank 0x32
#include "text.h"
#include "texts.h"

#define MON_SIZE 44
#define ITEM_ANTIDOTE 0x0B
#define ITEM_PARLYZ_HEAL 0x0F
#define ITEM_SUPER_POTION 0x13
#define ITEM_POTION 0x14

static uint8_t use_or_toss(void)
{
	wTextBoxID = BOX_USE_TOSS;
	draw_box(13, 10, 5, 3);
	place_ascii(15, 11, MENU_BANK, "USE\nTOSS");
	wTopMenuItemX = 14;
	wTopMenuItemY = 11;
	wMaxMenuItem = 1;
	wMenuWatchedKeys = J_A | J_B;
	wMenuWatchMovingOutOfBounds = 0;
	wCurrentMenuItem = 0;
	wLastMenuItem = 0;
	hJoy7 = 0;
	if (handle_menu() & J_B) return 2;
	return wCurrentMenuItem;
}

static volatile uint8_t *target(uint8_t slot)
{
	uint16_t offset = slot;
	offset = offset * MON_SIZE;
	return wPartyMons + offset;
}

static uint8_t heal_hp(volatile uint8_t *mon, uint8_t amount)
{
	uint16_t hp = mon[1];
	uint16_t max = mon[0x22];
	hp = (hp << 8) | mon[2];
	max = (max << 8) | mon[0x23];
	if (hp == 0 || hp >= max) return 0;
	hp = hp + amount;
	if (hp > max) hp = max;
	mon[1] = hp >> 8;
	mon[2] = hp & 0xFF;
	return 1;
}

static uint8_t cure(volatile uint8_t *mon, uint8_t mask)
{
	if (!(mon[4] & mask)) return 0;
	mon[4] = 0;
	return 1;
}

/* The nickname of the party member -> wNameBuffer. */
static void nickname(uint8_t slot)
{
	uint8_t i;
	uint16_t offset = slot;
	offset = offset * 11;
	for (i = 0; i != 11; i++) {
		wNameBuffer[i] = wPartyMonNicks[offset];
		offset++;
	}
}

static const uint8_t cure_masks[5] = { 0x08, 0x10, 0x20, 0x07, 0x40 };

/* Effect of a medicine on a party member; 1 = it helped. */
uint8_t use_medicine(uint8_t item, uint8_t slot) __banked
{
	volatile uint8_t *mon = target(slot);
	uint8_t kind;
	if (item == ITEM_POTION) return heal_hp(mon, 20);
	if (item == ITEM_SUPER_POTION) return heal_hp(mon, 50);
	kind = item - ITEM_ANTIDOTE;
	if (kind < 5) return cure(mon, cure_masks[kind]);
	return 0;
}

static uint8_t is_medicine(uint8_t item)
{
	if (item == ITEM_POTION || item == ITEM_SUPER_POTION) return 1;
	if (item >= ITEM_ANTIDOTE && item <= ITEM_PARLYZ_HEAL) return 1;
	return 0;
}

static void use(uint8_t item, uint8_t index)
{
	uint8_t slot;
	if (!is_medicine(item)) {
		print_text(TXT_ITEM_NOT_NOW);
		return;
	}
	slot = party_menu(1);
	if (slot == 0xFF) return;
	if (!use_medicine(item, slot)) {
		print_text(TXT_ITEM_NO_EFFECT);
		return;
	}
	bag_remove(index, 1);
	nickname(slot);
	print_text(TXT_ITEM_HEALED);
}

static void toss(uint8_t item, uint8_t index)
{
	if (item_is_key(item)) {
		print_text(TXT_TOSS_TOO_IMPORTANT);
		return;
	}
	print_text(TXT_TOSS_ASK);
	if (yes_no() != 1) return;
	bag_remove(index, 1);
	item_name(item);
	print_text(TXT_TOSSED);
}

/* The ITEM entry of the start menu. */
void items_screen(void)
{
	uint8_t item, index, choice;
	for (;;) {
		item = bag_menu();
		if (item == 0) return;
		index = wWhichPokemon;
		choice = use_or_toss();
		if (choice == 0) {
			use(item, index);
			wUpdateSpritesEnabled = 1;
			redraw_overworld();
			text_open();
		} else if (choice == 1) toss(item, index);
		load_map_view();
	}
}
