/* Stand-ins until the battle files arrive. */
#pragma bank 0x35
#include "overworld.h"

void battle_run(void) __banked {}
void move_name(uint8_t move) __banked { move; }
