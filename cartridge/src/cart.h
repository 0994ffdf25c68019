/* The interface between the parts of the cartridge. RAM names: ram.h, generated from layout.json. */
#ifndef CART_H
#define CART_H
#include <stdint.h>
#include "ram.h"

#define J_A 0x01
#define J_B 0x02
#define J_SELECT 0x04
#define J_START 0x08
#define J_RIGHT 0x10
#define J_LEFT 0x20
#define J_UP 0x40
#define J_DOWN 0x80

#define FACE_DOWN 0x00
#define FACE_UP 0x04
#define FACE_LEFT 0x08
#define FACE_RIGHT 0x0C

/* direction bits of wPlayerDirection and of sprite collision */
#define DIR_RIGHT 1
#define DIR_LEFT 2
#define DIR_DOWN 4
#define DIR_UP 8

__sfr __at(0xFF04) rDIV;
__sfr __at(0xFF0F) rIF;
__sfr __at(0xFF40) rLCDC;
__sfr __at(0xFF44) rLY;
__sfr __at(0xFF47) rBGP;
__sfr __at(0xFF48) rOBP0;
__sfr __at(0xFF49) rOBP1;
__sfr __at(0xFF4B) rWX;
__sfr __at(0xFFFF) rIE;

/* home (bank 0) */
void wait_vblank(void);
void delay_frames(uint8_t n);
void joypad(void);
void joypad_low_sensitivity(void);
uint8_t peek_bank(uint8_t bank, const void *p);
uint16_t peek_bank16(uint8_t bank, const void *p);
void copy_bank(uint8_t bank, const void *src, void *dst, uint16_t n);
uint8_t random8(void);
uint8_t flag_get(uint16_t event_bit);
void flag_set(uint16_t event_bit);
void flag_reset(uint16_t event_bit);
void lcd_off(void);                        /* waits for VBlank first; the VBlank interrupt stops with it */
void lcd_on(void);                         /* LCDC E3 */
void fill_bytes(volatile void *dst, uint8_t value, uint16_t n);

/* overworld (engine) */
void overworld_loop(void);
void enter_map(uint8_t map, uint8_t x, uint8_t y) __banked;
void warp_to_blackout_map(void) __banked;
void redraw_overworld(void) __banked;
void update_sprites(void) __banked;
void toggle_hide(uint8_t index) __banked;
void toggle_show(uint8_t index) __banked;
void sprite_face(uint8_t slot, uint8_t facing) __banked;
void sprite_walk(uint8_t slot, const uint8_t *path) __banked;
void sprite_set_position(uint8_t slot, uint8_t x, uint8_t y) __banked;
void player_simulate(const uint8_t *path) __banked;
void load_map_view(void) __banked;         /* map blocks -> wTileMap (no VRAM access) */
void load_tileset_gfx(void) __banked;      /* current tileset's 0x60 tiles -> 9000; LCD may be on */
void load_font(void) __banked;             /* font and box tiles -> 8800-8FFF half of the BG tiles */

/* text and menus */
void print_text(uint16_t txt) __banked;
void display_text_id(uint8_t id) __banked;
void text_open(void) __banked;
void text_close(void) __banked;
void draw_box(uint8_t x, uint8_t y, uint8_t inner_w, uint8_t inner_h) __banked;
void place_string(uint8_t x, uint8_t y, uint8_t bank, const uint8_t *s) __banked;
void place_ram_string(uint8_t x, uint8_t y, const volatile uint8_t *s) __banked;
void place_number(uint8_t x, uint8_t y, uint16_t value, uint8_t digits) __banked;
uint8_t handle_menu(void) __banked;
uint8_t yes_no(void) __banked;
uint8_t two_option_menu(uint8_t id, uint8_t x, uint8_t y) __banked;
uint8_t naming_screen(uint8_t type) __banked;
void start_menu(void) __banked;
uint8_t party_menu(uint8_t type) __banked;
uint8_t bag_menu(void) __banked;
void title_screen(void) __banked;
void main_menu(void) __banked;
void new_game(void) __banked;
void map_script(void) __banked;

/* battle and mons */
void battle_run(void) __banked;
void mon_add_to_party(uint8_t species, uint8_t level) __banked;
void party_heal(void) __banked;
void mon_calc_stats(uint8_t slot) __banked;
void mon_name(uint8_t species) __banked;
void move_name(uint8_t move) __banked;
void learn_move_on_level(uint8_t slot) __banked;

#endif
