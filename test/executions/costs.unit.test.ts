import { expect, test } from "vitest";
import { compileExpression } from "../../worker/executions/expressions";

/**
 * What an expression may use up in one evaluation. The bounds are counters, so the tests ask which counter ended it; the
 * time allowed is many times what it takes.
 */
const words = Array.from({ length: 3_000 }, (_, at) => `word ${at}`);
const scope = {
	s: "ab".repeat(50_000),
	event: { body: { a: Array.from({ length: 20_000 }, (_, at) => ({ v: `k${at}`, i: at, list: [at] })) } },
	words,
	records: words.map((k, n) => ({ k, n })),
	objects: words.map((word) => ({ [word]: 1 })),
	lists: Object.fromEntries(words.map((word) => [word, [1, 2, 3]])),
};

const stopped = [
	'$count($map([1..200],function($x){$pad("ab",15000000,"xy")}))',
	'$map([1..5000],function($x){$fromMillis(8.64e15,"[YI][YI][YI][YI][YI][YI][YI][YI][YI][YI][YI][YI][YI][YI][YI][YI][YI][YI][YI][YI]")})',
	'$pad("", 16000000) & $pad("", 16000000)',
	'($p := $pad("", 1000000); $map([1..100], function($x){ $p & $x }))',
	'($p := $pad("", 1000000); $map([1..100], function($x){ $uppercase($p) }))',
	'($p := $pad("", 1000000); $map([1..100], function($x){ $encodeUrlComponent($p) }))',
	'($p := $pad("", 100000); $replace($p, " ", $p))',
	"$map([1..1000], function($x){ $string(event.body.a) })",
	"$map([1..1000], function($x){ $clone(event.body) })",
	"$map([1..1000], function($x){ event.body.a & '' })",
	"$map([1..1000], function($x){ $count($spread(event.body ~> |x|{'y': 1}|)) })",
	"$map([1..1000], function($x){ $zip(words, words) })",
	"$map([1..1000], function($x){ $sift(lists, function($v){ true }) })",
	"$map([1..1000], function($x){ $each(lists, function($v){ 1 }) })",
	"$map([1..1000], function($x){ $count($string(event.body, true)) })",
	"$map([1..1000], function($x){ $append(words, words) })",
	"$map([1..1000], function($x){ $shuffle(words) })",
	"$map([1..1000], function($x){ words^($) })",
	"$map([1..1000], function($x){ $count(words[$ = 'x']) })",
	"$map([1..1000], function($x){ $max(event.body.a.i) })",
	"$map([1..1000], function($x){ $count(event.**) })",
	"$map([1..1000], function($x){ $distinct(words) })",
	"$map([1..1000], function($x){ event.body = event.body })",
	"$map([1..1000], function($x){ $split(s, /b/) })",
	"$map([1..1000], function($x){ $replace(s, 'a', 'cc') })",
	"$map([1..1000], function($x){ $substring(s, 1) })",
	"$map([1..20000], function($x){ $formatInteger(123456789, 'w') })",
	"$map([1..60000], function($x){ $toMillis('2026-11-21T10:00:00Z') })",
	"$map([1..60000], function($x){ $now() })",
	"$map([1..100000], function($x){ {'a': $x, 'b': [$x]} })",
	"event.body.a@$a.a@$b.($a.i + $b.i)",
	"$count(event.body.a@$a.a@$b.list)",
	"$map([1..1000], function($x){ $reverse(event.body.a) })",
	"$map([1..1000], function($x){ [event.body.a] })",
	"$map([1..1000], function($x){ event.body.a.v })",
	'$map([1..1000],function($x){$split($pad("",100000,"ab"),"")})',
	"$reduce(objects, function($a, $b){ $merge([$a, $b]) })",
	"$map([1..300],function($x){$match(s,/a/)})",
	"[1..499999][[1..499999]]",
	"($a := [1..499999]; $a[$a])",
	"$count($filter([1..300],function($x){$contains(s,/(a|b)*c/)}))",
	"$count($filter([1..300],function($x){$contains(s,/c/)}))",
	'$map([1..5000],function($x){$fromMillis(8.64e15,$pad("",4000,"[YI]"))})',
	'$map([1..10],function($x){$fromMillis(0,"[Y,99999999]")})',
	'$map([1..1000],function($x){$formatNumber(1234.5,$pad("",800,"#"))})',
	'$map([1..5000],function($x){$formatNumber(1234.5,$pad("",250,"#"))})',
	"$sort(event.body.a, function($a,$b){true})",
	"$sort(event.body.a, function($a,$b){$a.i < $b.i})",
	"event.body.a^(>i)",
	'event.body.a{"same": i}',
	"event.body.a{v: i}",
	"$map([1..100000], function($i){ $length(s) })",
	"$map([1..100000], function($i){ $count([1,2,3]) })",
	"$map([1..1000], function($i){ $sum([1..20000]) })",
	"$map([1..10000], function($i){ $count(lists.*) })",
	"$map([1..10000], function($i){ $keys(event.body.a) })",
	"$map([1..10000], function($i){ $string($i) in words })",
	"$map([1..10000], function($i){ words ? 1 : 2 })",
	"$map([1..10000], function($i){ $boolean(words) })",
	"($a := [1..700]; $map([1..10000], function($i){ $count($a.$a) }))",
	'$toMillis($pad("",64,"1"), "[Y]1[M]1[D]1[H]1[m]1[s]x")',
	'$replace(s, /a/, $pad("", 4000, "$0"))',
	"($f := function(){ 1 + $f() }; $f())",
];

test.each(stopped)("stopped by a counter: %s", async (source) => {
	const started = performance.now();
	const outcome = await Promise.resolve(compileExpression(source).evaluate(scope)).catch((error: unknown) => error);
	expect(["value_too_large", "expression_too_costly"]).toContain((outcome as { code?: string } | undefined)?.code);
	expect(performance.now() - started).toBeLessThan(5_000);
});

test.each([
	'$count($map([1..200],function($x){$pad("ab",15000000,"xy")}))',
	'$pad("x", 16800000)',
	'($p := $pad("", 1000000); $map([1..100], function($x){ $p & $x }))',
	'($p := $pad("", 100000); $replace($p, " ", $p))',
])("memory is counted before it is made: %s", async (source) => {
	const outcome = await Promise.resolve(compileExpression(source).evaluate(scope)).catch((error: unknown) => error);
	expect(outcome).toMatchObject({ code: "value_too_large" });
});

test.each([
	["$count($distinct(event.body.a))", 20_000],
	["$count($distinct([1..50000]))", 50_000],
	["$distinct([1,'1',1,true,null,null,{'a':1,'b':[2]},{'b':[2],'a':1},[1],[1],['1']])", [1, "1", true, null, { a: 1, b: [2] }, [1], ["1"]]],
	["$count($keys(records{k: n}))", 3_000],
	["$count(records@$r.{'k': $r.k})", 3_000],
	["$count(records#$i.{'i': $i, 'k': k})", 3_000],
	["$count($map([1..50000], $string))", 50_000],
	["$count([words, words])", 6_000],
	["$sort([3,1,2])", [1, 2, 3]],
	["$sort(['b','a','B'])", ["B", "a", "b"]],
	["$sort([{'n':1,'k':'a'},{'n':0,'k':'b'},{'n':1,'k':'c'}], function($a,$b){$a.n > $b.n}).k", ["b", "a", "c"]],
	["($add := function($a,$b){$a+$b}; $inc := $add(1,?); $inc(2))", 3],
	["($p := $pad(?, 5, '#'); $p('x'))", "x####"],
	["($s := $substring(?, 1); $map(['ab','cd'], $s))", ["b", "d"]],
	["['a','b'] ~> $map($uppercase) ~> $join('-')", "A-B"],
	["$map(['a','b'], $pad(?, 3))", ["a  ", "b  "]],
	["$pad('é', 6, 'x😀')", "éx😀x😀x"],
	["$count($match(s, /ab/))", 50_000],
	["$count(event.body.a[i > 100])", 19_899],
	["$sum(event.body.a.i)", 199_990_000],
	["$count($map(event.body.a, function($x){ $x.i }))", 20_000],
	["$count(event.body.a.{'id': v, 'n': i})", 20_000],
	["$count($sort(words, function($a, $b){ $a > $b }))", 3_000],
	["$length($join($map(words, function($w){ $w & ', ' })))", 31_890],
])("affordable: %s", async (source, expected) => {
	expect(await compileExpression(source).evaluate(scope)).toEqual(expected);
});
