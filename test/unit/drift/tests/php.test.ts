/** Tests of PHP: what is found, and what changes nothing. */
import assert from 'node:assert/strict';
import { edited, judged } from './judged';

const PATH = 'tests/CartTest.php';

/** A PHPUnit class with one method of this body, and more members behind it. */
const unit = (body: string, { over = '', more = '', name = 'testAdds', visibility = 'public' } = {}) => `<?php
namespace App\\Tests;

use App\\Cart;
use PHPUnit\\Framework\\TestCase;

final class CartTest extends TestCase
{
    ${over}
    ${visibility} function ${name}(): void
    {
        ${body}
    }
    ${more}
}
`;
const pest = (text: string) => `<?php\n\nuse App\\Cart;\n\n${text}\n`;

const BOTH = '$cart = new Cart(); $this->assertSame(3, $cart->add(1, 2)); $this->assertTrue($cart->isFull());';

interface Case {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly expected?: readonly string[];
  readonly path?: string;
  readonly sourceChanges?: true;
}

const SILENT: readonly Case[] = [
  {
    title: 'comments, white space and quotes',
    before: unit('$this->assertSame("a", $cart->name(1, 2));'),
    after: unit("// why\n\n$this->assertSame(\n 'a', /* x */ $cart->name(1, 2,),\n);"),
  },
  {
    title: 'self:: and static:: for $this->',
    before: unit(BOTH),
    after: unit(BOTH.replaceAll('$this->assert', 'self::assert')),
  },
  {
    title: 'brackets for array()',
    before: unit('$this->assertEquals(array(1, array("a" => f(2))), $x);'),
    after: unit("$this->assertEquals([1, ['a' => f(2)]], $x);"),
  },
  {
    title: 'a stronger assertion',
    before: unit('$this->assertEquals(3, $cart->sum());'),
    after: unit('$this->assertSame(3, $cart->sum());'),
  },
  { title: 'a message', before: unit(BOTH), after: unit(BOTH.replace('(1, 2))', "(1, 2), 'the sum')")) },
  {
    title: 'attributes for annotations',
    before: unit(BOTH, {
      name: 'adds',
      over: '/**\n     * @test\n     * @dataProvider rows\n     * @requires PHP 8.1\n     */',
      more: 'public static function rows(): array { return [[1], [2]]; }',
    }),
    after: unit(BOTH, {
      name: 'adds',
      over: "#[Test, DataProvider('rows')]\n    #[RequiresPhp('8.1')]",
      more: "public static function rows(): iterable { yield 'one' => [1]; yield 'two' => [2]; }",
    }),
  },
  {
    title: 'an expected exception as a call',
    before: unit('$cart->pay();', { over: '/** @expectedException InvalidArgumentException */' }),
    after: unit('$this->expectException(InvalidArgumentException::class); $cart->pay();'),
  },
  {
    title: 'a method that asserts taken out',
    before: unit(BOTH),
    after: unit('$this->assertFull(new Cart());', {
      more: `private function assertFull($cart): void { ${BOTH.slice(19)} }`,
    }),
  },
  {
    title: 'another order of methods',
    before: unit(BOTH, { more: 'public function testB(): void { $this->assertNull(f()); }' }),
    after: unit('$this->assertNull(f());', { name: 'testB', more: `public function testAdds(): void { ${BOTH} }` }),
  },
  {
    title: 'a catch that fails',
    before: unit('$this->assertSame(1, f());'),
    after: unit('try { $this->assertSame(1, f()); } catch (\\Exception $e) { $this->fail($e->getMessage()); }'),
  },
  {
    title: 'a catch of something else',
    before: unit('$this->assertSame(1, f());'),
    after: unit('try { $this->assertSame(1, f()); } catch (PaymentException $e) { }'),
  },
  {
    title: 'Pest cases in a group',
    before: pest("it('adds', function () { expect(add(1, 2))->toBe(3); });"),
    after: pest("describe('cart', function () {\n  it('adds', fn () => expect(add(1, 2))->toBe(3));\n});"),
  },
  {
    title: 'methods of a class in a test that are called like tests',
    before: unit(`$x = new class { public function testX() { return 1; } }; ${BOTH}`),
    after: unit(BOTH),
  },
];

const LOUD: readonly Case[] = [
  {
    title: 'a lost assertion',
    before: unit(BOTH),
    after: unit('$cart = new Cart(); $this->assertTrue($cart->isFull());'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a weaker assertion',
    before: unit('$this->assertSame(3, $cart->sum());'),
    after: unit('$this->assertNotNull($cart->sum());'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'one that cannot fail',
    before: unit(BOTH),
    after: unit('$this->assertTrue(true);'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'none to perform',
    before: unit('$this->assertSame(3, $cart->sum());'),
    after: unit('$cart->sum();', { over: '#[DoesNotPerformAssertions]' }),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a skip',
    before: unit(BOTH),
    after: unit(`$this->markTestSkipped('later'); ${BOTH}`),
    expected: ['block tests/skipped'],
  },
  {
    title: 'a case that is incomplete',
    before: unit(BOTH),
    after: unit(`self::markTestIncomplete(); ${BOTH}`),
    expected: ['block tests/skipped'],
  },
  {
    title: 'a skip on a condition',
    before: unit(BOTH),
    after: unit(`if (PHP_OS === 'Linux') { $this->markTestSkipped('x'); } ${BOTH}`),
    expected: ['warn tests/skipped'],
  },
  {
    title: 'a requirement',
    before: unit(BOTH),
    after: unit(BOTH, { over: '/** @requires extension redis */' }),
    expected: ['warn tests/skipped'],
  },
  {
    title: 'a skip before all',
    before: unit(BOTH),
    after: unit(BOTH, { more: "protected function setUp(): void { $this->markTestSkipped('x'); }" }),
    expected: ['block tests/skipped'],
  },
  {
    title: 'a method that is private',
    before: unit(BOTH),
    after: unit(BOTH, { visibility: 'private' }),
    expected: ['block tests/deleted'],
  },
  {
    title: 'a case without its annotation',
    before: unit(BOTH, { name: 'adds', over: '/** @test */' }),
    after: unit(BOTH, { name: 'adds' }),
    expected: ['block tests/deleted'],
  },
  {
    title: 'assertions after a return',
    before: unit(BOTH),
    after: unit(`return; ${BOTH}`),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a catch that swallows',
    before: unit('$this->assertSame(1, f());'),
    after: unit('try { $this->assertSame(1, f()); } catch (\\Throwable $e) { echo 1; }'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'an assertion on a condition',
    before: unit(BOTH),
    after: unit(BOTH.replace('$this->assertTrue', 'if ($x) $this->assertTrue')),
    expected: ['warn tests/weakened'],
  },
  {
    title: 'lost rows of a provider',
    before: unit(BOTH, {
      over: '/** @dataProvider rows */',
      more: 'public function rows() { return [[1, 2], [3, 4]]; }',
    }),
    after: unit(BOTH, { over: '/** @dataProvider rows */', more: 'public function rows() { return [[1, 2]]; }' }),
    expected: ['block tests/weakened'],
  },
  {
    title: 'an expected value without the code',
    before: unit('$this->assertSame(3, $cart->sum());'),
    after: unit('$this->assertSame(4, $cart->sum());'),
    expected: ['warn tests/weakened'],
  },
  {
    title: 'a double of what is tested',
    before: unit(BOTH),
    after: unit(BOTH.replace('new Cart()', '$this->createMock(Cart::class)')),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a Pest case that is skipped',
    before: pest("it('adds', fn () => expect(add(1))->toBe(2));"),
    after: pest("it('adds', fn () => expect(add(1))->toBe(2))->skip('later');"),
    expected: ['block tests/skipped'],
  },
  {
    title: 'a Pest case that is skipped on a condition',
    before: pest("it('adds', fn () => expect(add(1))->toBe(2));"),
    after: pest("it('adds', fn () => expect(add(1))->toBe(2))->skip(isCi(), 'x');"),
    expected: ['warn tests/skipped'],
  },
  {
    title: 'a focused Pest case',
    before: pest("it('adds', fn () => expect(add(1))->toBe(2));"),
    after: pest("it('adds', fn () => expect(add(1))->toBe(2))->only();"),
    expected: ['block tests/focused'],
  },
  {
    title: 'lost rows of a Pest table',
    before: pest("it('adds', fn ($a) => expect($a)->toBe(2))->with([[1], [2]]);"),
    after: pest("it('adds', fn ($a) => expect($a)->toBe(2))->with([[1]]);"),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a lost matcher of a chain',
    before: pest("test('a', fn () => expect(f())->toHaveCount(2)->and(g())->toBe(3));"),
    after: pest("test('a', fn () => expect(f())->toHaveCount(2));"),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a Cest case that is gone',
    path: 'tests/LoginCest.php',
    before:
      "<?php class LoginCest { public function _before($I) {} public function logsIn(AcceptanceTester $I) { $I->see('Hello'); } public function logsOut($I) { $I->see('Bye'); } }",
    after:
      "<?php class LoginCest { public function _before($I) {} public function logsIn(AcceptanceTester $I) { $I->see('Hello'); } }",
    expected: ['block tests/deleted'],
  },
  {
    title: 'a phpt that expects less',
    path: 'tests/001.phpt',
    before: '--TEST--\nadds\n--FILE--\n<?php echo 1 + 2;\n--EXPECT--\n3\n',
    after: '--TEST--\nadds\n--FILE--\n<?php echo 1 + 2;\n--EXPECTREGEX--\n.*\n',
    expected: ['block tests/weakened'],
  },
  {
    title: 'a phpt that is skipped on a condition',
    path: 'tests/001.phpt',
    before: '--TEST--\nadds\n--FILE--\n<?php echo 1 + 2;\n--EXPECT--\n3\n',
    after:
      '--TEST--\nadds\n--SKIPIF--\n<?php if (!extension_loaded("x")) die("skip");\n--FILE--\n<?php echo 1 + 2;\n--EXPECT--\n3\n',
    expected: ['warn tests/skipped'],
  },
];

describe('tests of PHP', () => {
  for (const { title, before, after, path = PATH } of SILENT) {
    it(`says nothing about ${title}`, async () => assert.deepEqual(await edited(path, before, after), []));
  }
  for (const { title, before, after, expected, path = PATH, sourceChanges = false } of LOUD) {
    it(`sees ${title}`, async () => assert.deepEqual(await edited(path, before, after, sourceChanges), expected));
  }

  it('tells a file that went with its code', async () => {
    const base = { [PATH]: unit(BOTH), 'src/Cart.php': '<?php namespace App; class Cart {}' };
    assert.deepEqual(await judged({ base, head: {} }), ['warn tests/deleted']);
    assert.deepEqual(await judged({ base, head: { 'src/Cart.php': base['src/Cart.php'] ?? '' } }), [
      'block tests/deleted',
    ]);
  });
});
