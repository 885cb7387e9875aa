/* SPDX-License-Identifier: Apache-2.0 */
/* A process with values of all kinds, for tests/process.t: each is handed to a function. */
#include <stdbool.h>
#include <stdint.h>

#include "structs.h"

#define PROBED __attribute__((noinline))
#define TAKES(...) __asm__ volatile("" ::__VA_ARGS__ : "memory")

PROBED void take_all(struct all *p)
{
	TAKES("r"(p));
}

PROBED void take_bits(struct bits *p)
{
	TAKES("r"(p));
}

PROBED void take_either(union either *p)
{
	TAKES("r"(p));
}

PROBED void take_anonymous(struct anonymous *p)
{
	TAKES("r"(p));
}

PROBED void take_list(struct list *p)
{
	TAKES("r"(p));
}

PROBED void take_mixed(struct mixed *p, struct packed *q)
{
	TAKES("r"(p), "r"(q));
}

PROBED int take_numbers(int a, unsigned b, int8_t c, uint8_t d, int64_t e, uint16_t f)
{
	TAKES("r"(a), "r"(b), "r"(c), "r"(d), "r"(e), "r"(f));
	return a + 1;
}

PROBED void take_pointers(int *a, int **b, char **c, uint8_t *d, const char *e, int64_t *f)
{
	TAKES("r"(a), "r"(b), "r"(c), "r"(d), "r"(e), "r"(f));
}

PROBED const char *take_strings(const char *a, const char *b)
{
	TAKES("r"(a), "r"(b));
	return a;
}

int main(void)
{
	struct inner in = { 5, 6 };
	struct all all = { -1,
			   'b',
			   1L << 40,
			   { 1, 2 },
			   &in,
			   { 1, 2, 3, 4 },
			   "name",
			   "a string",
			   { { 1, 2, 3 }, { 4, 5, 6 } },
			   { { 7, 8 }, { 9, 10 } },
			   { 0xaa, 0xbb, 0xcc, 0xdd } };
	struct bits bits = { 5, 200, -2, 1, 0xabcd, 0x1ffffffff, 5 };
	union either either = { .i = 0x44434241 };
	struct anonymous anonymous = { 1, { .i = 0x00050006 }, { 9 } };
	struct list last = { 2, 0 }, first = { 1, &last };
	struct mixed mixed = { LETTER_N, true, 1.5, 2 };
	struct packed packed = { 'p', 77, -8 };
	int number = 42, *pointer = &number;
	char *strings[] = { "one", "two", 0 };
	uint8_t bytes[4] = { 1, 2, 3, 255 };
	int64_t longs[2] = { -5, 6 };

	take_all(&all);
	take_bits(&bits);
	take_either(&either);
	take_anonymous(&anonymous);
	take_list(&first);
	take_mixed(&mixed, &packed);
	take_numbers(-5, 4000000000u, -3, 250, -1099511627776, 65535);
	take_pointers(&number, &pointer, strings, bytes, "text", longs);
	take_strings("hello", "hellp");
	return 0;
}
