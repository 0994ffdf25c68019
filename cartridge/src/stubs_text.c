/* Stand-ins until the scripts arrive. */
#pragma bank 0x32
#include "overworld.h"

void map_script(void) __banked {}
void script_nurse(void) __banked {}
void script_clerk(void) __banked {}
uint8_t script_text(uint8_t id) __banked { id; return 0; }
