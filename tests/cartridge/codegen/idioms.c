/* The ways in which the cartridge's C computes; each result is compared with Python's by test_codegen.py. */
#include <stdint.h>

#define OUT ((volatile uint16_t *)0xC000)
#define IN ((const volatile uint8_t *)0xD000)      /* eight bytes that the test fills before main runs */

static uint8_t at;
static volatile uint8_t table[16];

static void put(uint16_t value)
{
	volatile uint16_t *to = OUT;
	to += at;
	*to = value;
	at++;
}

static void shifts(uint8_t a, uint8_t b)
{
	uint8_t low;
	uint16_t wide;
	low = a << 1;
	put(low);
	low = a >> 3;
	put(low);
	low = a << 4;
	low = low | (b & 0x0F);
	put(low);
	wide = a;
	wide = wide << 8;
	wide |= b;
	put(wide);
	put(wide >> 4);
	low = (uint8_t)(wide >> 8);
	put(low);
	wide = a;
	wide = wide << 4;
	wide += 0x8000;
	put(wide);
}

static void sums(uint8_t a, uint8_t b)
{
	uint8_t low = a + b;
	uint16_t wide = a;
	int8_t step = -1;
	put(low);
	wide += b;
	put(wide);
	low = a - b;
	put(low);
	low = a + step;
	put(low);
	step = 1;
	low = b + step;
	put(low);
	low = a - 4;
	low = low >> 1;
	put(low);
	wide = (uint16_t)a * b;
	put(wide);
	put(wide / 100);
	put(wide % 100);
	put(wide * 3 + 7);
}

static void choices(uint8_t a, uint8_t b)
{
	uint8_t result = 0;
	if (a < b)
		result |= 1;
	if (a >= b)
		result |= 2;
	if (a == b)
		result |= 4;
	if ((a & 0x80) && !(b & 0x01))
		result |= 8;
	switch (a & 3) {
	case 0: result |= 16; break;
	case 1: result |= 32; break;
	case 2: result |= 48; break;
	default: result |= 64; break;
	}
	put(result);
}

static uint16_t root(uint16_t square_of)
{
	uint16_t value = 0;
	uint16_t square = 0;
	while (value < 255 && square < square_of) {
		square += value;
		square += value;
		square++;
		value++;
	}
	return value >> 2;
}

static void tables(uint8_t a, uint8_t b)
{
	uint8_t i;
	uint8_t index;
	volatile uint8_t *to = table;
	uint16_t sum = 0;
	for (i = 0; i != 16; i++) {
		*to++ = a + i;
	}
	index = b & 0x0F;
	table[index] += 2;
	table[index] |= 0x40;
	for (i = 0; i != 16; i++)
		sum += table[i];
	put(sum);
	put(table[index]);
	index = (b << 4) & 0x30;
	put(index);
	put(root((uint16_t)a * 16));
}

void main(void)
{
	uint8_t i;
	const volatile uint8_t *in = IN;
	at = 0;
	for (i = 0; i != 4; i++) {
		shifts(in[0], in[1]);
		sums(in[0], in[1]);
		choices(in[0], in[1]);
		tables(in[0], in[1]);
		in += 2;
	}
	put(0x600D);
}
