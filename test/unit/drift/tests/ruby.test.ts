/** Tests of Ruby: what is found, and what changes nothing. */
import assert from 'node:assert/strict';
import { edited, findingsOf, judged } from './judged';

const SPEC = 'spec/cart_spec.rb';
const UNIT = 'test/cart_test.rb';

/** An RSpec file with one case of this body. */
const spec = (body: string, { head = "it 'adds' do", more = '', group = 'describe Cart do' } = {}) => `require 'cart'

RSpec.${group}
  ${head}
    ${body}
  end
  ${more}
end
`;
/** A minitest class with one method of this body. */
const unit = (body: string, { more = '', def = 'def test_adds' } = {}) => `require 'test_helper'

class CartTest < Minitest::Test
  ${def}
    ${body}
  end
  ${more}
end
`;

const TWO = 'expect(cart.sum).to eq(3)\n    expect(cart).to be_full';
const PAIR = 'assert_equal 3, cart.sum\n    assert cart.full?';

interface Case {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly expected?: readonly string[];
  readonly path?: string;
}

const SILENT: readonly Case[] = [
  {
    title: 'comments, quotes, brackets and white space',
    before: spec(`expect(cart.name("a", 1)).to eq "x"\n    expect(f).to include({ :a => 1 })`),
    after: spec(
      `# why\n    expect(cart\n      .name('a',\n        1))\n      .to(eq('x'))\n\n    expect(f).to include({a: 1})`,
    ),
  },
  {
    title: 'expect for should',
    before: spec('cart.sum.should eq(3)\n    cart.items.should == [1]\n    cart.should_not be_nil'),
    after: spec('expect(cart.sum).to eq(3)\n    expect(cart.items).to eq([1])\n    expect(cart).not_to be_nil'),
  },
  {
    title: 'braces for do and end',
    before: spec('items.each do |x|\n      expect(x).to be_ok\n    end'),
    after: spec('items.each { |x| expect(x).to be_ok }'),
  },
  { title: 'a comment block around nothing', before: spec(TWO), after: `=begin\nit 'no' do\n=end\n${spec(TWO)}` },
  {
    title: 'an array of words',
    before: spec('%w[a b].each { |x| expect(f(x)).to eq(1) }'),
    after: spec("['a', 'b'].each { |x| expect(f(x)).to eq(1) }"),
  },
  {
    title: 'another order',
    before: spec(TWO, { more: "it('b') { expect(f).to eq(1) }" }),
    after: spec('expect(f).to eq(1)', { head: "it 'b' do", more: `it 'adds' do\n${TWO}\n  end` }),
  },
  {
    title: 'a stronger matcher',
    before: spec('expect(cart.sum).to be_present'),
    after: spec('expect(cart.sum).to eq(3)'),
  },
  {
    title: 'an indented heredoc',
    before: spec('expect(f(<<~A, 1)).to eq(2)\n      a "b\n        c\n    A\n    expect(g).to eq(1)'),
    after: spec(
      '[0].tap do\n      expect(f(<<~A, 1)).to eq(2)\n          a "b\n            c\n      A\n      expect(g).to eq(1)\n    end',
    ),
  },
  {
    title: 'a method that asserts taken out',
    path: UNIT,
    before: unit(PAIR),
    after: unit('check_cart cart', { more: `def check_cart(cart)\n    ${PAIR}\n  end` }),
  },
  {
    title: 'brackets and messages of minitest',
    path: UNIT,
    before: unit(PAIR),
    after: unit('assert_equal(3, cart.sum, \'the sum\')\n    assert(cart.full?, "full")'),
  },
  { title: 'a block for a method', path: UNIT, before: unit(PAIR), after: unit(PAIR, { def: "test 'adds' do" }) },
  {
    title: 'a modifier in a helper',
    path: UNIT,
    before: unit(PAIR, { more: 'def x\n    1\n  end' }),
    after: unit(PAIR, { more: 'def x\n    return 2 if y\n    1\n  end' }),
  },
  {
    title: 'a rescue that minitest passes by',
    path: UNIT,
    before: unit(PAIR),
    after: unit(`begin\n      ${PAIR}\n    rescue ArgumentError => e\n      puts e\n    end`),
  },
  {
    title: 'a case on a version at the end of a class',
    path: UNIT,
    before: unit(PAIR),
    after: unit(PAIR, { more: "def helper\n    1\n  end if RUBY_VERSION >= '3.0'" }),
  },
  {
    title: 'signs that look like strings',
    before: spec(
      `x = a / b; y = c / d\n    z = { ?a => ?", b: %q(it's "(so)") }\n    w = a ? b : c # "\n    v = f /"x/, :"a b", $'\n    ${TWO}`,
    ),
    after: spec(TWO),
  },
  { title: 'one more behind the end', before: spec(TWO), after: `${spec(TWO)}__END__\nit 'is "no case' do\n` },
];

const LOUD: readonly Case[] = [
  {
    title: 'a lost expectation',
    before: spec(TWO),
    after: spec('expect(cart).to be_full'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a lost assertion',
    path: UNIT,
    before: unit(PAIR),
    after: unit('assert cart.full?'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a weaker matcher',
    before: spec('expect(cart.sum).to eq(3)'),
    after: spec('expect(cart.sum).not_to be_nil'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a weaker assertion',
    path: UNIT,
    before: unit('assert_equal 3, cart.sum'),
    after: unit('refute_nil cart.sum'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'one that cannot fail',
    before: spec(TWO),
    after: spec('expect(true).to be true'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'one without a matcher',
    before: spec(TWO),
    after: spec('expect(cart.sum)\n    expect(cart).to be_full'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a case that is gone',
    before: spec(TWO, { more: "it('b') { expect(f(1)).to eq(1) }" }),
    after: spec(TWO),
    expected: ['block tests/deleted'],
  },
  {
    title: 'a case in a comment',
    path: UNIT,
    before: unit(PAIR, { more: 'def test_b\n    assert_nil f\n  end' }),
    after: unit(PAIR, { more: '\n=begin\n  def test_b\n    assert_nil f\n  end\n=end' }),
    expected: ['block tests/deleted'],
  },
  {
    title: 'a case behind the end',
    path: UNIT,
    before: unit(PAIR),
    after: `__END__\n${unit(PAIR)}`,
    expected: ['block tests/deleted'],
  },
  { title: 'xit', before: spec(TWO), after: spec(TWO, { head: "xit 'adds' do" }), expected: ['block tests/skipped'] },
  {
    title: 'xdescribe',
    before: spec(TWO),
    after: spec(TWO, { group: 'xdescribe Cart do' }),
    expected: ['block tests/skipped'],
  },
  {
    title: 'skip: true',
    before: spec(TWO),
    after: spec(TWO, { head: "it 'adds', skip: true do" }),
    expected: ['block tests/skipped'],
  },
  {
    title: ':pending',
    before: spec(TWO),
    after: spec(TWO, { head: "it 'adds', :pending do" }),
    expected: ['block tests/skipped'],
  },
  {
    title: 'a case without its block',
    before: spec(TWO),
    after: spec('', { head: "it 'adds'\n  before do" }),
    expected: ['block tests/skipped'],
  },
  {
    title: 'skip in a case',
    path: UNIT,
    before: unit(PAIR),
    after: unit(`skip 'later'\n    ${PAIR}`),
    expected: ['block tests/skipped'],
  },
  {
    title: 'omit in a case',
    path: UNIT,
    before: unit(PAIR),
    after: unit(`omit('later')\n    ${PAIR}`),
    expected: ['block tests/skipped'],
  },
  {
    title: 'skip before all',
    path: UNIT,
    before: unit(PAIR),
    after: unit(PAIR, { more: "def setup\n    skip 'x'\n  end" }),
    expected: ['block tests/skipped'],
  },
  {
    title: 'skip … if',
    path: UNIT,
    before: unit(PAIR),
    after: unit(`skip 'x' if windows?\n    ${PAIR}`),
    expected: ['warn tests/skipped'],
  },
  {
    title: 'if: in the metadata',
    before: spec(TWO),
    after: spec(TWO, { head: "it 'adds', if: ENV['CI'] do" }),
    expected: ['warn tests/skipped'],
  },
  {
    title: 'a return for a platform',
    path: UNIT,
    before: unit(PAIR),
    after: unit(`return if RUBY_PLATFORM =~ /java/\n    ${PAIR}`),
    expected: ['warn tests/skipped'],
  },
  {
    title: 'a class on a condition',
    path: UNIT,
    before: unit(PAIR),
    after: `if defined?(Redis)\n${unit(PAIR)}end\n`,
    expected: ['warn tests/skipped'],
  },
  {
    title: 'a private method',
    path: UNIT,
    before: unit(PAIR),
    after: unit(PAIR).replace('  def test_adds', '  private\n\n  def test_adds'),
    expected: ['block tests/skipped'],
  },
  { title: 'fit', before: spec(TWO), after: spec(TWO, { head: "fit 'adds' do" }), expected: ['block tests/focused'] },
  {
    title: ':focus',
    before: spec(TWO),
    after: spec(TWO, { group: 'describe Cart, :focus do' }),
    expected: ['block tests/focused'],
  },
  {
    title: 'assertions after a return',
    path: UNIT,
    before: unit(PAIR),
    after: unit(`return\n    ${PAIR}`),
    expected: ['block tests/weakened'],
  },
  {
    title: 'assertions that never run',
    path: UNIT,
    before: unit(PAIR),
    after: unit(`if false\n      ${PAIR}\n    end`),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a rescue that swallows',
    path: UNIT,
    before: unit(PAIR),
    after: unit(`${PAIR}\n  rescue Exception\n    nil`),
    expected: ['block tests/weakened'],
  },
  {
    title: 'an assertion on a condition',
    path: UNIT,
    before: unit(PAIR),
    after: unit('assert_equal 3, cart.sum\n    assert cart.full? unless cart.nil?'),
    expected: ['warn tests/weakened'],
  },
  {
    title: 'a lost row of a loop in a case',
    path: UNIT,
    before: unit('[1, 2, 3].each { |x| assert_equal x, f(x) }'),
    after: unit('[1, 2].each { |x| assert_equal x, f(x) }'),
    expected: ['block tests/weakened'],
  },
  {
    title: 'a lost row of a table around cases',
    before:
      'VALUES = %w[a b c].freeze\nVALUES.each do |x|\n  it "takes #{x}" do\n    expect(f(x)).to be_ok\n  end\nend\n',
    after: 'VALUES = %w[a b].freeze\nVALUES.each do |x|\n  it "takes #{x}" do\n    expect(f(x)).to be_ok\n  end\nend\n',
    expected: ['block tests/weakened'],
  },
  {
    title: 'a shared group that is not included',
    before: spec(TWO, { more: "it_behaves_like 'a list'" }),
    after: spec(TWO),
    expected: ['block tests/deleted'],
  },
  {
    title: 'more tries',
    before: spec(TWO),
    after: spec(TWO, { head: "it 'adds', retry: 3 do" }),
    expected: ['warn tests/weakened'],
  },
  {
    title: 'a double of what is tested',
    before: spec(`cart = Cart.new\n    ${TWO}`),
    after: spec(`cart = instance_double(Cart)\n    ${TWO}`),
    expected: ['block tests/weakened'],
  },
  {
    title: 'an expected value without the code',
    path: UNIT,
    before: unit('assert_equal 3, cart.sum'),
    after: unit('assert_equal 4, cart.sum'),
    expected: ['warn tests/weakened'],
  },
];

describe('tests of Ruby', () => {
  for (const { title, before, after, path = SPEC } of SILENT) {
    it(`says nothing about ${title}`, async () => assert.deepEqual(await edited(path, before, after), []));
  }
  for (const { title, before, after, expected, path = SPEC } of LOUD) {
    it(`sees ${title}`, async () => assert.deepEqual(await edited(path, before, after), expected));
  }

  it('tells a file that went with its code, and says that it went by lines', async () => {
    const base = { [SPEC]: spec(TWO), 'lib/cart.rb': 'class Cart\nend\n' };
    assert.deepEqual(await judged({ base, head: {} }), ['warn tests/deleted']);
    const kept = await findingsOf({ base, head: { 'lib/cart.rb': base['lib/cart.rb'] ?? '' } });
    assert.deepEqual(
      kept.map(({ severity }) => severity),
      ['block'],
    );
    assert.match(kept[0]?.message ?? '', /judged by lines/);
  });
});
