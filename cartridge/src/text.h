/* Text and menus (bank 0x32): what the files of bank 0x32 share, and the banked calls that cart.h does not name. */
#ifndef TEXT_H
#define TEXT_H
#include "cart.h"

#define MENU_BANK 0x32
#define INTRO_BANK 0x33
#define SCRIPT_BANK 0x34

#define CHAR_END 0x50
#define TILE_SPACE 0x7F
#define TILE_CURSOR_DONE 0xEC
#define TILE_CURSOR 0xED
#define TILE_ARROW 0xEE
#define TILE_TIMES 0xF1
#define TILE_LEVEL 0x6E

#define BOX_MESSAGE 0x01
#define BOX_USE_TOSS 0x06
#define BOX_SWITCH_STATS 0x0C
#define BOX_LIST 0x0D
#define BOX_TWO_OPTION 0x14

#define STATUS5_NO_TEXT_DELAY 0x40
#define FONT_LOADED 0x01

/* inside bank 0x32 */
void buttons(uint8_t arrow);                /* waits for A or B */
void print_stream(uint8_t bank, const uint8_t *s);
volatile uint8_t *tile_at(uint8_t x, uint8_t y);
uint8_t glyph(uint8_t ascii);
void clear_area(uint8_t x, uint8_t y, uint8_t w, uint8_t h);
void save_area(uint8_t x, uint8_t y, uint8_t w, uint8_t h);
void restore_area(void);
void refresh_sprites(void);
void place_cursor(void);
void erase_cursor(void);
void unfilled_cursor(void);
void item_name(uint8_t item);              /* -> wNameBuffer */
uint8_t item_is_key(uint8_t item);
void option_menu_screen(void);
void save_menu(void);
void full_screen_open(void);               /* hides the sprites and clears the screen */

/* banked */
void say(uint16_t txt) __banked;           /* a whole overworld text: open, print, wait, close */
void say_in_box(uint16_t txt) __banked;    /* print into the open box, then wait for A or B without an arrow */
void wait_button(void) __banked;           /* A or B, no arrow */
void wait_button_arrow(void) __banked;     /* A or B, blinking arrow at (18,16) */
void hold_text_open(void) __banked;        /* returns when A is released */
void message_box(void) __banked;           /* the empty box at rows 12-17 */
void place_ascii(uint8_t x, uint8_t y, uint8_t bank, const char *s) __banked;
void option_menu(void) __banked;
void item_name_to_buffer(uint8_t item) __banked;
uint8_t bag_add(uint8_t item, uint8_t quantity) __banked;    /* 1 = taken, 0 = no room */
void bag_remove(uint8_t index, uint8_t quantity) __banked;
void clear_screen(void) __banked;          /* blank tiles, shown at once */
void full_screen(void) __banked;            /* full_screen_open for other banks */
void menu_box(uint8_t x, uint8_t y, uint8_t last, uint8_t keys) __banked;   /* set-up for handle_menu */
uint8_t save_valid(void) __banked;
void save_load(void) __banked;
void ascii_name(uint8_t bank, const char *s) __banked;       /* -> wStringBuffer, @-terminated */

/* script.c */
uint8_t script_text(uint8_t id) __banked;  /* 1 = a script of the current map owned and showed this text */
void script_nurse(void) __banked;
void script_clerk(void) __banked;
#endif
