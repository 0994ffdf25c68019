; Reset, interrupts and the routines that must not depend on the C compiler.
	.module crt0
	.include "regs.inc"
	.globl _main, s__INITIALIZER, l__INITIALIZER, s__INITIALIZED

	.area _HEADER (ABS)
	.org 0x0020		; rst 20: call the function in hl
	jp (hl)
	.org 0x0038
	jp _crash
	.org 0x0040
	jp vblank
	.org 0x0048
	reti
	.org 0x0050
	reti
	.org 0x0058
	reti
	.org 0x0060
	reti
	.org 0x0100
	nop
	jp start

	; order of the areas for the linker
	.area _CODE
	.area _HOME
	.area _GSINIT
	.area _GSFINAL
	.area _INITIALIZER
	.area _DATA
	.area _INITIALIZED
	.area _BSS

	.area _HOME_A
_crash::
	di
1$:	halt
	nop
	jr 1$

start:
	di
	ld sp, #0xDFFF
1$:	ldh a, (0x44)
	cp #0x90
	jr nz, 1$
	xor a
	ldh (0x40), a
	ld hl, #0xC000
	ld bc, #0x1F00
	call zero
	ld hl, #0x8000
	ld bc, #0x2000
	call zero
	ld hl, #0xFF80
	ld bc, #0x007E
	call zero
	ld a, #0x0A		; cartridge RAM on, bank 0
	ld (0x0000), a
	xor a
	ld (0x4000), a
	ld hl, #dma_code
	ld c, #0x80
	ld b, #dma_end - dma_code
2$:	ld a, (hl+)
	ldh (c), a
	inc c
	dec b
	jr nz, 2$
	ld a, #1
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	ld a, #0x90
	ldh (hWY), a
	ld de, #s__INITIALIZED
	ld hl, #s__INITIALIZER
	ld bc, #l__INITIALIZER
3$:	ld a, b
	or a, c
	jr z, 4$
	ld a, (hl+)
	ld (de), a
	inc de
	dec bc
	jr 3$
4$:	call _main
	jp _crash

zero:	xor a
	ld (hl+), a
	dec bc
	ld a, b
	or a, c
	jr nz, zero
	ret

dma_code:
	ld a, #0xC3
	ldh (0x46), a
	ld a, #40
1$:	dec a
	jr nz, 1$
	ret
dma_end:

; __banked call: e = bank, hl = function; exactly two bytes stay on the stack below the arguments
___sdcc_bcall_ehl::
	ldh a, (hLoadedROMBank)
	push af
	ld a, e
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	rst 0x20
	ld e, a			; 8-bit result in a, 16-bit result in bc
	pop hl
	ld a, h
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	ld a, e
	ret

; uint8_t peek_bank(uint8_t bank /*a*/, const void *p /*de*/)
_peek_bank::
	ld c, a
	ldh a, (hLoadedROMBank)
	ld b, a
	ld a, c
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	ld a, (de)
	ld c, a
	ld a, b
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	ld a, c
	ret

; uint16_t peek_bank16(uint8_t bank /*a*/, const void *p /*de*/) -> bc
_peek_bank16::
	ld c, a
	ldh a, (hLoadedROMBank)
	push af
	ld a, c
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	ld a, (de)
	ld c, a
	inc de
	ld a, (de)
	ld b, a
	pop af
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	ret

; void wait_vblank(void)
_wait_vblank::
	ld a, #1
	ldh (hVBlankOccurred), a
1$:	halt
	nop
	ldh a, (hVBlankOccurred)
	or a, a
	jr nz, 1$
	ret

; uint8_t random8(void)
_random8::
	ldh a, (0x04)
	ld b, a
	ldh a, (hRandomAdd)
	adc a, b
	ldh (hRandomAdd), a
	ldh a, (0x04)
	ld b, a
	ldh a, (hRandomSub)
	sbc a, b
	ldh (hRandomSub), a
	ldh a, (hRandomAdd)
	ret

vblank:
	push af
	push bc
	push de
	push hl
	ldh a, (hSCX)
	ldh (0x43), a
	ldh a, (hSCY)
	ldh (0x42), a
	ldh a, (hWY)
	ldh (0x4A), a
	ldh a, (hRedrawRowOrColumnMode)
	or a, a
	jr z, no_redraw
	dec a
	jr nz, row
	call redraw_setup
	ld b, #18
1$:	ld a, (de)
	inc de
	ld (hl+), a
	ld a, (de)
	inc de
	ld (hl), a
	ld a, #31
	add a, l
	ld l, a
	jr nc, 2$
	inc h
	ld a, h
	and a, #3
	or a, #0x98
	ld h, a
2$:	dec b
	jr nz, 1$
	jr done_redraw
row:	call redraw_setup
	push hl
	call half_row
	pop hl
	ld a, #32
	add a, l
	ld l, a
	jr nc, 3$
	inc h
	ld a, h
	and a, #3
	or a, #0x98
	ld h, a
3$:	call half_row
done_redraw:
	xor a
	ldh (hRedrawRowOrColumnMode), a
	jr do_oam
no_redraw:
	ldh a, (hAutoBGTransferEnabled)
	or a, a
	call nz, transfer_third
do_oam:
	call 0xFF80
	ldh a, (hDisableJoypadPolling)
	or a, a
	call z, poll_joypad
	call _random8
	ldh a, (hFrameCounter)
	or a, a
	jr z, 4$
	dec a
	ldh (hFrameCounter), a
4$:	xor a
	ldh (hVBlankOccurred), a
	ld a, (_wStatusFlags6)
	bit 0, a
	call nz, play_time
	ld a, (_wIgnoreInputCounter)
	or a, a
	call nz, ignored_input
	pop hl
	pop de
	pop bc
	pop af
	reti

poll_joypad:
	ld a, #0x20
	ldh (0x00), a
	ldh a, (0x00)
	ldh a, (0x00)
	cpl
	and a, #0x0F
	swap a
	ld b, a
	ld a, #0x10
	ldh (0x00), a
	ldh a, (0x00)
	ldh a, (0x00)
	ldh a, (0x00)
	ldh a, (0x00)
	cpl
	and a, #0x0F
	or a, b
	ldh (hJoyInput), a
	ld a, #0x30
	ldh (0x00), a
	ret

; the lock after a warp: bits 1, 2 and 5 of wStatusFlags5 fall with the last frame
ignored_input:
	dec a
	ld (_wIgnoreInputCounter), a
	ret nz
	ld a, (_wStatusFlags5)
	and a, #0xD9
	ld (_wStatusFlags5), a
	ret

; frames, seconds, minutes, hours of play
play_time:
	ld hl, #_wPlayTimeFrames
	inc (hl)
	ld a, (hl)
	cp #60
	ret c
	ld (hl), #0
	dec hl
	inc (hl)
	ld a, (hl)
	cp #60
	ret c
	ld (hl), #0
	dec hl
	inc (hl)
	ld a, (hl)
	cp #60
	ret c
	ld (hl), #0
	ld hl, #_wPlayTimeHours
	inc (hl)
	ret

redraw_setup:
	ldh a, (hRedrawRowOrColumnDest)
	ld l, a
	ldh a, (hRedrawRowOrColumnDest+1)
	ld h, a
	ld de, #_wRedrawRowOrColumnSrcTiles
	ret

half_row:
	ld c, #10
1$:	ld a, (de)
	inc de
	ld (hl+), a
	ld a, (de)
	inc de
	ld (hl), a
	ld a, l
	inc a
	and a, #0x1F
	ld b, a
	ld a, l
	and a, #0xE0
	or a, b
	ld l, a
	dec c
	jr nz, 1$
	ret

; six rows of wTileMap to the window map per VBlank
transfer_third:
	ldh a, (hAutoBGTransferPortion)
	ld hl, #transfer_table
	add a, a
	add a, a
	ld c, a
	ld b, #0
	add hl, bc
	ld a, (hl+)
	ld e, a
	ld a, (hl+)
	ld d, a
	ld a, (hl+)
	ld h, (hl)
	ld l, a
	ld b, #6
2$:	.rept 20
	ld a, (de)
	inc de
	ld (hl+), a
	.endm
	push bc
	ld bc, #12
	add hl, bc
	pop bc
	dec b
	jr nz, 2$
	ldh a, (hAutoBGTransferPortion)
	inc a
	cp #3
	jr c, 3$
	xor a
3$:	ldh (hAutoBGTransferPortion), a
	ret
transfer_table:
	.dw _wTileMap, 0x9C00, _wTileMap+120, 0x9CC0, _wTileMap+240, 0x9D80

; void expand_blocks(void): 6x5 blocks from wCurrentTileBlockMapViewPointer -> wSurroundingTiles (24x20)
_expand_blocks::
	ldh a, (hLoadedROMBank)
	push af
	ld a, (_wTilesetBank)
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	ld hl, #_wCurrentTileBlockMapViewPointer
	ld a, (hl+)
	ld d, (hl)
	ld e, a			; de = block ids
	ld hl, #_wSurroundingTiles
	ld b, #5
1$:	push bc
	ld c, #6
2$:	push bc
	push de
	push hl
	ld a, (de)		; block id * 16 + blocks pointer -> de
	swap a
	ld e, a
	and a, #0x0F
	ld d, a
	ld a, e
	and a, #0xF0
	ld e, a
	ld a, (_wTilesetBlocksPtr)
	add a, e
	ld e, a
	ld a, (_wTilesetBlocksPtr+1)
	adc a, d
	ld d, a
	ld bc, #21
	.rept 3
	ld a, (de)
	inc de
	ld (hl+), a
	ld a, (de)
	inc de
	ld (hl+), a
	ld a, (de)
	inc de
	ld (hl+), a
	ld a, (de)
	inc de
	ld (hl), a
	add hl, bc
	.endm
	ld a, (de)
	inc de
	ld (hl+), a
	ld a, (de)
	inc de
	ld (hl+), a
	ld a, (de)
	inc de
	ld (hl+), a
	ld a, (de)
	ld (hl), a
	pop hl
	ld de, #4
	add hl, de
	pop de
	inc de
	pop bc
	dec c
	jr nz, 2$
	ld bc, #72		; next row of blocks: three more tile rows down
	add hl, bc
	ld a, (_wCurMapWidth)	; de += width + 6 - 6
	add a, e
	ld e, a
	jr nc, 3$
	inc d
3$:	pop bc
	dec b
	jr nz, 1$
	pop af
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	; window of 20x18 at (2*x parity, 2*y parity)
	ld hl, #_wSurroundingTiles
	ld a, (_wYBlockCoord)
	or a, a
	jr z, 4$
	ld bc, #48
	add hl, bc
4$:	ld a, (_wXBlockCoord)
	or a, a
	jr z, 5$
	inc hl
	inc hl
5$:	ld de, #_wTileMap
	ld b, #18
6$:	.rept 20
	ld a, (hl+)
	ld (de), a
	inc de
	.endm
	.rept 4
	inc hl
	.endm
	dec b
	jr nz, 6$
	ret

; void copy_bank(uint8_t bank /*a*/, const void *src /*de*/, void *dst, uint16_t n)
_copy_bank::
	ld b, a
	ldh a, (hLoadedROMBank)
	push af
	ld a, b
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	ldhl sp, #6
	ld a, (hl+)
	ld c, a
	ld b, (hl)
	ldhl sp, #4
	ld a, (hl+)
	ld h, (hl)
	ld l, a
	inc b
	inc c
	jr 2$
1$:	ld a, (de)
	inc de
	ld (hl+), a
2$:	dec c
	jr nz, 1$
	dec b
	jr nz, 1$
	pop af
	ldh (hLoadedROMBank), a
	ld (0x2000), a
	pop hl
	add sp, #4
	jp (hl)

; void fill_bytes(volatile void *dst /*de*/, uint8_t value /*a*/, uint16_t n)
_fill_bytes::
	ldhl sp, #2
	push af
	ld a, (hl+)
	ld c, a
	ld b, (hl)
	pop af
	ld l, e
	ld h, d
	inc b
	inc c
	jr 2$
1$:	ld (hl+), a
2$:	dec c
	jr nz, 1$
	dec b
	jr nz, 1$
	pop hl
	add sp, #2
	jp (hl)
