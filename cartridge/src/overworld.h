/* What the files of the overworld share with each other. */
#ifndef OVERWORLD_H
#define OVERWORLD_H
#include "cart.h"

#define TILESET_OVERWORLD 0
#define TILESET_FOREST 3
#define TILESET_SHIP 13
#define TILESET_SHIP_PORT 14
#define TILESET_PLATEAU 23
#define FIRST_INDOOR_MAP 0x25
#define MAP_OAKS_LAB 0x28
#define LAST_MAP 0xFF

/* sprite tables: C100 + 16 * slot, C200 + 16 * slot */
#define SPRITE1(slot, field) wSpriteStateData1[(uint8_t)(((slot) << 4) | (field))]
#define SPRITE2(slot, field) wSpriteStateData2[(uint8_t)(((slot) << 4) | (field))]
#define TILE(x, y) wTileMap[(y) * 20 + (x)]

/* home */
uint8_t bit_mask(uint8_t n);
void expand_blocks(void);
uint8_t in_list(const uint8_t *list, uint8_t value);   /* FF-terminated list in bank 0 */

/* bank 0x30 */
void start_overworld(void) __banked;
void overworld_iteration(uint8_t nested) __banked;      /* two frames; nested: no scripts, no menus, no battles */
void advance_step(void);
uint8_t collision_on_land(void);
uint8_t check_warps_after_step(void);
uint8_t check_warp_on_bump(void);
uint8_t standing_on_warp(void);
void check_connections(void);
uint8_t on_door_tile(void);
uint8_t on_warp_tile(void);
uint8_t try_wild_encounter(void);
void interact(void);
void run_battle(void);
void note_standing_on_warp(void);
void arrive(void);
void fade_out(void);

/* bank 0x31 */
void load_map(void) __banked;               /* header, blocks, sprites, wild data of wCurMap; then show_map */
void show_map(void) __banked;               /* tiles, sprites and BG map to VRAM, screen on */
void load_wild_data(void) __banked;
void load_map_header(void) __banked;
void place_at_warp(void) __banked;
void set_view(uint8_t x, uint8_t y) __banked;
void load_map_sprites(const uint8_t *objects, uint8_t bank) __banked;
void load_sprite_gfx(void) __banked;
uint8_t sprite_at(uint8_t x, uint8_t y) __banked;       /* displayed sprite on map square x, y; 0 = none */
void refresh_player_collision(void) __banked;
void sprites_changed(void) __banked;
void refresh_hidden(void);
extern uint8_t sprite_hidden[16];
extern uint8_t sprite_fixed[16];
void prepare_oam(void);
void place_pixels(uint8_t slot);
uint8_t covered(uint8_t slot);

extern uint8_t map_bank;
extern int8_t step_dx, step_dy;
extern uint8_t scripted_slot;               /* 0 = none */
extern const uint8_t *scripted_path;
#endif
