#pragma bank 0x37
/* Species tables, party structs and stats (gen1 2.4, 5.2). */
#include "battle.h"

void mon_header(uint8_t species) __banked
{
	uint8_t dex, index = species - 1;
	uint16_t offset;
	dex = peek_bank(BANK_PokedexOrder, PokedexOrder + index);
	if (dex == 151) {
		copy_bank(BANK_MewBaseStats, MewBaseStats, (void *)wMonHeader, 28);
	} else {
		offset = dex;
		offset--;
		offset *= 28;
		copy_bank(BANK_BaseStats, BaseStats + offset, (void *)wMonHeader, 28);
	}
	wMonHeader[0] = species;
}

/* an entry of a table of @-separated names, read in pieces because every far read costs a call */
static void list_name(uint8_t bank, const uint8_t *list, uint8_t index, ram dst)
{
	uint8_t piece[32], i, c, length = 0;
	for (;;) {
		copy_bank(bank, list, piece, 32);
		list += 32;
		for (i = 0; i != 32; i++) {
			c = piece[i];
			if (index) {
				if (c == 0x50)
					index--;
				continue;
			}
			if (c == 0x50 || length == 13) {
				*dst = 0x50;
				return;
			}
			*dst++ = c;
			length++;
		}
	}
}

void mon_name(uint8_t species) __banked
{
	uint16_t offset = species;
	uint8_t i;
	offset--;
	offset *= 10;
	copy_bank(BANK_MonsterNames, MonsterNames + offset, (void *)wNameBuffer, 10);
	wNameBuffer[10] = 0x50;
	for (i = 0; i != 10; i++)
		if (wNameBuffer[i] == 0x50)
			break;
	for (; i != 11; i++)
		wNameBuffer[i] = 0x50;
}

void move_name(uint8_t move) __banked
{
	uint8_t index = move - 1;
	list_name(0x2C, MoveNames, index, wStringBuffer);
}

void trainer_class_name(uint8_t trainer_class) __banked
{
	uint8_t index = trainer_class - 1;
	if (trainer_class == CLASS_RIVAL1 || trainer_class == CLASS_RIVAL2 || trainer_class == CLASS_RIVAL3)
		copy_ram(wRivalName, wTrainerName, 11);
	else
		list_name(0x0E, TrainerNames, index, wTrainerName);
}

void mon_nick(uint8_t slot) __banked
{
	ram p = wPartyMonNicks;
	for (; slot; slot--)
		p += 11;
	copy_ram(p, wNameBuffer, 11);
}

void mon_seen(uint8_t species, uint8_t owned) __banked
{
	uint8_t index = species - 1, bit, mask;
	bit = peek_bank(BANK_PokedexOrder, PokedexOrder + index);
	bit--;
	mask = 1;
	index = bit & 7;
	for (; index; index--)
		mask += mask;
	index = bit >> 3;
	wPokedexSeen[index] |= mask;
	if (owned)
		wPokedexOwned[index] |= mask;
}

/* a quarter of the rounded-up square root, at most 63: squares are sums of odd numbers */
static uint8_t quarter_root(uint16_t stat_exp)
{
	uint16_t square = 0, odd = 1;
	uint8_t root = 0;
	while (square < stat_exp && root != 255) {
		square += odd;
		odd += 2;
		root++;
	}
	root >>= 2;
	return root;
}

static uint16_t one_stat(uint8_t base, uint8_t dv, uint16_t stat_exp, uint8_t level, uint8_t hp)
{
	uint8_t bonus = quarter_root(stat_exp);
	uint16_t value;
	value = base;
	value += dv;
	value += value;
	value += bonus;
	value *= level;
	value /= 100;
	if (hp) {
		value += level;
		value += 10;
	} else {
		value += 5;
	}
	if (value > 999)
		value = 999;
	return value;
}

void mon_stats(uint8_t *mon) __banked
{
	uint8_t dvs[5], i, level, base, hp;
	uint16_t value;
	uint8_t *out = mon + MON_MAXHP, *sexp = mon + MON_STAT_EXP;
	mon_header(mon[0]);
	level = mon[MON_LEVEL];
	dvs[1] = mon[MON_DVS] >> 4;
	dvs[2] = mon[MON_DVS] & 15;
	dvs[3] = mon[MON_DVS + 1] >> 4;
	dvs[4] = mon[MON_DVS + 1] & 15;
	hp = 0;
	if (dvs[1] & 1) hp += 8;
	if (dvs[2] & 1) hp += 4;
	if (dvs[3] & 1) hp += 2;
	if (dvs[4] & 1) hp += 1;
	dvs[0] = hp;
	for (i = 0; i != 5; i++) {
		base = wMonHeader[HEAD_BASE + i];
		hp = 0;
		if (i == 0)
			hp = 1;
		value = one_stat(base, dvs[i], get16(sexp), level, hp);
		put16(out, value);
		out += 2;
		sexp += 2;
	}
}

void mon_calc_stats(uint8_t slot) __banked
{
	mon_stats((uint8_t *)party_mon(slot));
}

/* total experience at a level: a n^3 / b + c n^2 + d n - e (gen1 5.12) */
static uint32_t exp_at(uint8_t growth, uint8_t level)
{
	uint8_t row[4], a, b, c;
	uint16_t n = level, square, offset = growth;
	uint32_t cube, term;
	offset *= 4;
	copy_bank(BANK_GrowthRateTable, GrowthRateTable + offset, row, 4);
	square = n * n;
	cube = square;
	cube *= n;
	a = row[0] >> 4;
	b = row[0] & 15;
	cube *= a;
	cube /= b;
	c = row[1] & 0x7F;
	term = square;
	term *= c;
	if (row[1] & 0x80)
		cube -= term;
	else
		cube += term;
	term = n;
	term *= row[2];
	cube += term;
	term = row[3];
	cube -= term;
	return cube;
}

void mon_pack_exp(uint8_t *dst, uint8_t growth, uint8_t level) __banked
{
	uint32_t value = exp_at(growth, level);
	dst[2] = (uint8_t)value;
	value >>= 8;
	dst[1] = (uint8_t)value;
	value >>= 8;
	dst[0] = (uint8_t)value;
}

uint8_t mon_level_of(const uint8_t *mon) __banked
{
	uint8_t level, growth, next;
	uint32_t have, part;
	mon_header(mon[0]);
	growth = wMonHeader[HEAD_GROWTH];
	have = mon[MON_EXP];
	have <<= 8;
	part = mon[MON_EXP + 1];
	have += part;
	have <<= 8;
	part = mon[MON_EXP + 2];
	have += part;
	level = mon[MON_LEVEL];
	while (level < 100) {
		next = level + 1;
		part = exp_at(growth, next);
		if (have < part)
			break;
		level = next;
	}
	return level;
}

uint8_t move_max_pp(uint8_t move, uint8_t pp_byte) __banked
{
	uint16_t offset = move;
	uint8_t pp, bonus, ups = pp_byte >> 6;
	offset--;
	offset *= 6;
	pp = peek_bank(BANK_Moves, Moves + offset + MV_PP);
	bonus = pp / 5;
	if (bonus > 7)
		bonus = 7;
	for (; ups; ups--)
		pp += bonus;
	return pp;
}

/* level-1 moves, then everything the learnset teaches up to the level; old moves drop out at the front */
static void write_moves(uint8_t *moves, uint8_t species, uint8_t level)
{
	uint8_t i, at, move;
	uint16_t offset = species;
	const uint8_t *p;
	for (i = 0; i != 4; i++)
		moves[i] = wMonHeader[HEAD_MOVES + i];
	offset--;
	offset += offset;
	offset = peek_bank16(BANK_EvosMovesPointerTable, EvosMovesPointerTable + offset);
	p = (const uint8_t *)offset;
	for (;;) {
		i = peek_bank(0x0E, p);
		p++;
		if (i == 0)
			break;
		p += 2;
		if (i == 2)
			p++;
	}
	for (;;) {
		at = peek_bank(0x0E, p);
		p++;
		if (at == 0 || at > level)
			break;
		move = peek_bank(0x0E, p);
		p++;
		for (i = 0; i != 4; i++)
			if (moves[i] == move)
				break;
		if (i != 4)
			continue;
		for (i = 0; i != 4; i++)
			if (moves[i] == 0)
				break;
		if (i == 4) {
			moves[0] = moves[1];
			moves[1] = moves[2];
			moves[2] = moves[3];
			i = 3;
		}
		moves[i] = move;
	}
}

void mon_build(uint8_t *dst, uint8_t species, uint8_t level, uint8_t dv0, uint8_t dv1) __banked
{
	uint8_t i, move;
	fill_bytes(dst, 0, MON_SIZE);
	mon_header(species);
	dst[0] = species;
	dst[MON_LEVEL] = level;
	dst[MON_TYPE1] = wMonHeader[HEAD_TYPE1];
	dst[MON_TYPE1 + 1] = wMonHeader[HEAD_TYPE1 + 1];
	dst[MON_CATCH] = wMonHeader[HEAD_CATCH];
	write_moves(dst + MON_MOVES, species, level);
	dst[MON_OTID] = wPlayerID[0];
	dst[MON_OTID + 1] = wPlayerID[1];
	mon_pack_exp(dst + MON_EXP, wMonHeader[HEAD_GROWTH], level);
	dst[MON_DVS] = dv0;
	dst[MON_DVS + 1] = dv1;
	for (i = 0; i != 4; i++) {
		move = dst[MON_MOVES + i];
		if (move)
			dst[MON_PP + i] = move_max_pp(move, 0);
	}
	mon_stats(dst);
	dst[MON_HP] = dst[MON_MAXHP];
	dst[MON_HP + 1] = dst[MON_MAXHP + 1];
}

void mon_add_to_party(uint8_t species, uint8_t level) __banked
{
	uint8_t slot = wPartyCount, dv0, dv1, i;
	ram nick = wPartyMonNicks, ot = wPartyMonOT;
	if (slot > 5)
		return;
	dv0 = random8();
	dv1 = random8();
	mon_build((uint8_t *)party_mon(slot), species, level, dv0, dv1);
	for (i = slot; i; i--) {
		nick += 11;
		ot += 11;
	}
	mon_name(species);
	copy_ram(wNameBuffer, nick, 11);
	copy_ram(wPlayerName, ot, 11);
	mon_seen(species, 1);
	wPartySpecies[slot] = species;
	slot++;
	wPartySpecies[slot] = 0xFF;
	wPartyCount = slot;
}

void party_heal(void) __banked
{
	uint8_t i, k, move, pp, ups;
	ram p = wPartyMons;
	for (i = 0; i != wPartyCount; i++) {
		p[MON_HP] = p[MON_MAXHP];
		p[MON_HP + 1] = p[MON_MAXHP + 1];
		p[MON_STATUS] = 0;
		for (k = 0; k != 4; k++) {
			move = p[MON_MOVES + k];
			if (move == 0)
				continue;
			ups = p[MON_PP + k] & 0xC0;
			pp = move_max_pp(move, ups);
			p[MON_PP + k] = pp | ups;
		}
		p += MON_SIZE;
	}
}
