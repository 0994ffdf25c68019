/* What the script files of bank 0x34 share (gen1 3.13, 6.1, 8.4). */
#ifndef SCRIPT_H
#define SCRIPT_H
#include "text.h"
#include "texts.h"

#define MAP_TOWN 0
#define MAP_CITY 1
#define MAP_ROUTE_1 12
#define MAP_HOME 37
#define MAP_NEIGHBOUR 39
#define MAP_LAB 40
#define MAP_CENTRE 41
#define MAP_SHOP 42

#define EVENT_FOLLOWED_INTO_LAB 0
#define EVENT_FOLLOWED_INTO_LAB_2 32
#define EVENT_ASKED_TO_CHOOSE 33
#define EVENT_GOT_STARTER 34
#define EVENT_BATTLED_RIVAL 35
#define EVENT_GOT_DEX 37
#define EVENT_OAK_APPEARED 39
#define EVENT_GYM_OPEN 40
#define EVENT_GOT_SAMPLE 960

#define TOGGLE_TOWN_OAK 0
#define TOGGLE_RIVAL 42
#define TOGGLE_BALL_1 43
#define TOGGLE_OAK_1 46
#define TOGGLE_OAK_2 49

#define JOY_NONE 0xFF
#define JOY_BUTTONS 0xFC

#define STATUS4_USED_CENTRE 0x04
#define STATUS4_GOT_STARTER 0x08
#define STATUS5_BUSY 0xA1           /* scripted sprite, ignored joypad, simulated joypad */

extern uint8_t path_length;
void path_start(void);
void path_add(uint8_t step, uint8_t times);     /* the path lies in wBuffer, FF ends it */
void path_walk(uint8_t slot);                   /* blocking */
void path_player(void);                         /* the path holds joypad bits */
void player_face(uint8_t facing);

void town_script(void);
void lab_script(void);
void city_script(void);
uint8_t lab_text(uint8_t id);
#endif
