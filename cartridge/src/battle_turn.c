#pragma bank 0x35
/* One side's move from the first check to its side effects, and the damage between turns (gen1 5.1). */
#include "battle.h"

static const uint8_t foe_word[] = {0x85, 0xAE, 0xA4, 0x7F};

void user_name(uint8_t side) __banked
{
	uint8_t i;
	if (side == 0) {
		copy_ram(wBattleMonNick, wNameBuffer, 11);
		return;
	}
	for (i = 0; i != 4; i++)
		wNameBuffer[i] = foe_word[i];
	copy_ram(wEnemyMonNick, wNameBuffer + 4, 11);
}

void load_move(uint8_t side, uint8_t move) __banked
{
	uint16_t offset = move;
	offset--;
	offset *= 6;
	copy_bank(BANK_Moves, Moves + offset, (void *)side_move(side), 6);
	*side_move(side) = move;
}

static void spend_pp(void)
{
	ram mon = party_mon(wPlayerMonNumber);
	ram st = side_status(0);
	uint8_t i = wPlayerMoveListIndex;
	if (wPlayerSelectedMove == MOVE_STRUGGLE)
		return;
	if ((st[0] & (ST1_BIDE | ST1_THRASH | ST1_MULTI_HIT)) || (st[1] & ST2_RAGE))
		return;
	if ((wBattleMon[BM_PP + i] & 0x3F) == 0)
		return;
	wBattleMon[BM_PP + i]--;
	mon[MON_PP + i]--;
}

/* wDamage to the foe's substitute or HP; wDamage is cut to what was left */
void damage_target(uint8_t side) __banked
{
	uint8_t foe = side ^ 1;
	ram mon = side_mon(foe), st = side_status(foe);
	ram doll = &wPlayerSubstituteHP;
	uint16_t hp, old, damage = get16(wDamage);
	if (foe)
		doll = &wEnemySubstituteHP;
	if (damage == 0)
		return;
	if (st[1] & ST2_SUBSTITUTE) {
		user_name(foe);
		if (damage >= *doll) {
			*doll = 0;
			st[1] &= ~ST2_SUBSTITUTE;
			print_text(TXT_B_DOLL_BROKE);
		} else {
			hp = *doll;
			hp -= damage;
			*doll = (uint8_t)hp;
			print_text(TXT_B_DOLL_TOOK);
		}
		return;
	}
	hp = get16(mon + BM_HP);
	old = hp;
	if (damage > hp) {
		damage = hp;
		put16(wDamage, damage);
	}
	hp -= damage;
	put16(mon + BM_HP, hp);
	if (st[0] & ST1_BIDE) {
		ram bide = wPlayerBideAccumulatedDamage;
		if (foe)
			bide = wEnemyBideAccumulatedDamage;
		put16(bide, get16(bide) + damage);
	}
	hp_slide(foe, old);
	if ((st[1] & ST2_RAGE) && hp)
		stat_up(foe, MOD_ATTACK, 1);
}

static void failure_text(uint8_t side)
{
	uint8_t foe = side ^ 1, factor = wDamageMultipliers & 0x7F;
	if (factor == 0) {
		user_name(foe);
		print_text(TXT_B_NO_EFFECT);
		return;
	}
	user_name(side);
	print_text(TXT_B_MISSED);
}

static void result_text(void)
{
	uint8_t factor = wDamageMultipliers & 0x7F;
	if (wCriticalHitOrOHKO == 1)
		print_text(TXT_B_CRITICAL);
	if (wCriticalHitOrOHKO == 2)
		print_text(TXT_B_OHKO);
	if (factor > 10)
		print_text(TXT_B_SUPER);
	if (factor < 10)
		print_text(TXT_B_NOT_VERY);
}

/* damage that does not come from the formula; 0: not such a move */
static uint8_t fixed_damage(uint8_t side)
{
	uint8_t foe = side ^ 1, level, roll;
	ram mv = side_move(side), user = side_mon(side), target = side_mon(foe);
	uint16_t value, limit;
	level = user[BM_LEVEL];
	if (mv[MV_EFFECT] == 40) {
		value = get16(target + BM_HP);
		value >>= 1;
		if (value == 0)
			value = 1;
	} else if (mv[MV_EFFECT] == 41) {
		if (mv[MV_NUM] == 49)
			value = 20;
		else if (mv[MV_NUM] == 82)
			value = 40;
		else if (mv[MV_NUM] == 149) {
			limit = level;
			limit += level >> 1;
			if (limit < 2)
				limit = 2;
			do
				roll = random8();
			while (roll >= limit || (roll == 0 && side == 0));
			value = roll;
		} else
			value = level;
	} else if (mv[MV_EFFECT] == 38) {
		value = 0;
		limit = get16(user + BM_SPEED);
		wCriticalHitOrOHKO = 0xFF;
		if (limit >= get16(target + BM_SPEED)) {
			value = 0xFFFF;
			wCriticalHitOrOHKO = 2;
		}
	} else if (mv[MV_NUM] == MOVE_COUNTER) {
		value = get16(wDamage);
		value += value;
		/* answers only a damaging NORMAL or FIGHTING move */
		if (side_move(foe)[MV_POWER] == 0 || side_move(foe)[MV_TYPE] > 1 || value == 0) {
			value = 0;
			wMoveMissed = 1;
		}
	} else
		return 0;
	put16(wDamage, value);
	if (value == 0)
		wMoveMissed = 1;
	return 1;
}

static uint8_t hit_count(uint8_t effect)
{
	uint8_t n;
	if (effect == 44 || effect == 77)
		return 2;
	if (effect != 29)
		return 1;
	n = random8();
	n &= 3;
	if (n > 1) {
		n = random8();
		n &= 3;
	}
	n += 2;
	return n;
}

static void strike(uint8_t side)
{
	uint8_t foe = side ^ 1, n, done, effect;
	ram mv = side_move(side), target = side_mon(foe);
	uint16_t damage;
	effect = mv[MV_EFFECT];
	n = hit_count(effect);
	damage = get16(wDamage);
	done = 0;
	while (n) {
		put16(wDamage, damage);
		damage_target(side);
		result_text();
		done++;
		n--;
		if (get16(target + BM_HP) == 0)
			break;
	}
	if (done > 1) {
		wStringBuffer[0] = done;
		print_text(TXT_B_HITS);
	}
	effect_after(side);
}

/* the part from the damage on; also where thrashing goes on */
static void attack(uint8_t side)
{
	ram mv = side_move(side);
	uint8_t effect = mv[MV_EFFECT];
	wCriticalHitOrOHKO = 0;
	if (!fixed_damage(side)) {
		critical_test(side);
		if (compute_damage(side)) {
			apply_types(side);
			randomize_damage();
		} else {
			print_text(TXT_B_NOTHING);
			return;
		}
	}
	hit_test(side);
	if (wMoveMissed == 0) {
		strike(side);
		return;
	}
	failure_text(side);
	if (effect == 7)
		effect_after(side);
	if (effect == 45) {
		uint16_t hp = get16(side_mon(side) + BM_HP), old = hp;
		user_name(side);
		print_text(TXT_B_CRASHED);
		hp--;
		put16(side_mon(side) + BM_HP, hp);
		hp_slide(side, old);
	}
}

static void release_energy(uint8_t side)
{
	ram st = side_status(side), bide = wPlayerBideAccumulatedDamage;
	uint16_t value;
	if (side)
		bide = wEnemyBideAccumulatedDamage;
	st[0] &= ~ST1_BIDE;
	user_name(side);
	print_text(TXT_B_RELEASED);
	value = get16(bide);
	value += value;
	put16(bide, 0);
	put16(wDamage, value);
	wCriticalHitOrOHKO = 0;
	if (value == 0) {
		wMoveMissed = 1;
		failure_text(side);
		return;
	}
	damage_target(side);
}

/* first turn of a charging move: 1 */
static uint8_t charge(uint8_t side)
{
	ram mv = side_move(side), st = side_status(side);
	if (st[0] & ST1_CHARGING) {
		st[0] &= ~(ST1_CHARGING | ST1_INVULNERABLE);
		return 0;
	}
	if (mv[MV_EFFECT] != 39 && mv[MV_EFFECT] != 43)
		return 0;
	st[0] |= ST1_CHARGING;
	if (mv[MV_EFFECT] == 43 || mv[MV_NUM] == 91)
		st[0] |= ST1_INVULNERABLE;
	user_name(side);
	print_text(TXT_B_CHARGES);
	return 1;
}

/* the foe's last move instead; 0: it has none */
static uint8_t mirror(uint8_t side)
{
	uint8_t move = wEnemyUsedMove;
	if (side)
		move = wPlayerUsedMove;
	if (move == 0 || move == MOVE_MIRROR)
		return 0;
	load_move(side, move);
	user_name(side);
	move_name(move);
	message(TXT_B_USED);
	return 1;
}

void take_turn(uint8_t side) __banked
{
	uint8_t selected, mode;
	selected = wPlayerSelectedMove;
	if (side)
		selected = wEnemySelectedMove;
	hWhoseTurn = side;
	if (selected == MOVE_NONE)
		return;
	if (side == 0 && wActionResultOrTookBattleTurn)
		return;
	wMoveMissed = 0;
	wDamageMultipliers = 10;
	mode = can_act(side);
	if (mode == 0)
		return;
	if (mode == 4) {
		release_energy(side);
		return;
	}
	if (selected == 0)
		return;
	load_move(side, selected);
	if (mode == 3) {
		user_name(side);
		message(TXT_B_CONTINUES);
		damage_target(side);
		return;
	}
	if (mode == 1 && charge(side))
		return;
	user_name(side);
	move_name(selected);
	message(TXT_B_USED);
	if (side == 0 && mode == 1)
		spend_pp();
	if (side)
		wEnemyUsedMove = selected;
	else
		wPlayerUsedMove = selected;
	if (side_move(side)[MV_EFFECT] == EFFECT_MIRROR && !mirror(side)) {
		wMoveMissed = 1;
		print_text(TXT_B_NOTHING);
		return;
	}
	if (mode == 1 && effect_before(side))
		return;
	attack(side);
}

static void lose_hp(uint8_t side, uint16_t amount)
{
	ram mon = side_mon(side);
	uint16_t hp = get16(mon + BM_HP), old = hp;
	if (amount > hp)
		amount = hp;
	hp -= amount;
	put16(mon + BM_HP, hp);
	hp_slide(side, old);
}

static uint16_t sixteenth(uint8_t side)
{
	ram mon = side_mon(side), st = side_status(side);
	uint16_t part = get16(mon + BM_MAXHP);
	part >>= 4;
	if (part == 0)
		part = 1;
	if (st[2] & ST3_TOXIC) {
		st[CNT_TOXIC]++;
		part *= st[CNT_TOXIC];
	}
	return part;
}

void residual_damage(uint8_t side) __banked
{
	uint8_t foe = side ^ 1;
	ram mon = side_mon(side), other = side_mon(foe), st = side_status(side);
	uint16_t part, hp, max, old;
	if (mon[BM_STATUS] & (PSN | BRN)) {
		user_name(side);
		if (mon[BM_STATUS] & BRN)
			print_text(TXT_B_HURT_BURN);
		else
			print_text(TXT_B_HURT_POISON);
		part = sixteenth(side);
		lose_hp(side, part);
	}
	if ((st[1] & ST2_SEEDED) && get16(mon + BM_HP)) {
		part = sixteenth(side);
		hp = get16(mon + BM_HP);
		if (part > hp)
			part = hp;
		lose_hp(side, part);
		hp = get16(other + BM_HP);
		max = get16(other + BM_MAXHP);
		old = hp;
		hp += part;
		if (hp > max)
			hp = max;
		put16(other + BM_HP, hp);
		hp_slide(foe, old);
		user_name(side);
		print_text(TXT_B_SAPPED);
	}
}
