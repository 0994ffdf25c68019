#pragma bank 0x35
/* A battle from the first text to the last (gen1 5.1). */
#include "battle.h"

static void intro(void)
{
	uint8_t slot = 0;
	ram mon = wPartyMons;
	while (slot + 1 != wPartyCount && (mon[MON_HP] | mon[MON_HP + 1]) == 0) {
		mon += MON_SIZE;
		slot++;
	}
	battle_transition();
	battle_screen();
	if (wIsInBattle == 2) {
		trainer_show();
		print_text(TXT_B_WANTS_FIGHT);
		hud_hide(1);
		wPlayerMonNumber = slot;
		enemy_send_out(0);
	} else {
		pic_show(1);
		hud_enemy();
		print_text(TXT_B_WILD);
	}
	player_send_out(slot);
}

/* who moves first: 0 player, 1 enemy */
static uint8_t first_side(void)
{
	uint16_t speed, enemy;
	uint8_t player_quick = 0, enemy_quick = 0, roll;
	if (wPlayerSelectedMove == MOVE_QUICK_ATTACK) player_quick = 1;
	if (wEnemySelectedMove == MOVE_QUICK_ATTACK) enemy_quick = 1;
	if (player_quick != enemy_quick) {
		if (player_quick) return 0;
		return 1;
	}
	player_quick = 0;
	enemy_quick = 0;
	if (wPlayerSelectedMove == MOVE_COUNTER) player_quick = 1;
	if (wEnemySelectedMove == MOVE_COUNTER) enemy_quick = 1;
	if (player_quick != enemy_quick) {
		if (player_quick) return 1;
		return 0;
	}
	speed = get16(wBattleMon + BM_SPEED);
	enemy = get16(wEnemyMon + BM_SPEED);
	if (speed > enemy) return 0;
	if (speed < enemy) return 1;
	roll = random8();
	if (roll < 128) return 0;
	return 1;
}

static void drop_finished_traps(void)
{
	if (wPlayerNumAttacksLeft == 0)
		wPlayerBattleStatus1 &= ~ST1_TRAPPING;
	if (wEnemyNumAttacksLeft == 0)
		wEnemyBattleStatus1 &= ~ST1_TRAPPING;
}

static uint8_t somebody_down(void)
{
	if (get16(wBattleMon + BM_HP) == 0) return 1;
	if (get16(wEnemyMon + BM_HP) == 0) return 1;
	return 0;
}

/* a move and what follows it; 1: the turn ends here */
static uint8_t half_turn(uint8_t side)
{
	take_turn(side);
	if (wEscapedFromBattle || somebody_down())
		return 1;
	residual_damage(side);
	return somebody_down();
}

/* 1: no menu this turn, the last move goes on */
static uint8_t locked(void)
{
	if (wPlayerBattleStatus2 & (ST2_RECHARGE | ST2_RAGE)) return 1;
	wEnemyBattleStatus1 &= ~ST1_FLINCHED;
	wPlayerBattleStatus1 &= ~ST1_FLINCHED;
	if (wPlayerBattleStatus1 & (ST1_THRASH | ST1_CHARGING)) return 1;
	return 0;
}

static void main_loop(void)
{
	uint8_t first, second;
	for (;;) {
		player_store();
		if (get16(wBattleMon + BM_HP) == 0) {
			if (player_fainted())
				return;
			continue;
		}
		if (get16(wEnemyMon + BM_HP) == 0) {
			if (enemy_fainted())
				return;
			continue;
		}
		wActionResultOrTookBattleTurn = 0;
		if (!locked())
			if (player_choose())
				return;
		enemy_select_move();
		first = first_side();
		second = first ^ 1;
		if (!half_turn(first))
			half_turn(second);
		if (wEscapedFromBattle)
			return;
		drop_finished_traps();
	}
}

static void finish(void)
{
	uint8_t lost = 0;
	if (wBattleMon[0])
		player_store();
	if (wBattleResult == 1) {
		lost = 0xFF;
		if (wTrainerClass == CLASS_RIVAL1 && wIsInBattle == 2 && wCurMap == MAP_LAB)
			lost = 0;
	}
	fill_bytes(wTileMap, 0x7F, 360);
	delay_frames(4);
	if (lost) {
		wIsInBattle = lost;
		delay_frames(24);
	}
	wBattleType = 0;
	wMoveMissed = 0;
	wCurOpponent = 0;
	wLowHealthAlarm = 0;
	wPartyAndBillsPCSavedMenuItem = 0;
	wBagSavedMenuItem = 0;
	wBattleAndStartSavedMenuItem = 0;
	wPlayerMonNumber = 0;
	wListScrollOffset = 0;
	wNumberOfNoRandomBattleStepsLeft = 3;
	if (lost)
		blackout_costs();
	wIsInBattle = lost;
}

void battle_run(void) __banked
{
	battle_setup();
	intro();
	main_loop();
	finish();
}
