#pragma bank 0x36
/* Fainting, experience, the next monsters, victory and defeat (gen1 4.13, 5.1, 5.12, 5.14). */
#include "battle.h"
#include "text.h"

/* next enemy that can fight, or 0xFF */
static uint8_t next_enemy(void)
{
	uint8_t i;
	ram p = wEnemyMons;
	if (wIsInBattle == 1)
		return 0xFF;
	for (i = 0; i != wEnemyPartyCount; i++) {
		if (p[MON_HP] | p[MON_HP + 1])
			return i;
		p += MON_SIZE;
	}
	return 0xFF;
}

static uint8_t bits(uint8_t flags)
{
	uint8_t n = 0;
	while (flags) {
		if (flags & 1)
			n++;
		flags >>= 1;
	}
	return n;
}

/* floor(base exp * level / 7) / participants, half more for a traded monster and in a trainer battle */
static uint16_t exp_share(uint8_t slot, uint8_t participants)
{
	ram mon = party_mon(slot);
	uint16_t value = wEnemyMonBaseExp;
	value *= wEnemyMon[BM_LEVEL];
	value /= 7;
	value /= participants;
	if (mon[MON_OTID] != wPlayerID[0] || mon[MON_OTID + 1] != wPlayerID[1])
		value += value >> 1;
	if (wIsInBattle == 2)
		value += value >> 1;
	return value;
}

static void award(void)
{
	uint8_t slot, flags = wPartyGainExpFlags, participants, i, bit = 1;
	uint16_t amount;
	ram mon;
	participants = bits(flags);
	if (participants == 0)
		return;
	for (slot = 0; slot != wPartyCount; slot++) {
		mon = party_mon(slot);
		if ((flags & 1) && (mon[MON_HP] | mon[MON_HP + 1])) {
			mon_gain_stat_exp(slot, participants);
			amount = exp_share(slot, participants);
			mon_gain_exp(slot, amount);
		}
		flags >>= 1;
	}
	for (i = wPlayerMonNumber; i; i--)
		bit += bit;
	wPartyGainExpFlags = bit;
	wPartyFoughtCurrentEnemyFlags = bit;
}

static void drop_player_mon(void)
{
	uint8_t i, bit = 1;
	for (i = wPlayerMonNumber; i; i--)
		bit += bit;
	wPartyGainExpFlags &= ~bit;
	wEnemyBattleStatus1 &= ~ST1_TRAPPING;
	wBattleMon[BM_STATUS] = 0;
	player_store();
	hud_hide(0);
	user_name(0);
	print_text(TXT_B_FAINTED);
}

static void drop_enemy_mon(void)
{
	ram mon;
	uint8_t i;
	if (wIsInBattle == 2) {
		mon = wEnemyMons;
		for (i = wEnemyMonPartyPos; i; i--)
			mon += MON_SIZE;
		mon[MON_HP] = 0;
		mon[MON_HP + 1] = 0;
	}
	wPlayerBattleStatus1 &= ~(ST1_TRAPPING | ST1_MULTI_HIT);
	wEnemyBattleStatus1 = 0;
	wEnemyBattleStatus2 = 0;
	wEnemyBattleStatus3 = 0;
	hud_hide(1);
	user_name(1);
	print_text(TXT_B_FAINTED);
	if (get16(wBattleMon + BM_HP) == 0)
		drop_player_mon();
	else
		player_store();
	wBattleResult = 0;
	award();
}

static void black_out(void)
{
	wBattleResult = 1;
	if (wIsInBattle == 2 && wTrainerClass == CLASS_RIVAL1 && wCurMap == MAP_LAB) {
		print_text(TXT_B_RIVAL_WINS);
		return;
	}
	print_text(TXT_B_BLACKOUT);
}

static void victory(void)
{
	print_text(TXT_B_DEFEATED);
	trainer_show();
	pay_prize();
	print_text(TXT_B_PRIZE);
}

/* 1: got away instead */
static uint8_t next_player_mon(void)
{
	uint8_t slot, choice;
	if (wIsInBattle == 1) {
		print_text(TXT_B_USE_NEXT);
		choice = two_option_menu(0, 13, 9);
		if (choice == 2) {
			if (try_run())
				return 1;
			wActionResultOrTookBattleTurn = 0;
		}
	}
	slot = choose_next_mon(1);
	battle_screen();
	player_send_out(slot);
	return 0;
}

/* SHIFT style: the player may change before the trainer's next monster */
static void shift_prompt(uint8_t position)
{
	uint8_t choice, slot;
	if ((wOptions & 0x40) || alive_slots() < 2)
		return;
	mon_name(wEnemyPartySpecies[position]);
	print_text(TXT_B_ABOUT_TO_USE);
	choice = two_option_menu(0, 0, 7);
	if (choice != 1)
		return;
	player_store();
	slot = choose_next_mon(0);
	battle_screen();
	if (slot == 0xFF)
		return;
	message(TXT_B_COME_BACK);
	hud_hide(0);
	player_send_out(slot);
}

uint8_t enemy_fainted(void) __banked
{
	uint8_t position, player_down = 0;
	wInHandlePlayerMonFainted = 0;
	if (get16(wBattleMon + BM_HP) == 0)
		player_down = 1;
	drop_enemy_mon();
	if (alive_slots() == 0) {
		black_out();
		return 1;
	}
	if (wIsInBattle == 1)
		return 1;
	position = next_enemy();
	if (position == 0xFF) {
		victory();
		return 1;
	}
	if (player_down) {
		if (next_player_mon())
			return 1;
	} else
		shift_prompt(position);
	enemy_send_out(position);
	return 0;
}

uint8_t player_fainted(void) __banked
{
	wInHandlePlayerMonFainted = 1;
	if (get16(wEnemyMon + BM_HP) == 0)
		return enemy_fainted();
	drop_player_mon();
	if (alive_slots() == 0) {
		black_out();
		return 1;
	}
	return next_player_mon();
}
