#pragma bank 0x35
/* What can keep a monster from moving, in the order of gen1 5.1. */
#include "battle.h"

static void interrupted(ram st)
{
	st[0] &= ~(ST1_BIDE | ST1_THRASH | ST1_CHARGING | ST1_TRAPPING);
}

static uint8_t sleeping(uint8_t side)
{
	ram mon = side_mon(side);
	uint8_t turns = mon[BM_STATUS] & SLP_MASK, rest;
	if (turns == 0)
		return 0;
	rest = mon[BM_STATUS] & 0xF8;
	turns--;
	mon[BM_STATUS] = rest | turns;
	user_name(side);
	if (turns)
		print_text(TXT_B_ASLEEP);
	else {
		print_text(TXT_B_WOKE);
		if (side)
			hud_enemy();
		else
			hud_player();
	}
	return 1;
}

static void count_disable(uint8_t side)
{
	ram st = side_status(side);
	uint8_t v = st[CNT_DISABLED];
	if (v == 0)
		return;
	v--;
	st[CNT_DISABLED] = v;
	if (v & 15)
		return;
	st[CNT_DISABLED] = 0;
	if (side)
		wEnemyDisabledMoveNumber = 0;
	else
		wPlayerDisabledMoveNumber = 0;
	user_name(side);
	print_text(TXT_B_DISABLED_NO_MORE);
}

/* 1: hit itself */
static uint8_t confused(uint8_t side)
{
	ram st = side_status(side), mon = side_mon(side);
	uint8_t roll;
	uint16_t hp, old, damage;
	if ((st[0] & ST1_CONFUSED) == 0)
		return 0;
	st[CNT_CONFUSED]--;
	user_name(side);
	if (st[CNT_CONFUSED] == 0) {
		st[0] &= ~ST1_CONFUSED;
		print_text(TXT_B_CONFUSED_NO_MORE);
		return 0;
	}
	print_text(TXT_B_IS_CONFUSED);
	roll = random8();
	if (roll < 128)
		return 0;
	st[0] &= ST1_CONFUSED;
	wCriticalHitOrOHKO = 0;
	self_hit_damage(side);
	print_text(TXT_B_HURT_ITSELF);
	hp = get16(mon + BM_HP);
	old = hp;
	damage = get16(wDamage);
	if (damage > hp) {
		damage = hp;
		put16(wDamage, damage);
	}
	hp -= damage;
	put16(mon + BM_HP, hp);
	hp_slide(side, old);
	return 1;
}

/* 0 cannot act, 1 acts, 2 goes on thrashing, 3 goes on trapping, 4 lets its stored energy go */
uint8_t can_act(uint8_t side) __banked
{
	uint8_t foe = side ^ 1, roll, selected, disabled;
	ram mon = side_mon(side), st = side_status(side), foe_st = side_status(foe);
	if (sleeping(side)) {
		selected = 0;
		goto lost;
	}
	user_name(side);
	if (mon[BM_STATUS] & FRZ) {
		print_text(TXT_B_FROZEN);
		goto lost;
	}
	if (foe_st[0] & ST1_TRAPPING) {
		print_text(TXT_B_HELD);
		goto lost;
	}
	if (st[0] & ST1_FLINCHED) {
		st[0] &= ~ST1_FLINCHED;
		print_text(TXT_B_FLINCHED);
		goto lost;
	}
	if (st[1] & ST2_RECHARGE) {
		st[1] &= ~ST2_RECHARGE;
		print_text(TXT_B_RECHARGE);
		goto lost;
	}
	count_disable(side);
	if (confused(side))
		goto lost;
	selected = wPlayerSelectedMove;
	disabled = wPlayerDisabledMoveNumber;
	if (side) {
		selected = wEnemySelectedMove;
		disabled = wEnemyDisabledMoveNumber;
	}
	user_name(side);
	if (disabled && selected == disabled) {
		st[0] &= ~ST1_CHARGING;
		print_text(TXT_B_IS_DISABLED);
		goto lost;
	}
	if (mon[BM_STATUS] & PAR) {
		roll = random8();
		if (roll < 63) {
			interrupted(st);
			print_text(TXT_B_PARALYZED);
			goto lost;
		}
	}
	if (st[0] & ST1_BIDE) {
		st[CNT_ATTACKS]--;
		if (st[CNT_ATTACKS] == 0)
			return 4;
		print_text(TXT_B_STORING);
		goto lost;
	}
	if (st[0] & ST1_THRASH) {
		st[CNT_ATTACKS]--;
		if (st[CNT_ATTACKS] == 0) {
			st[0] &= ~ST1_THRASH;
			st[0] |= ST1_CONFUSED;
			roll = random8();
			roll &= 3;
			roll += 2;
			st[CNT_CONFUSED] = roll;
		}
		return 2;
	}
	if (st[0] & ST1_TRAPPING) {
		st[CNT_ATTACKS]--;
		return 3;
	}
	return 1;
lost:
	return 0;
}

/* factor x10 of one attacking type on one defending type: the first row that matches */
uint8_t type_factor(uint8_t attack, uint8_t defend) __banked
{
	const uint8_t *p = TypeEffects;
	uint8_t a, d;
	for (;;) {
		a = peek_bank(0x0F, p);
		if (a == 0xFF)
			return 10;
		p++;
		d = peek_bank(0x0F, p);
		p++;
		if (a == attack && d == defend)
			return peek_bank(0x0F, p);
		p++;
	}
}
