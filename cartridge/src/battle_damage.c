#pragma bank 0x35
/* Critical hits, damage, types, the random factor and accuracy (gen1 5.3, 5.4, 5.5). */
#include "battle.h"

static uint8_t high_critical(uint8_t move)
{
	const uint8_t *p = HighCriticalMoves;
	uint8_t m;
	for (;;) {
		m = peek_bank(0x0F, p);
		p++;
		if (m == 0xFF)
			return 0;
		if (m == move)
			return 1;
	}
}

void critical_test(uint8_t side) __banked
{
	ram mv = side_move(side), st = side_status(side), mon = side_mon(side);
	uint16_t t;
	uint8_t roll;
	wCriticalHitOrOHKO = 0;
	if (mv[MV_POWER] == 0)
		return;
	mon_header(mon[0]);
	t = wMonHeader[HEAD_SPEED];
	t >>= 1;
	if (high_critical(mv[MV_NUM]))
		t <<= 3;
	if (st[1] & ST2_FOCUS_ENERGY)
		t >>= 2;
	if (t > 255)
		t = 255;
	roll = random8();
	if (roll < t)
		wCriticalHitOrOHKO = 1;
}

/* floor(floor((2L/5 + 2) P A / D) / 50), capped at 997, plus 2 */
static void formula(uint8_t level, uint8_t power, uint16_t attack, uint16_t defense)
{
	uint32_t value;
	uint16_t part, doubled = level;
	if (attack > 255 || defense > 255) {
		attack >>= 2;
		defense >>= 2;
		attack &= 0xFF;
		defense &= 0xFF;
		if (attack == 0)
			attack = 1;
	}
	if (defense == 0)
		defense = 1;
	doubled += doubled;
	doubled /= 5;
	doubled += 2;
	value = doubled;
	value *= power;
	value *= attack;
	value /= defense;
	value /= 50;
	if (value > 997)
		value = 997;
	part = (uint16_t)value;
	part += 2;
	put16(wDamage, part);
}

uint8_t compute_damage(uint8_t side) __banked
{
	uint8_t foe = side ^ 1, level, type, special, party, stat;
	ram mv = side_move(side), user = side_mon(side), target = side_mon(foe), foe_status = side_status(foe);
	ram plain;
	uint16_t attack, defense;
	wDamage[0] = 0;
	wDamage[1] = 0;
	if (mv[MV_POWER] == 0)
		return 0;
	type = mv[MV_TYPE];
	special = 0;
	if (type >= 0x14)
		special = 1;
	level = user[BM_LEVEL];
	stat = BM_STATS;
	if (special)
		stat = BM_SPECIAL;
	attack = get16(user + stat);
	stat = BM_STATS + 2;
	if (special)
		stat = BM_SPECIAL;
	defense = get16(target + stat);
	if (special) {
		if (foe_status[2] & ST3_LIGHT_SCREEN)
			defense += defense;
	} else {
		if (foe_status[2] & ST3_REFLECT)
			defense += defense;
	}
	if (wCriticalHitOrOHKO == 1) {
		level += level;
		party = 3;
		if (special)
			party = 9;
		plain = side_unmodified(side);
		attack = get16(plain + party);
		party = 5;
		if (special)
			party = 9;
		plain = side_unmodified(foe);
		defense = get16(plain + party);
	}
	if (mv[MV_EFFECT] == 7) {
		defense >>= 1;
		if (defense == 0)
			defense = 1;
	}
	formula(level, mv[MV_POWER], attack, defense);
	return 1;
}

/* confusion: 40 power against the own Defense */
void self_hit_damage(uint8_t side) __banked
{
	ram user = side_mon(side);
	uint16_t attack = get16(user + BM_STATS), defense = get16(user + BM_STATS + 2);
	formula(user[BM_LEVEL], 40, attack, defense);
}

static void scale_damage(uint8_t times, uint8_t divisor)
{
	uint16_t value = get16(wDamage);
	value *= times;
	value /= divisor;
	put16(wDamage, value);
}

void apply_types(uint8_t side) __banked
{
	uint8_t foe = side ^ 1, type, a, d, m, stab;
	ram mv = side_move(side), user = side_mon(side), target = side_mon(foe);
	const uint8_t *p = TypeEffects;
	uint16_t value;
	type = mv[MV_TYPE];
	stab = 0;
	wDamageMultipliers = 10;
	if (user[BM_TYPE1] == type || user[BM_TYPE1 + 1] == type) {
		stab = 0x80;
		wDamageMultipliers = 10 | 0x80;
		value = get16(wDamage);
		value += value >> 1;
		put16(wDamage, value);
	}
	for (;;) {
		a = peek_bank(0x0F, p);
		if (a == 0xFF)
			return;
		p++;
		d = peek_bank(0x0F, p);
		p++;
		m = peek_bank(0x0F, p);
		p++;
		if (a != type)
			continue;
		if (d != target[BM_TYPE1] && d != target[BM_TYPE1 + 1])
			continue;
		wDamageMultipliers = stab | m;
		scale_damage(m, 10);
		if (get16(wDamage) == 0)
			wMoveMissed = 1;
	}
}

void randomize_damage(void) __banked
{
	uint8_t roll;
	uint32_t value;
	uint16_t part = get16(wDamage);
	if (part < 2)
		return;
	do
		roll = random8();
	while (roll < 217);
	value = part;
	value *= roll;
	value /= 255;
	part = (uint16_t)value;
	put16(wDamage, part);
}

static uint16_t ratio(uint16_t value, uint8_t stage)
{
	uint8_t n, d, index = stage - 1;
	uint16_t offset = index;
	offset += offset;
	n = peek_bank(BANK_StatModifierRatios, StatModifierRatios + offset);
	d = peek_bank(BANK_StatModifierRatios, StatModifierRatios + offset + 1);
	value *= n;
	value /= d;
	if (value == 0)
		value = 1;
	return value;
}

static void miss(uint8_t side)
{
	ram st = side_status(side);
	wDamage[0] = 0;
	wDamage[1] = 0;
	wMoveMissed = 1;
	st[0] &= ~ST1_TRAPPING;
}

void hit_test(uint8_t side) __banked
{
	uint8_t foe = side ^ 1, effect, stage, roll, sleeping;
	ram mv = side_move(side), target = side_mon(foe), st = side_status(side), foe_st = side_status(foe);
	ram mods = side_mods(side), foe_mods = side_mods(foe);
	uint16_t acc;
	effect = mv[MV_EFFECT];
	sleeping = target[BM_STATUS] & SLP_MASK;
	if (effect == 8 && sleeping == 0) {
		miss(side);
		return;
	}
	if (effect == 17)
		return;
	if ((effect == 3 || effect == 8) && (foe_st[1] & ST2_SUBSTITUTE)) {
		miss(side);
		return;
	}
	if (foe_st[0] & ST1_INVULNERABLE) {
		miss(side);
		return;
	}
	if (foe_st[1] & ST2_MIST)
		if ((effect >= 18 && effect < 26) || (effect >= 58 && effect < 66)) {
			miss(side);
			return;
		}
	if (st[1] & ST2_X_ACCURACY)
		return;
	acc = mv[MV_ACC];
	acc = ratio(acc, mods[MOD_ACCURACY]);
	if (acc > 255)
		acc = 255;
	stage = 14 - foe_mods[MOD_EVASION];
	acc = ratio(acc, stage);
	if (acc > 255)
		acc = 255;
	roll = random8();
	if (roll >= acc)
		miss(side);
}
