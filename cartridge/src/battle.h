/* What the battle and monster files share. Struct offsets: gen1 1.6 and 1.7. */
#ifndef BATTLE_H
#define BATTLE_H
#include "cart.h"
#include "texts.h"

typedef volatile uint8_t *ram;

/* party struct, 44 bytes */
#define MON_SIZE 44
#define MON_HP 1
#define MON_STATUS 4
#define MON_TYPE1 5
#define MON_CATCH 7
#define MON_MOVES 8
#define MON_OTID 12
#define MON_EXP 14
#define MON_STAT_EXP 17
#define MON_DVS 27
#define MON_PP 29
#define MON_LEVEL 33
#define MON_MAXHP 34
#define MON_STATS 36

/* battle struct, 29 bytes */
#define BM_HP 1
#define BM_POS 3
#define BM_STATUS 4
#define BM_TYPE1 5
#define BM_CATCH 7
#define BM_MOVES 8
#define BM_DVS 12
#define BM_LEVEL 14
#define BM_MAXHP 15
#define BM_STATS 17
#define BM_SPEED 21
#define BM_SPECIAL 23
#define BM_PP 25

/* species header, 28 bytes: wMonHeader */
#define HEAD_BASE 1
#define HEAD_SPEED 4
#define HEAD_TYPE1 6
#define HEAD_CATCH 8
#define HEAD_EXP 9
#define HEAD_MOVES 15
#define HEAD_GROWTH 19

/* move record: num, effect, power, type, accuracy, PP */
#define MV_NUM 0
#define MV_EFFECT 1
#define MV_POWER 2
#define MV_TYPE 3
#define MV_ACC 4
#define MV_PP 5

/* non-volatile status */
#define SLP_MASK 0x07
#define PSN 0x08
#define BRN 0x10
#define FRZ 0x20
#define PAR 0x40

/* volatile status: side_status()[0..2] */
#define ST1_BIDE 0x01
#define ST1_THRASH 0x02
#define ST1_MULTI_HIT 0x04
#define ST1_FLINCHED 0x08
#define ST1_CHARGING 0x10
#define ST1_TRAPPING 0x20
#define ST1_INVULNERABLE 0x40
#define ST1_CONFUSED 0x80
#define ST2_X_ACCURACY 0x01
#define ST2_MIST 0x02
#define ST2_FOCUS_ENERGY 0x04
#define ST2_SUBSTITUTE 0x10
#define ST2_RECHARGE 0x20
#define ST2_RAGE 0x40
#define ST2_SEEDED 0x80
#define ST3_TOXIC 0x01
#define ST3_LIGHT_SCREEN 0x02
#define ST3_REFLECT 0x04
/* counters reached from the same pointer */
#define CNT_ATTACKS 8
#define CNT_CONFUSED 9
#define CNT_TOXIC 10
#define CNT_DISABLED 11

#define MOD_ATTACK 0
#define MOD_SPEED 2
#define MOD_SPECIAL 3
#define MOD_ACCURACY 4
#define MOD_EVASION 5

#define MOVE_COUNTER 68
#define MOVE_QUICK_ATTACK 98
#define MOVE_STRUGGLE 165
#define MOVE_MIRROR 119
#define EFFECT_MIRROR 9
#define MOVE_NONE 0xFF

#define CLASS_RIVAL1 25
#define CLASS_RIVAL2 42
#define CLASS_RIVAL3 43
#define MAP_LAB 0x28

/* mon_home.c: small routines every bank needs */
uint16_t get16(const volatile uint8_t *p);              /* big endian */
void put16(volatile uint8_t *p, uint16_t value);
void copy_ram(const volatile uint8_t *src, volatile uint8_t *dst, uint8_t n);
ram party_mon(uint8_t slot);
ram side_mon(uint8_t side);                             /* 0 wBattleMon, 1 wEnemyMon */
ram side_status(uint8_t side);                          /* status 1..3 and, from +8, the counters */
ram side_mods(uint8_t side);
ram side_unmodified(uint8_t side);                      /* level, max HP, attack, defense, speed, special */
ram side_move(uint8_t side);
uint8_t alive_slots(void);                              /* party members with HP */

/* mon.c */
void mon_header(uint8_t species) __banked;              /* -> wMonHeader */
void mon_build(uint8_t *dst, uint8_t species, uint8_t level, uint8_t dv0, uint8_t dv1) __banked;
void mon_stats(uint8_t *mon) __banked;                  /* max HP and stats of a party struct from its level */
void mon_pack_exp(uint8_t *dst, uint8_t growth, uint8_t level) __banked;
uint8_t mon_level_of(const uint8_t *mon) __banked;      /* level its experience is worth */
void mon_seen(uint8_t species, uint8_t owned) __banked;
void mon_nick(uint8_t slot) __banked;                   /* nickname -> wNameBuffer */
void trainer_class_name(uint8_t trainer_class) __banked;/* -> wTrainerName */
uint8_t move_max_pp(uint8_t move, uint8_t pp_byte) __banked;

/* mon_level.c */
void mon_gain_exp(uint8_t slot, uint16_t amount) __banked;
void mon_gain_stat_exp(uint8_t slot, uint8_t share) __banked;

/* menu_items.c, menu_party.c */
uint8_t use_medicine(uint8_t item, uint8_t slot) __banked;
void stats_page(uint8_t slot) __banked;

/* mon_learn.c */
void learn_one_move(uint8_t slot, uint8_t move) __banked;

/* battle_start.c */
void battle_setup(void) __banked;
void enemy_load(uint8_t position) __banked;             /* enemy party member -> wEnemyMon */
void enemy_send_out(uint8_t position) __banked;
void player_send_out(uint8_t slot) __banked;
void player_load(uint8_t slot) __banked;
void player_store(void) __banked;                       /* HP and status back to the party */
void blackout_costs(void) __banked;                     /* money halved, party healed */
void pay_prize(void) __banked;                          /* wAmountMoneyWon to the purse */

/* battle_turn.c */
void take_turn(uint8_t side) __banked;                  /* one side's move */
void residual_damage(uint8_t side) __banked;            /* poison, burn, seed */
void damage_target(uint8_t side) __banked;              /* wDamage to the foe of side */
void load_move(uint8_t side, uint8_t move) __banked;
void user_name(uint8_t side) __banked;                  /* "Foe NAME" or nickname -> wNameBuffer */

/* battle_checks.c */
uint8_t can_act(uint8_t side) __banked;
uint8_t type_factor(uint8_t attack, uint8_t defend) __banked;

/* battle_damage.c */
void critical_test(uint8_t side) __banked;
uint8_t compute_damage(uint8_t side) __banked;          /* 0: no damaging move */
void self_hit_damage(uint8_t side) __banked;
void apply_types(uint8_t side) __banked;
void randomize_damage(void) __banked;
void hit_test(uint8_t side) __banked;

/* battle_effects.c, battle_side_effects.c, battle_stats.c */
void refresh_hud(uint8_t side);                          /* these four: inside bank 0x36 */
void afflict(uint8_t foe, uint8_t status, uint16_t text);
void set_confused(uint8_t foe);
void heal_hp(uint8_t side, uint16_t amount);
uint8_t effect_before(uint8_t side) __banked;           /* status move handled: 1 */
void effect_after(uint8_t side) __banked;
void stat_up(uint8_t side, uint8_t stat, uint8_t steps) __banked;
uint8_t stat_down(uint8_t side, uint8_t stat, uint8_t steps, uint8_t secondary) __banked;
void stat_refresh(uint8_t side) __banked;               /* stats from the unmodified ones and stages */
void badge_boosts(void) __banked;
void status_penalties(uint8_t side) __banked;

/* battle_ai.c */
extern uint8_t ai_turns_out;                            /* turns the enemy monster has chosen a move */
void enemy_select_move(void) __banked;

/* battle_menu.c, battle_moves_menu.c */
uint8_t player_choose(void) __banked;                   /* 1: the battle is over */
uint8_t move_menu(void) __banked;                       /* 1: chosen, 0: back */
uint8_t try_run(void) __banked;
uint8_t choose_next_mon(uint8_t forced) __banked;       /* slot or 0xFF */

/* battle_items.c */
uint8_t battle_use_item(void) __banked;                 /* 0 not used, 1 used, 2 caught */
void throw_ball(uint8_t item) __banked;

/* battle_end.c */
uint8_t enemy_fainted(void) __banked;                   /* 1: over */
uint8_t player_fainted(void) __banked;

/* battle_screen.c */
void battle_gfx(void) __banked;
void battle_transition(void) __banked;
void battle_screen(void) __banked;                      /* everything on the screen */
void hud_player(void) __banked;
void hud_enemy(void) __banked;
void hud_hide(uint8_t side) __banked;
void hp_slide(uint8_t side, uint16_t from) __banked;    /* bar moves from an old HP to the present one */
void pic_show(uint8_t side) __banked;
void trainer_show(void) __banked;
void message(uint16_t text) __banked;                   /* print_text and a short pause */
void wait_arrow(void) __banked;                         /* blinking arrow until A or B */
#endif
