/* Small routines on monster structs that code of every bank calls; in the home bank. */
#include "battle.h"

uint16_t get16(const volatile uint8_t *p)
{
	uint16_t value = p[0];
	uint8_t low = p[1];
	value <<= 8;
	value |= low;
	return value;
}

void put16(volatile uint8_t *p, uint16_t value)
{
	uint16_t high = value >> 8;
	p[0] = (uint8_t)high;
	p[1] = (uint8_t)value;
}

void copy_ram(const volatile uint8_t *src, volatile uint8_t *dst, uint8_t n)
{
	for (; n; n--)
		*dst++ = *src++;
}

ram party_mon(uint8_t slot)
{
	ram p = wPartyMons;
	for (; slot; slot--)
		p += MON_SIZE;
	return p;
}

ram side_mon(uint8_t side)
{
	if (side)
		return wEnemyMon;
	return wBattleMon;
}

ram side_status(uint8_t side)
{
	if (side)
		return &wEnemyBattleStatus1;
	return &wPlayerBattleStatus1;
}

ram side_mods(uint8_t side)
{
	if (side)
		return wEnemyMonStatMods;
	return wPlayerMonStatMods;
}

ram side_unmodified(uint8_t side)
{
	if (side)
		return &wEnemyMonUnmodifiedLevel;
	return &wPlayerMonUnmodifiedLevel;
}

ram side_move(uint8_t side)
{
	if (side)
		return &wEnemyMoveNum;
	return &wPlayerMoveNum;
}

uint8_t alive_slots(void)
{
	uint8_t i, n = 0;
	ram p = wPartyMons;
	for (i = 0; i != wPartyCount; i++) {
		if (p[MON_HP] | p[MON_HP + 1])
			n++;
		p += MON_SIZE;
	}
	return n;
}
