/* Stand-ins until the text and menu files arrive. */
#pragma bank 0x32
#include "overworld.h"

void title_screen(void) __banked {}
void main_menu(void) __banked
{
	wCurMap = 38;
	wXCoord = 3;
	wYCoord = 6;
	wDestinationWarpID = 0xFF;
	wLastMap = 0;
}
void map_script(void) __banked {}
void script_nurse(void) __banked {}
void script_clerk(void) __banked {}
uint8_t script_text(uint8_t id) __banked { id; return 0; }
void save_menu(void) __banked {}
