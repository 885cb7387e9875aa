# Aggregations: exact values at the edges, and exact totals from several CPUs and programs at once.

== count, sum, min, max, avg and stats of a few values
requires: root
script: BEGIN { for ($i : -2..5) { @c = count(); @s = sum($i); @min = min($i); @max = max($i); @a = avg($i); @st = stats($i); } }
expect:


	@a: 1
	@c: 7
	@max: 4
	@min: -2
	@s: 7
	@st: { .count = 7, .average = 1, .total = 7 }

== the first value is the minimum and the maximum, whatever its sign
requires: root
script: BEGIN { @min1 = min(5); @max1 = max(-5); @min0 = min(0); @max0 = max(0); @minu = min((uint64)7); @maxu = max((uint64)7); }
expect:


	@max0: 0
	@max1: -5
	@maxu: 7
	@min0: 0
	@min1: 5
	@minu: 7

== INT64_MIN and INT64_MAX
requires: root
script:
	BEGIN
	{
		@v["min"] = -0x7fffffffffffffff - 1; @v["max"] = 0x7fffffffffffffff;
		for ($kv : @v)
		{
			$v = $kv.1;
			@min = min($v); @max = max($v); @sum = sum($v); @avg = avg($v); @stats = stats($v);
			@each[$kv.0] = sum($v); @h[$kv.0] = hist($v);
		}
		clear(@v);
	}
expect:


	@avg: 0
	@each[min]: -9223372036854775808
	@each[max]: 9223372036854775807
	@h[max]:
	[4E, 8E)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@h[min]:
	(..., 0)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@max: 9223372036854775807
	@min: -9223372036854775808
	@stats: { .count = 2, .average = 0, .total = -1 }
	@sum: -1

== UINT64_MAX is larger than all, and not negative
requires: root
script:
	BEGIN
	{
		$v = 0xffffffffffffffff; let $n: uint64 = 3;
		@min = min($v); @min = min($n); @max = max($v); @max = max($n);
		@sum = sum($v); @avg = avg($v); @stats = stats($v); @h = hist($v); @l = lhist($v, 0, 10, 5);
	}
expect:


	@avg: 18446744073709551615
	@h:
	[8E, 16E)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@l:
	[10, ...)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@max: 18446744073709551615
	@min: 3
	@stats: { .count = 1, .average = 18446744073709551615, .total = 18446744073709551615 }
	@sum: 18446744073709551615

== sums wrap at 64 bits, signed and unsigned
requires: root
script: BEGIN { $s = 0x7fffffffffffffff; let $u: uint64 = 0xffffffffffffffff; @s = sum($s); @s = sum(1); @u = sum($u); @u = sum((uint64)2); }
expect:


	@s: -9223372036854775808
	@u: 1

== averages are cut toward zero
requires: root
script: BEGIN { @p = avg(1); @p = avg(2); @n = avg(-1); @n = avg(-2); @z = avg(-1); @z = avg(0); @z = avg(0); }
expect:


	@n: -1
	@p: 1
	@z: 0

== hist: the bucket of each power of two, of what is below it, of 0 and of negatives
requires: root
script: BEGIN { @v[1] = -5; for ($i : 0..10) { @h = hist($i); } @h = hist(@v[1]); @h = hist(1023); @h = hist(1024); @h = hist(1025); clear(@v); }
expect:


	@h:
	(..., 0)               1 |@@@@@@@@@@@@@                                       |
	[0]                    1 |@@@@@@@@@@@@@                                       |
	[1]                    1 |@@@@@@@@@@@@@                                       |
	[2, 4)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[4, 8)                 4 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[8, 16)                2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[16, 32)               0 |                                                    |
	[32, 64)               0 |                                                    |
	[64, 128)              0 |                                                    |
	[128, 256)             0 |                                                    |
	[256, 512)             0 |                                                    |
	[512, 1K)              1 |@@@@@@@@@@@@@                                       |
	[1K, 2K)               2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	

== hist: labels in K, M, G, T, P and E
requires: root
script:
	BEGIN
	{
		for ($i : 0..64) { @h[$i / 10] = hist((uint64)1 << $i); }
	}
expect:


	@h[6]:
	[1E, 2E)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2E, 4E)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[4E, 8E)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[8E, 16E)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@h[0]:
	[1]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2, 4)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[4, 8)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[8, 16)                1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[16, 32)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[32, 64)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[64, 128)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[128, 256)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[256, 512)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[512, 1K)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@h[1]:
	[1K, 2K)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2K, 4K)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[4K, 8K)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[8K, 16K)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[16K, 32K)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[32K, 64K)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[64K, 128K)            1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[128K, 256K)           1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[256K, 512K)           1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[512K, 1M)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@h[2]:
	[1M, 2M)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2M, 4M)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[4M, 8M)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[8M, 16M)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[16M, 32M)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[32M, 64M)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[64M, 128M)            1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[128M, 256M)           1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[256M, 512M)           1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[512M, 1G)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@h[3]:
	[1G, 2G)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2G, 4G)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[4G, 8G)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[8G, 16G)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[16G, 32G)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[32G, 64G)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[64G, 128G)            1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[128G, 256G)           1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[256G, 512G)           1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[512G, 1T)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@h[4]:
	[1T, 2T)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2T, 4T)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[4T, 8T)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[8T, 16T)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[16T, 32T)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[32T, 64T)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[64T, 128T)            1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[128T, 256T)           1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[256T, 512T)           1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[512T, 1P)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@h[5]:
	[1P, 2P)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2P, 4P)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[4P, 8P)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[8P, 16P)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[16P, 32P)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[32P, 64P)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[64P, 128P)            1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[128P, 256P)           1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[256P, 512P)           1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[512P, 1E)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	

== hist with 2 and with 4 buckets per power
requires: root
script: BEGIN { for ($i : 0..20) { @one = hist($i, 1); @two = hist($i, 2); } @one = hist(24, 1); @two = hist(28, 2); }
expect:


	@one:
	[0]                    1 |@@@@@@@@@@@@@                                       |
	[1]                    1 |@@@@@@@@@@@@@                                       |
	[2]                    1 |@@@@@@@@@@@@@                                       |
	[3]                    1 |@@@@@@@@@@@@@                                       |
	[4, 6)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[6, 8)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[8, 12)                4 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[12, 16)               4 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[16, 24)               4 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[24, 32)               1 |@@@@@@@@@@@@@                                       |

	@two:
	[0]                    1 |@@@@@@@@@@@@@                                       |
	[1]                    1 |@@@@@@@@@@@@@                                       |
	[2]                    1 |@@@@@@@@@@@@@                                       |
	[3]                    1 |@@@@@@@@@@@@@                                       |
	[4]                    1 |@@@@@@@@@@@@@                                       |
	[5]                    1 |@@@@@@@@@@@@@                                       |
	[6]                    1 |@@@@@@@@@@@@@                                       |
	[7]                    1 |@@@@@@@@@@@@@                                       |
	[8, 10)                2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[10, 12)               2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[12, 14)               2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[14, 16)               2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[16, 20)               4 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[20, 24)               0 |                                                    |
	[24, 28)               0 |                                                    |
	[28, 32)               1 |@@@@@@@@@@@@@                                       |
	

== hist with 32 buckets per power: one value each up to 63, then two
requires: root
script: BEGIN { @h = hist(61, 5); @h = hist(63, 5); @h = hist(64, 5); @h = hist(65, 5); @h = hist(66, 5); }
expect:


	@h:
	[61]                   1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[62]                   0 |                                                    |
	[63]                   1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[64, 66)               2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[66, 68)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	

== lhist: below, each edge, above
requires: root
script: BEGIN { @v[0] = -1; @v[1] = 0; @v[2] = 9; @v[3] = 10; @v[4] = 19; @v[5] = 20; @v[6] = 29; @v[7] = 30; @v[8] = 31; for ($kv : @v) { @l = lhist($kv.1, 0, 30, 10); } clear(@v); }
expect:


	@l:
	(..., 0)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[0, 10)                2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[10, 20)               2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[20, 30)               2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[30, ...)              2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	

== lhist with a negative range, a range its step does not divide, and steps of one
requires: root
script: BEGIN { @v[0] = -11; @v[1] = -10; @v[2] = -1; @v[3] = 0; @v[4] = 4; @v[5] = 5; for ($kv : @v) { @neg = lhist($kv.1, -10, 5, 5); @odd = lhist($kv.1, -10, 5, 4); @one = lhist($kv.1, -1, 2, 1); } clear(@v); }
expect:


	@neg:
	(..., -10)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[-10, -5)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[-5, 0)                1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[0, 5)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[5, ...)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |

	@odd:
	(..., -10)             1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[-10, -6)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[-6, -2)               0 |                                                    |
	[-2, 2)                2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2, 5)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[5, ...)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |

	@one:
	(..., -1)              2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[-1]                   1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[0]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[1]                    0 |                                                    |
	[2, ...)               2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	

== lhist: steps of 1024 have labels in K and M
requires: root
script: BEGIN { @l = lhist(1024, 0, 4096, 1024); @l = lhist(5000, 0, 4096, 1024); @m = lhist(1048576, 0, 4194304, 1048576); }
expect:


	@l:
	[1K, 2K)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2K, 3K)               0 |                                                    |
	[3K, 4K)               0 |                                                    |
	[4K, ...)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@m:
	[1M, 2M)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	

== the longest bar has 52 columns, the others their part of them
requires: root
script: BEGIN { for ($i : 0..104) { @h = hist(1); } for ($i : 0..53) { @h = hist(2); } @h = hist(4); @h = hist(16); @h = hist(16); }
expect:


	@h:
	[1]                  104 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[2, 4)                53 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[4, 8)                 1 |                                                    |
	[8, 16)                0 |                                                    |
	[16, 32)               2 |@                                                   |
	

== an aggregation of a full map goes to (other)
requires: root
script: config = { max_map_keys = 2 } BEGIN { for ($i : 0..10) { @c[$i] = count(); @s[$i] = sum($i); } }
expect:


	@c[0]: 1
	@c[1]: 1
	@c[(other)]: 8
	@s[0]: 0
	@s[1]: 1
	@s[(other)]: 44
error:
	stdin:1:58-64: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	config = { max_map_keys = 2 } BEGIN { for ($i : 0..10) { @c[$i] = count(); @s[$i] = sum($i); } }
	                                                         ~~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	stdin:1:76-82: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	config = { max_map_keys = 2 } BEGIN { for ($i : 0..10) { @c[$i] = count(); @s[$i] = sum($i); } }
	                                                                           ~~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	lost: 16 map updates
	hint: @c is full at 2 keys; raise it with config = { max_map_keys = N }

== two processes on two CPUs at full speed: nothing is lost
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/
	{
		@ = count(); @one = sum(1); @sum = sum(args.policy); @max = max(args.policy); @min = min(args.policy);
		@stats = stats(args.policy); @avg = avg(args.policy); @key[comm] = count();
		@hist = hist(args.policy); @lhist = lhist(args.policy, 0, 300000, 100000);
	}
traffic: calls 300000 0 1
expect:


	@: 600000
	@avg: 149999
	@hist:
	[0]                    2 |                                                    |
	[1]                    2 |                                                    |
	[2, 4)                 4 |                                                    |
	[4, 8)                 8 |                                                    |
	[8, 16)               16 |                                                    |
	[16, 32)              32 |                                                    |
	[32, 64)              64 |                                                    |
	[64, 128)            128 |                                                    |
	[128, 256)           256 |                                                    |
	[256, 512)           512 |                                                    |
	[512, 1K)           1024 |                                                    |
	[1K, 2K)            2048 |                                                    |
	[2K, 4K)            4096 |                                                    |
	[4K, 8K)            8192 |@                                                   |
	[8K, 16K)          16384 |@@@                                                 |
	[16K, 32K)         32768 |@@@@@@                                              |
	[32K, 64K)         65536 |@@@@@@@@@@@@@                                       |
	[64K, 128K)       131072 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
	[128K, 256K)      262144 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[256K, 512K)       75712 |@@@@@@@@@@@@@@@                                     |

	@key[calls]: 600000
	@lhist:
	[0, 100000)       200000 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[100000, 200000)  200000 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[200000, 300000)  200000 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@max: 299999
	@min: 0
	@one: 600000
	@stats: { .count = 600000, .average = 149999, .total = 89999700000 }
	@sum: 89999700000

== quantile: exact count and extremes, percentiles in buckets of a quarter of a power of two
requires: root
script:
	BEGIN
	{
		for ($i : 0..1001) { @q = quantile($i); @even[$i % 2 ? "odd" : "even"] = quantile($i * $i); }
		@one = quantile(1000); @few = quantile(3); @few = quantile(7); @few = quantile(5);
		@u = quantile((uint64)0xffffffffffffffff); @e = quantile(-0x7fffffffffffffff - 1); @e = quantile(0x7fffffffffffffff);
		@none = quantile(1); zero(@none);
	}
expect:


	@e: count 2, min -9223372036854775808, p50 <0, p90 8646911284551352320, p99 8646911284551352320, max 9223372036854775807
	@even[even]: count 501, min 0, p50 245760, p90 851968, p99 983040, max 1000000
	@even[odd]: count 500, min 1, p50 245760, p90 851968, p99 983040, max 998001
	@few: count 3, min 3, p50 5, p90 7, p99 7, max 7
	@none: count 0, min 0, p50 0, p90 0, p99 0, max 0
	@one: count 1, min 1000, p50 1000, p90 1000, p99 1000, max 1000
	@q: count 1001, min 0, p50 480, p90 960, p99 960, max 1000
	@u: count 1, min 18446744073709551615, p50 18446744073709551615, p90 18446744073709551615, p99 18446744073709551615, max 18446744073709551615

== quantile: keys are sorted by p50, negatives first, and print() takes the last
requires: root
script: BEGIN { for ($i : 1..4) { @[$i] = quantile(100 / $i); @[9] = quantile(-$i); } print(@, 2); print(@[1]); }
expect:
	@[2]: count 1, min 50, p50 50, p90 50, p99 50, max 50
	@[1]: count 1, min 100, p50 100, p90 100, p99 100, max 100
	count 1, min 100, p50 100, p90 100, p99 100, max 100


	@[9]: count 3, min -3, p50 <0, p90 <0, p99 <0, max -1
	@[3]: count 1, min 33, p50 33, p90 33, p99 33, max 33
	@[2]: count 1, min 50, p50 50, p90 50, p99 50, max 50
	@[1]: count 1, min 100, p50 100, p90 100, p99 100, max 100

== quantile: within 12.5 % of the exact percentiles, for values from 0 to 2^62 of four distributions
requires: root
run:
	cat >q.pkt <<'END'
	BEGIN
	{
		$x = (int64)1;
		for ($i : 0..4000) {
			$x = ($x * 6364136223846793005 + 1442695040888963407) & 0x7fffffffffffffff;
			$kind = $i % 4;
			$v = $x >> 1;
			if ($kind == 1) { $v = $x >> (1 + ($x % 61)); }
			if ($kind == 2) { $v = ($x >> 20) % 1000; }
			if ($kind == 3) { $v = 40000 + ($x >> 40) % 500; if ($i % 64 == 3) { $v *= 100; } }
			@[$kind] = quantile($v);
			printf("# %d %d\n", $kind, $v);
		}
	}
	END
	"$PKTSCRIPT" -q q.pkt >out
	LC_ALL=C sort -k1,1 -k2,2n -k3,3n out | awk '
		$1 == "#" { value[$2, ++n[$2]] = $3 }
		/^@/ {
			gsub(/[^a-z0-9 -]/, " ")
			k = $1
			good = $3 == n[k] && $5 == value[k, 1] && $13 == value[k, n[k]]
			for (i = 6; i < 12; i += 2) {
				rank = int((n[k] * substr($i, 2) + 99) / 100)
				exact = value[k, rank]
				off = ($(i + 1) - exact) / (exact ? exact : 1)
				good = good && off <= 0.125 && off >= -0.125
			}
			lines[k] = k ": " n[k] " values " (good ? "good" : "bad: " $0)
		}
		END { for (k = 0; k < 4; k++) print lines[k] }'
expect:
	0: 1000 values good
	1: 1000 values good
	2: 1000 values good
	3: 1000 values good

== two processes: quantiles of what both CPUs saw
requires: root
script: syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @ = quantile(args.policy); @k[comm] = quantile(args.policy); }
traffic: calls 300000 0 1
expect:


	@: count 600000, min 0, p50 147456, p90 294912, p99 294912, max 299999
	@k[calls]: count 600000, min 0, p50 147456, p90 294912, p99 294912, max 299999

== the same counts for each process
requires: root
run:
	"$PKTSCRIPT" -e 'syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @[pid] = count(); @sum[pid] = sum(1); @plain[pid]++; @h[pid] = hist(1); }' -c 'calls 200000 0 1 0 1' 2>/dev/null | sed 's/^@\(.*\)\[[0-9]*\]/@\1[PID]/; /^$/d; /^[0-9]/d' | sort | uniq -c | sed 's/^ *//'
expect:
	4 @[PID]: 200000
	4 @h[PID]:
	4 @plain[PID]: 200000
	4 @sum[PID]: 200000
	4 [1]               200000 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

== several probes write the same map, from two CPUs
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @ = count(); @s = sum(1); @k["a"] = count(); @h = hist(1); @max = max(args.policy); @plain++; @keyed["a"]++; }
	syscalls:sys_exit_sched_get_priority_max /comm == "calls"/ { @ = count(); @s = sum(1); @k["a"] = count(); @h = hist(1); @plain++; @keyed["a"]++; }
traffic: calls 200000 0 1
expect:


	@: 800000
	@h:
	[1]               800000 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@k[a]: 800000
	@keyed[a]: 800000
	@max: 199999
	@plain: 800000
	@s: 800000

== so does a wildcard
requires: root
script:
	tracepoint:syscalls:sys_*_sched_get_priority_max /comm == "calls"/ { @ = count(); @k[probe] = count(); @any["x"] = count(); @plain++; }
traffic: calls 200000 0 1
expect:


	@: 800000
	@any[x]: 800000
	@k[tracepoint:syscalls:sys_enter_sched_get_priority_max]: 400000
	@k[tracepoint:syscalls:sys_exit_sched_get_priority_max]: 400000
	@plain: 800000

== an interval reads and writes what the tracepoints write
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @ = count(); @n++; }
	interval:us:200 { @ = count(); @n++; @ticks++; }
	END { printf("%d\n", @n - @ticks); clear(@n); clear(@ticks); clear(@); }
traffic: calls 200000 0 1
expect:
	400000
	
	

== many keys made on two CPUs at once
requires: root
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @[args.policy % 1000] = count(); @t["all"] = count(); }
	END { for ($i : 0..1000) { @seen = sum(has_key(@, $i)); } clear(@); }
traffic: calls 100000 0 1
expect:


	@seen: 1000
	@t[all]: 200000

== a full map of aggregations keeps the total of two CPUs
requires: root
run:
	"$PKTSCRIPT" -e 'config = { max_map_keys = 10 } syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @[args.policy % 1000] = count(); }' -c 'calls 100000 0 1' > out 2> err
	grep -c '^@\[[0-9]' out
	tail -n 1 out | sed 's/: .*//'
	sed -n 's/^@.*: //p' out | paste -sd+ | sed 's/.*/$((&))/' | { read -r sum; eval "echo $sum"; }
	sed -E '/^Attached/d' err
expect:
	10
	@[(other)]
	200000
	stdin:1:94-115: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`
	config = { max_map_keys = 10 } syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ { @[args.policy % 1000] = count(); }
	                                                                                             ~~~~~~~~~~~~~~~~~~~~~
	Additional Info - helper: map_update_elem, retcode: -7
	lost: 198000 map updates
	hint: @ is full at 10 keys; raise it with config = { max_map_keys = N }

== signed and unsigned values in one aggregation
requires: root
script: BEGIN { let $u: uint64 = 5; @s = sum($u); @s = sum(-7); @min = min($u); @min = min(-3); @max = max(-3); @max = max($u); @h = hist(-1); @h = hist($u); }
expect:


	@h:
	(..., 0)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
	[0]                    0 |                                                    |
	[1]                    0 |                                                    |
	[2, 4)                 0 |                                                    |
	[4, 8)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

	@max: 5
	@min: -3
	@s: -2

== a time series is a plot of the last value of each interval
requires: root
run: TZ=UTC "$PKTSCRIPT" -q -e 'BEGIN { @ = tseries(-2, 1s, 1); print(@); @m["a", 1] = tseries(7, 1d, 9, "sum"); @m["a", 1] = tseries(-9, 1d, 9, "sum"); @none = tseries(1, 1s, 1); clear(@none); print(@none); }' | sed -E 's/^[0-9]{2}[0-9:]{6} /00:00:00 /'
expect:
	@:
	         -3                                                 -1
	hh:mm:ss |___________________________________________________|
	00:00:00 |                         *                         | -2
	         v___________________________________________________v
	         -3                                                 -1

	@none:
	<no data>


	@:
	         -3                                                 -1
	hh:mm:ss |___________________________________________________|
	00:00:00 |                         *                         | -2
	         v___________________________________________________v
	         -3                                                 -1

	@m[a, 1]:
	         -3                                                 -1
	hh:mm:ss |___________________________________________________|
	00:00:00 |                         *                         | -2
	         v___________________________________________________v
	         -3                                                 -1
	

== a time series over its intervals: columns, zero, and intervals without a value
requires: root
script:
	BEGIN { @v = -4; }
	interval:ms:10 {
		@n++;
		if (@n == 30) { @v = 1000; }
		if (@n == 60) { @v = 0; }
		if (@n == 90) { @v = 6; }
		if (@v < 10) { @ = tseries(@v, 100ms, 50); }
		if (@n > 120) { clear(@v); clear(@n); exit(); }
	}
expect~:
	^@:$
	^             -4                                                  6$
	^hh:mm:ss\.ms  \|_{51}\|$
	^[0-9:]{8}\.[0-9]00 \*                   \.                               \| -4$
	^[0-9:]{8}\.[0-9]00 \|                   \.                               \| -$
	^[0-9:]{8}\.[0-9]00 \|                   \*                               \| 0$
	^[0-9:]{8}\.[0-9]00 \|                   \.                               \* 6$
	^             v_{51}v$
	^             -4                                                  6$

== what becomes of several values in an interval
requires: root
args: -f json
script:
	BEGIN {
		@avg = tseries(-4, 1d, 2, "avg"); @avg = tseries(-7, 1d, 2, "avg");
		@last = tseries(5, 1d, 2); @last = tseries(3, 1d, 2);
		@max = tseries(-5, 1d, 2, "max"); @max = tseries(-3, 1d, 2, "max"); @max = tseries(-4, 1d, 2, "max");
		@min = tseries(-5, 1d, 2, "min"); @min = tseries(7, 1d, 2, "min");
		@sum = tseries(5, 1d, 2, "sum"); @sum = tseries(3, 1d, 2, "sum");
	}
expect~:
	^\{"type": "tseries", "data": \{"@avg": \[\{"interval_start": "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\.000000000", "value": -5\}\]\}\}$
	"@last": .*"value": 3\}
	"@max": .*"value": -3\}
	"@min": .*"value": -5\}
	"@sum": .*"value": 8\}

== a time series folds what two CPUs did in one interval
requires: root
args: -f json
script:
	syscalls:sys_enter_sched_get_priority_max /comm == "calls"/ {
		@sum = tseries(1, 1d, 2, "sum"); @avg = tseries(7, 1d, 2, "avg"); @k["x"] = tseries(args.policy, 1d, 2, "max");
	}
traffic: calls 100000 0 1
expect~:
	"@avg": .*"value": 7\}
	"@k": \{"x": .*"value": 99999\}
	"@sum": .*"value": 200000\}

== what tseries() takes
script: BEGIN { @ = tseries(3, 0, 5); @a = tseries(3, 1s, 5000); @b = tseries(3, 1s, 5, "med"); @c = tseries(1, 1s, pid); @e = tseries(1, 1s, 5); $x = @e; @e = tseries(1, 1s, 6); }
args: --check
status: 1
error:
	-e:1:24: error: the second argument of tseries() is an interval of at least 1ns [bad-argument]
	BEGIN { @ = tseries(3, 0, 5); @a = tseries(3, 1s, 5000); @b = tseries(3, 1s, 5, "med"); @c = tseries(1, 1s, pid); @e = tseries(1, 1s, 5); $x = @e; @e = tseries(
	                       ^
	hint: write tseries(value, 100ms, 20)
	-e:1:51: error: the third argument of tseries() is a number of intervals from 1 to 1000 [bad-argument]
	BEGIN { @ = tseries(3, 0, 5); @a = tseries(3, 1s, 5000); @b = tseries(3, 1s, 5, "med"); @c = tseries(1, 1s, pid); @e = tseries(1, 1s, 5); $x = @e; @e = tseries(
	                                                  ^~~~
	-e:1:81: error: the fourth argument of tseries() is "avg", "max", "min" or "sum" [bad-argument]
	BEGIN { @ = tseries(3, 0, 5); @a = tseries(3, 1s, 5000); @b = tseries(3, 1s, 5, "med"); @c = tseries(1, 1s, pid); @e = tseries(1, 1s, 5); $x = @e; @e = tseries(
	                                                                                ^~~~~
	-e:1:109: error: the third argument of tseries() is a constant number, and this is uint32 [bad-argument]
	; @a = tseries(3, 1s, 5000); @b = tseries(3, 1s, 5, "med"); @c = tseries(1, 1s, pid); @e = tseries(1, 1s, 5); $x = @e; @e = tseries(1, 1s, 6); }
	                                                                                ^~~
	-e:1:144: error: @e holds tseries(), which is not a value to compute with [bad-operand]
	series(3, 1s, 5, "med"); @c = tseries(1, 1s, pid); @e = tseries(1, 1s, 5); $x = @e; @e = tseries(1, 1s, 6); }
	                                                                                ^~
	-e:1:120: note: it is assigned here
	ies(3, 1s, 5000); @b = tseries(3, 1s, 5, "med"); @c = tseries(1, 1s, pid); @e = tseries(1, 1s, 5); $x = @e; @e = tseries(1, 1s, 6); }
	                                                                                ^~~~~~~~~~~~~~~~~
	-e:1:153: error: the value of @e is tseries(n, 1000000000, 5), not tseries(n, 1000000000, 6) [type-mismatch]
	 1s, 5, "med"); @c = tseries(1, 1s, pid); @e = tseries(1, 1s, 5); $x = @e; @e = tseries(1, 1s, 6); }
	                                                                                ^~~~~~~~~~~~~~~~~
	-e:1:120: note: its type comes from here
	ies(3, 1s, 5000); @b = tseries(3, 1s, 5, "med"); @c = tseries(1, 1s, pid); @e = tseries(1, 1s, 5); $x = @e; @e = tseries(1, 1s, 6); }
	                                                                                ^~~~~~~~~~~~~~~~~

== the extremes of what a number can be
requires: root
script: BEGIN { @x = min(UINT64_MAX); @y = max(0); @z = min(INT64_MAX); @w = max(INT64_MIN); @k["a"] = min(UINT64_MAX); print((@x, @w, @k["a"], @k["none"], @z)); @q["c"] = min(5); zero(@q); print(@q); clear(@y); print(@y); }
expect:
	(18446744073709551615, -9223372036854775808, 18446744073709551615, 0, 9223372036854775807)
	@q[c]: 0
	@y: 0


	@k[a]: 18446744073709551615
	@q[c]: 0
	@w: -9223372036854775808
	@x: 18446744073709551615
	@z: 9223372036854775807
