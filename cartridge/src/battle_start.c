#pragma bank 0x35
/* Who fights: the wild monster, the trainer's party, sending out (gen1 2.6, 5.2). */
#include "battle.h"

static void reset_side(uint8_t side)
{
	ram st = side_status(side), mods = side_mods(side);
	uint8_t i;
	for (i = 0; i != 8; i++)
		mods[i] = 7;
	st[0] = 0;
	st[1] = 0;
	st[2] = 0;
	for (i = CNT_ATTACKS; i != CNT_DISABLED + 1; i++)
		st[i] = 0;
	if (side) {
		wEnemyDisabledMoveNumber = 0;
		wEnemySubstituteHP = 0;
		wEnemyMoveListIndex = 0;
		wEnemySelectedMove = 0;
		wEnemyUsedMove = 0;
	} else {
		wPlayerDisabledMoveNumber = 0;
		wPlayerSubstituteHP = 0;
		wPlayerMoveListIndex = 0;
		wPlayerSelectedMove = 0;
		wPlayerUsedMove = 0;
	}
}

/* party struct -> battle struct, the unmodified copies too */
static void load_side(uint8_t side, ram mon, uint8_t position)
{
	ram b = side_mon(side), plain = side_unmodified(side);
	b[0] = mon[0];
	b[BM_HP] = mon[MON_HP];
	b[BM_HP + 1] = mon[MON_HP + 1];
	b[BM_POS] = position;
	copy_ram(mon + MON_STATUS, b + BM_STATUS, 8);
	b[BM_DVS] = mon[MON_DVS];
	b[BM_DVS + 1] = mon[MON_DVS + 1];
	b[BM_LEVEL] = mon[MON_LEVEL];
	copy_ram(mon + MON_MAXHP, b + BM_MAXHP, 10);
	copy_ram(mon + MON_PP, b + BM_PP, 4);
	plain[0] = mon[MON_LEVEL];
	copy_ram(mon + MON_MAXHP, plain + 1, 10);
}

static ram enemy_party_mon(uint8_t position)
{
	ram p = wEnemyMons;
	for (; position; position--)
		p += MON_SIZE;
	return p;
}

static void enemy_common(ram mon, uint8_t position)
{
	reset_side(1);
	load_side(1, mon, position);
	status_penalties(1);
	mon_name(mon[0]);
	copy_ram(wNameBuffer, wEnemyMonNick, 11);
	mon_header(mon[0]);
	copy_ram(wMonHeader + HEAD_BASE, wEnemyMonBaseStats, 5);
	wEnemyMonActualCatchRate = wMonHeader[HEAD_CATCH];
	wEnemyMonBaseExp = wMonHeader[HEAD_EXP];
	wCurEnemyLevel = mon[MON_LEVEL];
	mon_seen(mon[0], 0);
	ai_turns_out = 0;
}

void enemy_load(uint8_t position) __banked
{
	enemy_common(enemy_party_mon(position), position);
}

void enemy_send_out(uint8_t position) __banked
{
	uint8_t i, bit = 1;
	enemy_load(position);
	wPlayerBattleStatus1 &= ~ST1_TRAPPING;
	for (i = wPlayerMonNumber; i; i--)
		bit += bit;
	wPartyGainExpFlags = bit;
	wPartyFoughtCurrentEnemyFlags = bit;
	message(TXT_B_TRAINER_SENDS);
	pic_show(1);
	hud_enemy();
}

void player_load(uint8_t slot) __banked
{
	uint8_t i, bit = 1;
	ram mon = party_mon(slot);
	wPlayerMonNumber = slot;
	reset_side(0);
	load_side(0, mon, slot);
	mon_nick(slot);
	copy_ram(wNameBuffer, wBattleMonNick, 11);
	status_penalties(0);
	badge_boosts();
	for (i = slot; i; i--)
		bit += bit;
	wPartyGainExpFlags |= bit;
	wPartyFoughtCurrentEnemyFlags |= bit;
}

void player_send_out(uint8_t slot) __banked
{
	player_load(slot);
	wEnemyBattleStatus1 &= ~ST1_TRAPPING;
	message(TXT_B_GO);
	pic_show(0);
	hud_player();
}

void player_store(void) __banked
{
	ram mon = party_mon(wPlayerMonNumber);
	mon[MON_HP] = wBattleMon[BM_HP];
	mon[MON_HP + 1] = wBattleMon[BM_HP + 1];
	mon[MON_STATUS] = wBattleMon[BM_STATUS];
}

static void wild_setup(void)
{
	uint8_t dv0 = random8(), dv1 = random8();
	mon_build((uint8_t *)&wLoadedMon, wEnemyMonOrTrainerClass, wCurEnemyLevel, dv0, dv1);
	enemy_common(&wLoadedMon, 0);
}

static void add_enemy(uint8_t species, uint8_t level)
{
	uint8_t n = wEnemyPartyCount;
	mon_build((uint8_t *)enemy_party_mon(n), species, level, 0x98, 0x88);
	wEnemyPartySpecies[n] = species;
	n++;
	wEnemyPartySpecies[n] = 0xFF;
	wEnemyPartyCount = n;
	wCurEnemyLevel = level;
}

static void read_party(void)
{
	uint16_t offset = wTrainerClass;
	const uint8_t *p;
	uint8_t i, b, level;
	offset--;
	offset += offset;
	offset = peek_bank16(BANK_TrainerDataPointers, TrainerDataPointers + offset);
	p = (const uint8_t *)offset;
	for (i = wTrainerNo; i > 1; i--) {
		do {
			b = peek_bank(0x0E, p);
			p++;
		} while (b);
	}
	wEnemyPartyCount = 0;
	level = peek_bank(0x0E, p);
	p++;
	while (wEnemyPartyCount != 6) {
		b = peek_bank(0x0E, p);
		p++;
		if (b == 0)
			break;
		if (level == 0xFF) {
			i = peek_bank(0x0E, p);
			p++;
			add_enemy(i, b);
		} else
			add_enemy(b, level);
	}
}

static void bcd_add(ram dst, const uint8_t *src)
{
	uint8_t i = 3, carry = 0, low, high, a, b;
	while (i) {
		i--;
		a = dst[i];
		b = src[i];
		low = (a & 15) + (b & 15);
		low += carry;
		carry = 0;
		if (low > 9) {
			low -= 10;
			carry = 1;
		}
		high = (a >> 4) + (b >> 4);
		high += carry;
		carry = 0;
		if (high > 9) {
			high -= 10;
			carry = 1;
		}
		high <<= 4;
		dst[i] = high | low;
	}
	if (carry) {
		dst[0] = 0x99;
		dst[1] = 0x99;
		dst[2] = 0x99;
	}
}

/* base money times the level of the last monster; the table's number ends with two zeros (35 a level: 00 35 00) */
static void prize(void)
{
	uint16_t offset = wTrainerClass;
	uint8_t base[3], row[3], i;
	offset--;
	offset *= 5;
	offset += 2;
	copy_bank(BANK_TrainerPicAndMoneyPointers, TrainerPicAndMoneyPointers + offset, row, 3);
	base[0] = 0;
	base[1] = row[0];
	base[2] = row[1];
	for (i = 0; i != 3; i++)
		wAmountMoneyWon[i] = 0;
	for (i = wCurEnemyLevel; i; i--)
		bcd_add(wAmountMoneyWon, base);
}

void pay_prize(void) __banked
{
	uint8_t amount[3];
	copy_ram(wAmountMoneyWon, amount, 3);
	bcd_add(wPlayerMoney, amount);
}

/* half of the money (BCD) stays behind; whoever wakes up is healed (gen1 4.13) */
void blackout_costs(void) __banked
{
	uint8_t i, digits, high, low, carry = 0;
	for (i = 0; i != 3; i++) {
		digits = wPlayerMoney[i];
		high = digits >> 4;
		low = digits & 15;
		if (carry)
			high += 10;
		if (high & 1)
			low += 10;
		carry = low & 1;
		high >>= 1;
		low >>= 1;
		high <<= 4;
		wPlayerMoney[i] = high | low;
	}
	party_heal();
}

static void clear_variables(void)
{
	fill_bytes(&wPlayerStatsToDouble, 0, 0x18);
	fill_bytes(&wPlayerSubstituteHP, 0, 0x20);
	wActionResultOrTookBattleTurn = 0;
	wBattleResult = 0;
	wEscapedFromBattle = 0;
	wNumRunAttempts = 0;
	wBattleAndStartSavedMenuItem = 0;
	wPartyAndBillsPCSavedMenuItem = 0;
	wBagSavedMenuItem = 0;
	wSavedListScrollOffset = 0;
	wListScrollOffset = 0;
	wPlayerMoveListIndex = 0;
	wCriticalHitOrOHKO = 0;
	wMoveMissed = 0;
	wDamage[0] = 0;
	wDamage[1] = 0;
	wDamageMultipliers = 10;
	wCapturedMonSpecies = 0;
	wPartyGainExpFlags = 0;
	wPartyFoughtCurrentEnemyFlags = 0;
	wForcePlayerToChooseMon = 0;
	wMenuItemToSwap = 0;
	wBattleMon[0] = 0;
	wPlayerHPBarColor = 0;
	wEnemyHPBarColor = 0;
	hWhoseTurn = 0;
}

void battle_setup(void) __banked
{
	clear_variables();
	wEnemyMonOrTrainerClass = wCurOpponent;
	if (wCurOpponent > 200) {
		wTrainerClass = wCurOpponent - 200;
		trainer_class_name(wTrainerClass);
		read_party();
		prize();
		wAICount = 0xFF;
		wIsInBattle = 2;
		return;
	}
	wild_setup();
	wIsInBattle = 1;
}
