/*
 * fuzz.h - what a fuzz target is: fuzz_NAME.c with its corpus in corpus/NAME/.
 *
 * With fuzz_main.c it is a test that replays the corpus; `make fuzz` builds it
 * with libFuzzer instead.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
