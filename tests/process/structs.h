/* SPDX-License-Identifier: Apache-2.0 */
/* What values.c has in memory; tests/process.t reads this file too. */
struct inner {
	int x, y;
};

struct all {
	int a;
	char b;
	long c;
	struct inner in, *pointer;
	int array[4];
	char name[8];
	const char *text;
	int matrix[2][3];
	struct inner inners[2];
	uint8_t bytes[4];
};

struct bits {
	unsigned a : 4;
	unsigned b : 8;
	int c : 3;
	unsigned d : 1;
	unsigned e : 16;
	uint64_t f : 33;
	uint64_t g : 31;
};

union either {
	int i;
	short s;
	char c[4];
};

struct anonymous {
	int t;
	union {
		int i;
		struct {
			short low, high;
		};
	};
	struct {
		int z;
	};
};

struct list {
	int value;
	struct list *next;
};

enum letter { LETTER_A = 1, LETTER_B = 2, LETTER_N = -3 };

struct mixed {
	enum letter e;
	bool b;
	double d;
	float f;
};

struct packed {
	char c;
	int i;
	short s;
} __attribute__((packed));
