#pragma bank 0x36
/* What damaging moves do besides (gen1 5.5-5.8). */
#include "battle.h"

/* the chance of a byte being below n */
static uint8_t chance(uint8_t n)
{
	uint8_t roll = random8();
	if (roll < n)
		return 1;
	return 0;
}

/* burn, freeze and paralysis as side effects never touch a target of the move's own type */
static void side_status_effect(uint8_t side, uint8_t odds, uint8_t status, uint16_t text)
{
	uint8_t foe = side ^ 1, type;
	ram mon = side_mon(foe), mv = side_move(side), st = side_status(foe);
	type = mv[MV_TYPE];
	if (st[1] & ST2_SUBSTITUTE)
		return;
	if (mon[BM_STATUS]) {
		if ((mon[BM_STATUS] & FRZ) && type == 0x14) {
			mon[BM_STATUS] = 0;
			refresh_hud(foe);
			user_name(foe);
			print_text(TXT_B_THAWED);
		}
		return;
	}
	if (status == PSN)
		type = 3;
	if (mon[BM_TYPE1] == type || mon[BM_TYPE1 + 1] == type)
		return;
	if (chance(odds))
		afflict(foe, status, text);
}

static void recoil(uint8_t side)
{
	ram mon = side_mon(side), mv = side_move(side);
	uint16_t part = get16(wDamage), hp = get16(mon + BM_HP), old = hp;
	part >>= 1;
	if (mv[MV_NUM] != MOVE_STRUGGLE)
		part >>= 1;
	if (part == 0)
		part = 1;
	if (part > hp)
		part = hp;
	put16(mon + BM_HP, hp - part);
	hp_slide(side, old);
	user_name(side);
	print_text(TXT_B_RECOIL);
}

static void drain(uint8_t side)
{
	uint16_t part = get16(wDamage);
	part >>= 1;
	if (part == 0)
		part = 1;
	put16(wDamage, part);
	heal_hp(side, part);
	user_name(side ^ 1);
	print_text(TXT_B_DRAINED);
}

void effect_after(uint8_t side) __banked
{
	uint8_t foe = side ^ 1, effect;
	ram mv = side_move(side), mon = side_mon(side), target = side_mon(foe), foe_st = side_status(foe);
	uint16_t hp;
	effect = mv[MV_EFFECT];
	if (effect == 3 || effect == 8)
		drain(side);
	if (effect == 48)
		recoil(side);
	if (effect == 7) {
		hp = get16(mon + BM_HP);
		put16(mon + BM_HP, 0);
		mon[BM_STATUS] = 0;
		hp_slide(side, hp);
	}
	if (get16(target + BM_HP) == 0)
		return;
	switch (effect) {
	case 2: side_status_effect(side, 52, PSN, TXT_B_POISONED); break;
	case 33: side_status_effect(side, 103, PSN, TXT_B_POISONED); break;
	case 77: side_status_effect(side, 52, PSN, TXT_B_POISONED); break;
	case 4: side_status_effect(side, 26, BRN, TXT_B_BURNED); break;
	case 34: side_status_effect(side, 77, BRN, TXT_B_BURNED); break;
	case 5: side_status_effect(side, 26, FRZ, TXT_B_FROZE); break;
	case 6: side_status_effect(side, 26, PAR, TXT_B_IS_PARALYZED); break;
	case 36: side_status_effect(side, 77, PAR, TXT_B_IS_PARALYZED); break;
	case 31:
		if ((foe_st[1] & ST2_SUBSTITUTE) == 0 && chance(26))
			foe_st[0] |= ST1_FLINCHED;
		break;
	case 37:
		if ((foe_st[1] & ST2_SUBSTITUTE) == 0 && chance(77))
			foe_st[0] |= ST1_FLINCHED;
		break;
	case 68: stat_down(side, 0, 1, 1); break;
	case 69: stat_down(side, 1, 1, 1); break;
	case 70: stat_down(side, 2, 1, 1); break;
	case 71: stat_down(side, 3, 1, 1); break;
	case 76:
		if ((foe_st[0] & ST1_CONFUSED) == 0 && chance(25))
			set_confused(foe);
		break;
	case 80: side_status(side)[1] |= ST2_RECHARGE; break;
	case 81: side_status(side)[1] |= ST2_RAGE; break;
	default: break;
	}
}
