; The smallest cartridge: call main once, then sleep.
	.module start
	.globl _main
	.area _HEADER (ABS)
	.org 0x0100
	nop
	jp start
	.area _CODE
	.area _HOME
	.area _GSINIT
	.area _GSFINAL
	.area _INITIALIZER
	.area _DATA
	.area _INITIALIZED
	.area _BSS
	.area _CODE
start:
	di
	ld sp, #0xDFFF
	call _main
1$:	halt
	nop
	jr 1$
