/** Tests of C and C++: what is found, and what changes nothing. */
import assert from 'node:assert/strict';
import { edited, judged } from './judged';

const PATH = 'tests/cart_test.cc';

const google = (body: string, { head = 'TEST(CartTest, Adds)', more = '' } = {}) => `#include "cart.h"
#include <gtest/gtest.h>

namespace shop {

${head} {
  Cart cart;
  ${body}
}
${more}
}  // namespace shop
`;
const catch2 = (body: string, head = 'TEST_CASE("adds", "[cart]")') => `#include <catch2/catch_test_macros.hpp>

${head} {
  ${body}
}
`;
const boost = (decorators: string) => `#include <boost/test/unit_test.hpp>
BOOST_AUTO_TEST_SUITE(cart)
BOOST_AUTO_TEST_CASE(adds${decorators}) { BOOST_TEST(sum(1, 2) == 3); }
BOOST_AUTO_TEST_SUITE_END()
`;
const unity = (runs: string, body = 'TEST_ASSERT_EQUAL_INT(3, sum(1, 2));') => `#include "unity.h"
void setUp(void) {}
void test_adds(void) { ${body} }
void test_takes(void) { TEST_ASSERT_EQUAL_INT(1, take(2, 1)); }
int main(void) { UNITY_BEGIN(); ${runs} return UNITY_END(); }
`;
const TWO = 'EXPECT_EQ(3, cart.Sum(1, 2));\n  EXPECT_TRUE(cart.Full());';
const BOTH_RUN = 'RUN_TEST(test_adds); RUN_TEST(test_takes);';

interface Case {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly expected?: readonly string[];
  readonly path?: string;
}

const SILENT: readonly Case[] = [
  {
    title: 'comments and white space',
    before: google(TWO),
    after: google('/* "why */ EXPECT_EQ( 3,\n    cart.Sum(1, // it\'s\n 2) );\n EXPECT_TRUE(cart.Full()) << "full";'),
  },
  { title: 'ASSERT for EXPECT', before: google(TWO), after: google(TWO.replaceAll('EXPECT', 'ASSERT')) },
  {
    title: 'a stronger assertion',
    before: google('EXPECT_TRUE(cart.Sum(1, 2) > 2);'),
    after: google('EXPECT_EQ(cart.Sum(1, 2), 3);'),
  },
  {
    title: 'the other order of two values',
    before: google(TWO),
    after: google(TWO.replace('3, cart.Sum(1, 2)', 'cart.Sum(1, 2), 3')),
  },
  {
    title: 'an include guard and other includes',
    path: 'tests/cart_test.h.cc',
    before: google(TWO),
    after: `#ifndef CART_TEST_H\n#define CART_TEST_H\n${google(TWO)}#endif\n`,
  },
  {
    title: 'raw strings and digits in groups',
    before: google(`auto s = R"x(TEST(A, B) { ")" )x"; int n = 1'000'000; char c = '"';\n${TWO}`),
    after: google(TWO),
  },
  {
    title: 'macros of the file',
    before: google(TWO),
    after: google(TWO).replace('namespace shop {', '#define OPEN(x) \\\n  TEST(x, y) {\nnamespace shop {'),
  },
  {
    title: 'a function that asserts taken out',
    before: google(TWO),
    after: google('CheckCart(cart);').replace('TEST(', `void CheckCart(Cart& cart) {\n${TWO}\n}\nTEST(`),
  },
  {
    title: 'another order of cases',
    before: google(TWO, { more: 'TEST(CartTest, B) { EXPECT_EQ(f(), 1); }' }),
    after: google('', { head: 'TEST(CartTest, B)' })
      .replace('Cart cart;\n  ', 'EXPECT_EQ(f(), 1);')
      .replace('}\n\n}', `}\nTEST(CartTest, Adds) {\n  Cart cart;\n${TWO}\n}\n}`),
  },
  { title: 'CHECK for REQUIRE', before: catch2('REQUIRE(sum(1, 2) == 3);'), after: catch2('CHECK(sum(1, 2) == 3);') },
  {
    title: 'cases in a suite of Boost',
    before: boost(''),
    after: boost('').replace('BOOST_TEST(', 'BOOST_TEST_MESSAGE("sum"); BOOST_TEST('),
  },
  { title: 'a return on a condition', before: google(TWO), after: google(`if (cart.Broken()) return;\n${TWO}`) },
  {
    title: 'runners in another order',
    path: 'test/test_cart.c',
    before: unity(BOTH_RUN),
    after: unity('RUN_TEST(test_takes);\nRUN_TEST(test_adds);'),
  },
];

const LOUD: readonly Case[] = [
  {
    title: 'a lost assertion',
    before: google(TWO),
    after: google('EXPECT_TRUE(cart.Full());'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a weaker assertion',
    before: google('EXPECT_EQ(cart.Sum(), 3);'),
    after: google('EXPECT_GE(cart.Sum(), 1);'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'one that cannot fail',
    before: google(TWO),
    after: google('EXPECT_TRUE(true);'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a case that is gone',
    before: google(TWO, { more: 'TEST(CartTest, B) { EXPECT_EQ(f(2), 1); }' }),
    after: google(TWO),
    expected: ['block tests/deleted'],
  },
  {
    title: 'a case that is left out',
    before: google(TWO),
    after: google(TWO).replace('TEST(', '#if 0\nTEST(').replace('\n}\n', '\n}\n#endif\n'),
    expected: ['block tests/deleted'],
  },
  {
    title: 'a case on a platform',
    before: google(TWO),
    after: google(TWO).replace('TEST(', '#ifdef _WIN32\nTEST(').replace('\n}\n', '\n}\n#endif\n'),
    expected: ['warn tests/skipped'],
  },
  {
    title: 'DISABLED_',
    before: google(TWO),
    after: google(TWO, { head: 'TEST(CartTest, DISABLED_Adds)' }),
    expected: ['block tests/skipped'],
  },
  {
    title: 'DISABLED_ of a suite',
    before: google(TWO, { head: 'TEST_F(CartTest, Adds)' }),
    after: google(TWO, { head: 'TEST_F(DISABLED_CartTest, Adds)' }),
    expected: ['block tests/skipped'],
  },
  {
    title: 'GTEST_SKIP',
    before: google(TWO),
    after: google(`GTEST_SKIP() << "later";\n${TWO}`),
    expected: ['block tests/skipped'],
  },
  {
    title: 'GTEST_SKIP on a condition',
    before: google(TWO),
    after: google(`if (!HasGpu()) GTEST_SKIP();\n${TWO}`),
    expected: ['warn tests/skipped'],
  },
  {
    title: 'assertions after a return',
    before: google(TWO),
    after: google(`return;\n${TWO}`),
    expected: ['block tests/weakened'],
  },
  {
    title: 'an assertion on a condition',
    before: google(TWO),
    after: google(TWO.replace('EXPECT_TRUE', 'if (cart.Any())\n EXPECT_TRUE')),
    expected: ['warn tests/weakened'],
  },
  {
    title: 'assertions that never run',
    before: google(TWO),
    after: google(`if (false) {\n${TWO}\n}`),
    expected: ['block tests/weakened'],
  },
  {
    title: 'lost values of a parameterized case',
    before: google(TWO, {
      head: 'TEST_P(CartTest, Adds)',
      more: 'INSTANTIATE_TEST_SUITE_P(All, CartTest, ::testing::Values(1, 2, 3));',
    }),
    after: google(TWO, {
      head: 'TEST_P(CartTest, Adds)',
      more: 'INSTANTIATE_TEST_SUITE_P(All, CartTest, ::testing::Values(1, 2));',
    }),
    expected: ['block tests/weakened'],
  },
  {
    title: 'an expected value without the code',
    before: google(TWO),
    after: google(TWO.replace('3,', '4,')),
    expected: ['warn tests/weakened'],
  },
  {
    title: 'a hidden case of Catch2',
    before: catch2('REQUIRE(f() == 3);'),
    after: catch2('REQUIRE(f() == 3);', 'TEST_CASE("adds", "[.][cart]")'),
    expected: ['block tests/skipped'],
  },
  {
    title: 'a case of Catch2 that may fail',
    before: catch2('REQUIRE(f() == 3);'),
    after: catch2('REQUIRE(f() == 3);', 'TEST_CASE("adds", "[cart][!mayfail]")'),
    expected: ['block tests/skipped'],
  },
  {
    title: 'a lost section',
    before: catch2('SECTION("a") { CHECK(f(1) == 1); } SECTION("b") { CHECK(g(2) == 2); }'),
    after: catch2('SECTION("a") { CHECK(f(1) == 1); }'),
    expected: ['block tests/deleted'],
  },
  {
    title: 'a check that only warns',
    before: catch2('CHECK(f() == 3);\n CHECK(g() == 1);'),
    after: catch2('WARN(f() == 3);\n CHECK(g() == 1);'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a skip of doctest',
    before: catch2('CHECK(f() == 3);'),
    after: catch2('CHECK(f() == 3);', 'TEST_CASE("adds" * doctest::skip())').replace('"adds" *', '"adds"*'),
    expected: ['block tests/skipped'],
  },
  {
    title: 'a disabled case of Boost',
    before: boost(''),
    after: boost(', * boost::unit_test::disabled()'),
    expected: ['block tests/skipped'],
  },
  {
    title: 'a function that no runner is told of',
    path: 'test/test_cart.c',
    before: unity(BOTH_RUN),
    after: unity('RUN_TEST(test_takes);'),
    expected: ['block tests/skipped'],
  },
  {
    title: 'an ignored case of Unity',
    path: 'test/test_cart.c',
    before: unity(BOTH_RUN),
    after: unity(BOTH_RUN, 'TEST_IGNORE(); TEST_ASSERT_EQUAL_INT(3, sum(1, 2));'),
    expected: ['block tests/skipped'],
  },
  {
    title: 'a weaker assertion of cmocka',
    path: 'test/test_cart.c',
    before:
      'static void test_a(void **state) { assert_int_equal(f(1), 2); assert_true(g()); }\nint main(void) { const struct CMUnitTest tests[] = { cmocka_unit_test(test_a) }; return run(tests); }\n',
    after:
      'static void test_a(void **state) { assert_true(f(1) > 0); assert_true(g()); }\nint main(void) { const struct CMUnitTest tests[] = { cmocka_unit_test(test_a) }; return run(tests); }\n',
    expected: ['block tests/weakened'],
  },
];

describe('tests of C and C++', () => {
  for (const { title, before, after, path = PATH } of SILENT) {
    it(`says nothing about ${title}`, async () => assert.deepEqual(await edited(path, before, after), []));
  }
  for (const { title, before, after, expected, path = PATH } of LOUD) {
    it(`sees ${title}`, async () => assert.deepEqual(await edited(path, before, after), expected));
  }

  it('tells a file that went with its code', async () => {
    const base = { [PATH]: google(TWO), 'src/cart.h': 'class Cart {};\n' };
    assert.deepEqual(await judged({ base, head: {} }), ['warn tests/deleted']);
    assert.deepEqual(await judged({ base, head: { 'src/cart.h': 'class Cart {};\n' } }), ['block tests/deleted']);
  });
});
