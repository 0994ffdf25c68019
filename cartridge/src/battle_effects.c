#pragma bank 0x36
/* Moves without damage, by effect number (gen1 5.5-5.8). */
#include "battle.h"

static uint8_t statused(uint8_t side)
{
	ram mon = side_mon(side);
	return mon[BM_STATUS];
}

void refresh_hud(uint8_t side)
{
	if (side)
		hud_enemy();
	else
		hud_player();
}

static void missed(uint8_t side)
{
	wMoveMissed = 1;
	user_name(side);
	print_text(TXT_B_MISSED);
}

/* primary moves on the foe: 0 when the move fails */
static uint8_t lands(uint8_t side)
{
	uint8_t foe = side ^ 1;
	ram st = side_status(foe);
	if ((st[1] & ST2_SUBSTITUTE) == 0) {
		hit_test(side);
		if (wMoveMissed == 0)
			return 1;
	}
	missed(side);
	return 0;
}

void afflict(uint8_t foe, uint8_t status, uint16_t text)
{
	ram mon = side_mon(foe);
	mon[BM_STATUS] = status;
	if (status & (BRN | PAR))
		status_penalties(foe);
	refresh_hud(foe);
	user_name(foe);
	print_text(text);
}

static void do_sleep(uint8_t side)
{
	uint8_t foe = side ^ 1, turns;
	ram st = side_status(foe);
	if ((st[1] & ST2_RECHARGE) == 0) {
		if (statused(foe)) {
			user_name(foe);
			print_text(TXT_B_UNAFFECTED);
			return;
		}
		if (!lands(side))
			return;
	}
	st[1] &= ~ST2_RECHARGE;
	do {
		turns = random8();
		turns &= SLP_MASK;
	} while (turns == 0);
	afflict(foe, turns, TXT_B_FELL_ASLEEP);
}

static void do_poison(uint8_t side)
{
	uint8_t foe = side ^ 1;
	ram mon = side_mon(foe), st = side_status(foe), mv = side_move(side);
	if (mon[BM_STATUS] || mon[BM_TYPE1] == 3 || mon[BM_TYPE1 + 1] == 3 || (st[1] & ST2_SUBSTITUTE)) {
		user_name(foe);
		print_text(TXT_B_UNAFFECTED);
		return;
	}
	if (!lands(side))
		return;
	if (mv[MV_NUM] == 92) {
		st[2] |= ST3_TOXIC;
		st[CNT_TOXIC] = 0;
		afflict(foe, PSN, TXT_B_BADLY_POISONED);
	} else
		afflict(foe, PSN, TXT_B_POISONED);
}

static void do_paralyze(uint8_t side)
{
	uint8_t foe = side ^ 1;
	ram mon = side_mon(foe), mv = side_move(side);
	if (mon[BM_STATUS]) {
		user_name(foe);
		print_text(TXT_B_UNAFFECTED);
		return;
	}
	if (mv[MV_TYPE] == 0x17 && (mon[BM_TYPE1] == 4 || mon[BM_TYPE1 + 1] == 4)) {
		wDamageMultipliers = 0;
		user_name(foe);
		print_text(TXT_B_NO_EFFECT);
		return;
	}
	if (lands(side))
		afflict(foe, PAR, TXT_B_IS_PARALYZED);
}

void set_confused(uint8_t foe)
{
	ram st = side_status(foe);
	uint8_t turns = random8();
	turns &= 3;
	turns += 2;
	st[0] |= ST1_CONFUSED;
	st[CNT_CONFUSED] = turns;
	user_name(foe);
	print_text(TXT_B_BECAME_CONFUSED);
}

static void do_confuse(uint8_t side)
{
	uint8_t foe = side ^ 1;
	ram st = side_status(foe);
	if (!lands(side))
		return;
	if (st[0] & ST1_CONFUSED) {
		missed(side);
		return;
	}
	set_confused(foe);
}

static void do_seed(uint8_t side)
{
	uint8_t foe = side ^ 1;
	ram mon = side_mon(foe), st = side_status(foe);
	hit_test(side);
	if (wMoveMissed || mon[BM_TYPE1] == 0x16 || mon[BM_TYPE1 + 1] == 0x16 || (st[1] & ST2_SEEDED)) {
		missed(side);
		return;
	}
	st[1] |= ST2_SEEDED;
	user_name(foe);
	print_text(TXT_B_SEEDED);
}

void heal_hp(uint8_t side, uint16_t amount)
{
	ram mon = side_mon(side);
	uint16_t hp = get16(mon + BM_HP), old = hp, max = get16(mon + BM_MAXHP);
	hp += amount;
	if (hp > max)
		hp = max;
	put16(mon + BM_HP, hp);
	hp_slide(side, old);
}

static void do_heal(uint8_t side)
{
	ram mon = side_mon(side), mv = side_move(side);
	uint16_t max = get16(mon + BM_MAXHP);
	if (get16(mon + BM_HP) == max) {
		print_text(TXT_B_NOTHING);
		return;
	}
	if (mv[MV_NUM] == 156) {
		mon[BM_STATUS] = 2;
		heal_hp(side, max);
		refresh_hud(side);
	} else {
		max >>= 1;
		heal_hp(side, max);
	}
	user_name(side);
	print_text(TXT_B_REGAINED);
}

static void do_substitute(uint8_t side)
{
	ram mon = side_mon(side), st = side_status(side), doll = &wPlayerSubstituteHP;
	uint16_t cost = get16(mon + BM_MAXHP), hp = get16(mon + BM_HP);
	if (side)
		doll = &wEnemySubstituteHP;
	cost >>= 2;
	if ((st[1] & ST2_SUBSTITUTE) || hp < cost) {
		print_text(TXT_B_NOTHING);
		return;
	}
	put16(mon + BM_HP, hp - cost);
	*doll = (uint8_t)cost;
	st[1] |= ST2_SUBSTITUTE;
	hp_slide(side, hp);
	user_name(side);
	print_text(TXT_B_MADE_DOLL);
}

static void do_disable(uint8_t side)
{
	uint8_t foe = side ^ 1, index, turns;
	ram mon = side_mon(foe), st = side_status(foe);
	hit_test(side);
	if (wMoveMissed || st[CNT_DISABLED]) {
		missed(side);
		return;
	}
	do {
		index = random8();
		index &= 3;
	} while (mon[BM_MOVES + index] == 0);
	turns = random8();
	turns &= 7;
	turns++;
	st[CNT_DISABLED] = turns;
	turns = index + 1;
	turns <<= 4;
	st[CNT_DISABLED] |= turns;
	turns = mon[BM_MOVES + index];
	if (foe)
		wEnemyDisabledMoveNumber = turns;
	else
		wPlayerDisabledMoveNumber = turns;
	user_name(foe);
	move_name(turns);
	print_text(TXT_B_WAS_DISABLED);
}

static void do_haze(void)
{
	uint8_t i;
	ram st;
	for (i = 0; i != 8; i++) {
		wPlayerMonStatMods[i] = 7;
		wEnemyMonStatMods[i] = 7;
	}
	stat_refresh(0);
	stat_refresh(1);
	for (i = 0; i != 2; i++) {
		st = side_status(i);
		st[0] &= ~ST1_CONFUSED;
		st[1] &= ~(ST2_X_ACCURACY | ST2_MIST | ST2_FOCUS_ENERGY | ST2_SEEDED);
		st[2] &= ~(ST3_TOXIC | ST3_LIGHT_SCREEN | ST3_REFLECT);
		st[CNT_DISABLED] = 0;
	}
	wPlayerDisabledMoveNumber = 0;
	wEnemyDisabledMoveNumber = 0;
	i = hWhoseTurn ^ 1;
	side_mon(i)[BM_STATUS] = 0;
	print_text(TXT_B_HAZE);
}

/* leaving a wild battle: Roar, Whirlwind, Teleport */
static void do_escape(uint8_t side)
{
	uint8_t foe = side ^ 1, roll, limit;
	ram user = side_mon(side), target = side_mon(foe);
	if (wIsInBattle != 1) {
		print_text(TXT_B_NOTHING);
		return;
	}
	if (user[BM_LEVEL] < target[BM_LEVEL]) {
		limit = user[BM_LEVEL] + target[BM_LEVEL];
		limit++;
		do
			roll = random8();
		while (roll >= limit);
		if (roll < target[BM_LEVEL] >> 2) {
			print_text(TXT_B_NOTHING);
			return;
		}
	}
	wEscapedFromBattle = 1;
	wBattleResult = 2;
	user_name(side);
	print_text(TXT_B_FLED);
}

static void flag_effect(uint8_t side, uint8_t index, uint8_t bit, uint16_t text)
{
	ram st = side_status(side);
	if (st[index] & bit) {
		print_text(TXT_B_NOTHING);
		return;
	}
	st[index] |= bit;
	user_name(side);
	print_text(text);
}

static void do_bide(uint8_t side)
{
	ram st = side_status(side), bide = wPlayerBideAccumulatedDamage;
	uint8_t turns = random8();
	if (side)
		bide = wEnemyBideAccumulatedDamage;
	turns &= 1;
	turns += 2;
	put16(bide, 0);
	st[0] |= ST1_BIDE;
	st[CNT_ATTACKS] = turns;
	user_name(side);
	print_text(TXT_B_STORING);
}

static void do_conversion(uint8_t side)
{
	uint8_t foe = side ^ 1;
	ram user = side_mon(side), target = side_mon(foe);
	user[BM_TYPE1] = target[BM_TYPE1];
	user[BM_TYPE1 + 1] = target[BM_TYPE1 + 1];
	user_name(side);
	print_text(TXT_B_CONVERTED);
}

/* moves without damage; 0: go on to the damage */
uint8_t effect_before(uint8_t side) __banked
{
	ram mv = side_move(side), st = side_status(side);
	uint8_t effect = mv[MV_EFFECT];
	if (effect >= 10 && effect < 16) {
		stat_up(side, effect - 10, 1);
		return 1;
	}
	if (effect >= 50 && effect < 56) {
		stat_up(side, effect - 50, 2);
		return 1;
	}
	if (effect >= 18 && effect < 24) {
		stat_down(side, effect - 18, 1, 0);
		return 1;
	}
	if (effect >= 58 && effect < 64) {
		stat_down(side, effect - 58, 2, 0);
		return 1;
	}
	switch (effect) {
	case 24: do_conversion(side); return 1;
	case 25: do_haze(); return 1;
	case 26: do_bide(side); return 1;
	case 28: do_escape(side); return 1;
	case 32: do_sleep(side); return 1;
	case 46: flag_effect(side, 1, ST2_MIST, TXT_B_MIST); return 1;
	case 47: flag_effect(side, 1, ST2_FOCUS_ENERGY, TXT_B_PUMPED); return 1;
	case 49: do_confuse(side); return 1;
	case 56: do_heal(side); return 1;
	case 64: flag_effect(side, 2, ST3_LIGHT_SCREEN, TXT_B_SCREEN); return 1;
	case 65: flag_effect(side, 2, ST3_REFLECT, TXT_B_SCREEN); return 1;
	case 66: do_poison(side); return 1;
	case 67: do_paralyze(side); return 1;
	case 79: do_substitute(side); return 1;
	case 84: do_seed(side); return 1;
	case 85: print_text(TXT_B_SPLASH); return 1;
	case 86: do_disable(side); return 1;
	default: break;
	}
	if (effect == 27 && (st[0] & ST1_THRASH) == 0) {
		st[0] |= ST1_THRASH;
		effect = random8();
		effect &= 1;
		effect += 2;
		st[CNT_ATTACKS] = effect;
	} else if (effect == 42 && (st[0] & ST1_TRAPPING) == 0) {
		st[0] |= ST1_TRAPPING;
		effect = random8();
		effect &= 3;
		if (effect > 1) {
			effect = random8();
			effect &= 3;
		}
		effect++;
		st[CNT_ATTACKS] = effect;
	}
	return 0;
}
