/** The macros and functions by which tests of C and C++ assert, of every framework by its own documentation. */
import type { Assertion, Strength } from '../../model';
import type { Span, Stream } from '../lines/stream';

export type Said = Omit<Assertion, 'line' | 'muted' | 'guarded'>;

/** GoogleTest, Catch2, doctest, Boost.Test, CppUnit, CppUTest, Unity, Qt Test; cmocka, Check and assert.h in small letters. */
const MACRO =
  /^(EXPECT|ASSERT|CHECK|REQUIRE|BOOST_CHECK|BOOST_REQUIRE|BOOST_TEST|CPPUNIT_ASSERT|TEST_ASSERT|STATIC_REQUIRE|STATIC_CHECK|FAST_CHECK|FAST_REQUIRE)(?:_([A-Z0-9_]+))?$/;
const SMALL = /^(?:assert|assert_[a-z0-9_]+|ck_assert(?:_[a-z0-9_]+)?)$/;
const OTHERS =
  /^(?:QCOMPARE|QVERIFY|QVERIFY2|STRCMP_EQUAL|LONGS_EQUAL|DOUBLES_EQUAL|UNSIGNED_LONGS_EQUAL|POINTERS_EQUAL|BYTES_EQUAL|MEMCMP_EQUAL)$/;
const FAILS =
  /^(?:FAIL|FAIL_CHECK|ADD_FAILURE|GTEST_FAIL|BOOST_FAIL|BOOST_ERROR|CPPUNIT_FAIL|TEST_FAIL|TEST_FAIL_MESSAGE|QFAIL|ck_abort_msg|fail|fail_msg)$/;
/** These only print, or begin something else. */
const SILENT =
  /^(?:MESSAGE|NOFAIL|PASSPOINT|CHECKPOINT|DONT_EVALUATE|SUITE|CASE|MAIN|MODULE|GLOBAL_.*|TOOLS_.*|ENABLED|CONTEXT)$/;
const EXACT =
  /(?:^|_)(?:EQ|EQUAL|STREQ|STRCASEEQ|EQUAL_[A-Z0-9_]+|ARRAY_EQ|EACH_EQUAL_[A-Z0-9]+|BITWISE_EQUAL)$|_(?:equal|eq)$/i;
const ORDER =
  /(?:^|_)(?:NE|LT|LE|GT|GE|STRNE|NEAR|WITHIN|CLOSE|CLOSE_FRACTION|NOT_EQUAL\w*|LESS\w*|GREATER\w*|not_equal|ne|lt|le|gt|ge|in_range|in_set)$/i;
const THROWS = /(?:^|_)(?:ANY_)?(?:THROW|THROWS|EXCEPTION|DEATH|EXIT)(?:_[A-Z]+)?$/;

/** What a call asserts; null when it is none that does. */
export function assertionOf(stream: Stream, at: number, canonical: (text: string) => string): Said | null {
  const name = stream.at(at);
  const spans = stream.elements(at + 1);
  if (FAILS.test(name)) return { text: `${name}()`, subject: `${name}()`, trivial: false };
  const found = MACRO.exec(name);
  const what = found?.[2] ?? '';
  if (!(found || SMALL.test(name) || OTHERS.test(name)) || SILENT.test(what)) return null;
  if (found?.[1] === 'BOOST_TEST' && what !== '') return null;
  const short = canonical(name);
  const isMessage = /_?MESSAGE$|_MSG$|_msg$/.test(name);
  const own = /^CPPUNIT_ASSERT.*MESSAGE$/.test(name) ? spans.slice(1) : isMessage ? spans.slice(0, -1) : spans;
  const plainName = short.replace(/_?(?:MESSAGE|MSG|msg)$/, '');
  const texts = own.map((span) => canonical(stream.compact(span)));
  const [first] = own;
  if (first === undefined) return { text: `${plainName}()`, subject: `${plainName}()`, trivial: false };
  const kind = name.replace(/_?(?:MESSAGE|MSG|msg)$/, '');
  if (isCondition(kind)) {
    const wanted = !/(?:FALSE|UNLESS|false)$/.test(kind);
    const isPlain = /^BOOST_/.test(kind) && own.length > 1;
    const text = `${plainName}(${isPlain ? texts[0] : texts.join(',')})`;
    return { text, ...conditionOf(stream, first, wanted, canonical) };
  }
  return valued(kind, plainName, texts);
}

function isCondition(name: string): boolean {
  return /^(?:EXPECT|ASSERT|CHECK|REQUIRE|BOOST_CHECK|BOOST_REQUIRE|BOOST_TEST|CPPUNIT_ASSERT|TEST_ASSERT|STATIC_REQUIRE|STATIC_CHECK|FAST_CHECK|FAST_REQUIRE|assert|ck_assert|QVERIFY2?|TEST_ASSERT_UNLESS|FAST_\w+_UNARY)(?:_(?:TRUE|FALSE|true|false|UNARY))?$/.test(
    name,
  );
}

/** Two values, one and what it must match, or what a statement throws. */
function valued(kind: string, name: string, texts: readonly string[]): Said {
  const [first = '', second] = texts;
  const text = `${name}(${texts.join(',')})`;
  if (/(?:NO_?THROW|NOTHROW|NO_FATAL_FAILURE)$/i.test(kind)) {
    return { text, subject: text, trivial: false, about: `throws nothing ${first}`, strength: 'exists' };
  }
  if (THROWS.test(kind)) {
    const isBroad = /ANY_THROW$/.test(kind) || second === undefined || /^(?:std::exception|\.\.\.)$/.test(second);
    return {
      text,
      subject: `${name}(${first}`,
      trivial: false,
      about: `throws ${first}`,
      strength: isBroad ? 'exists' : 'partial',
    };
  }
  if (/(?:NOT_NULL|non_null|nonnull|_OK|not_null|NOT_EMPTY)$/.test(kind)) {
    return { text, subject: text, trivial: false, about: first, strength: 'exists' };
  }
  if (/(?:_NULL|_null)$/.test(kind))
    return { text, subject: text, trivial: first === 'nullptr', about: first, strength: 'exact' };
  if (/THAT$/.test(kind) && second !== undefined) return matched(name, first, second);
  const isExact = /not/i.test(kind) ? false : EXACT.test(kind) || OTHERS.test(kind);
  if (!(isExact || ORDER.test(kind)) || second === undefined) return { text, subject: text, trivial: false };
  const isWithin = /WITHIN$/.test(kind) && texts[2] !== undefined;
  const [left, right] = isWithin ? [second, texts[2] ?? ''] : [first, second];
  // Either side may be the one that is looked at: it is the one that is no literal.
  const about = isLiteral(left) ? right : left;
  const expected = isLiteral(left) ? left : right;
  return {
    text,
    subject: isLiteral(left) ? `${name}(…,${about}` : `${name}(${about}`,
    trivial: isExact && left === right && !left.includes('('),
    about,
    strength: isExact ? (/^(?:true|false)$/.test(expected) ? 'truth' : 'exact') : 'partial',
  };
}

const isLiteral = (text: string) =>
  /^(?:[-+]?\.?\d|["']|(?:L|u8?|U)?R?"|true$|false$|nullptr$|NULL$|std::string\(")/.test(text);

function matched(name: string, about: string, matcher: string): Said {
  const subject = `${name}(${about}`;
  const word = /^(?:::)?(?:testing::)?(\w+)/.exec(matcher)?.[1] ?? '';
  const strength: Strength =
    word === '_' || /^(?:An?|NotNull|IsOk)$/.test(word)
      ? 'exists'
      : /^(?:Eq|StrEq|ElementsAre|UnorderedElementsAre|ElementsAreArray|UnorderedElementsAreArray|Equals|IsNull|DoubleEq|FloatEq)$/.test(
            word,
          )
        ? /[(,]_[,)]/.test(matcher)
          ? 'loose'
          : 'exact'
        : 'partial';
  return { text: `${subject},${matcher})`, subject, trivial: false, about, strength };
}

/** What a condition says that must hold, or must not. */
function conditionOf(
  stream: Stream,
  span: Span,
  wanted: boolean,
  canonical: (text: string) => string,
): Omit<Said, 'text'> {
  const whole = canonical(stream.compact(span));
  const truth = /^(?:true|1)$/.test(whole) ? true : /^(?:false|0)$/.test(whole) ? false : null;
  const subject = `${wanted ? '' : 'not '}${whole}`;
  if (truth !== null) return { subject, trivial: truth === wanted, about: whole };
  const at = operatorIn(stream, span);
  if (at === null)
    return { subject, trivial: false, about: whole, strength: /\([^()]/.test(whole) ? 'partial' : 'truth' };
  const sign = stream.at(at);
  const left = canonical(stream.compact({ from: span.from, to: at }));
  const right = canonical(stream.compact({ from: at + 1, to: span.to }));
  if (/^(?:&&|\|\|)$/.test(sign)) {
    return { subject, trivial: sign === '||' && right === 'true' && wanted, about: whole, strength: 'partial' };
  }
  const about = isLiteral(left) ? right : left;
  const expected = isLiteral(left) ? left : right;
  const isSame = sign === '==' && wanted;
  const isNull = sign === '!=' && /^(?:nullptr|NULL)$/.test(expected) && wanted;
  return {
    subject: `${wanted ? '' : 'not '}${about}${sign}`,
    trivial: isSame && left === right && !left.includes('('),
    about,
    strength: isNull ? 'exists' : isSame ? (/^(?:true|false)$/.test(expected) ? 'truth' : 'exact') : 'partial',
  };
}

/** The weakest operator of an expression. */
function operatorIn(stream: Stream, { from, to }: Span): number | null {
  let found: number | null = null;
  const angles: number[] = [];
  for (let at = from; at < to; at = Math.max(at + 1, /^[([{]$/.test(stream.at(at)) ? stream.partner(at) + 1 : 0)) {
    const sign = stream.at(at);
    if (/^(?:&&|\|\|)$/.test(sign)) return at;
    if (found === null && /^(?:==|!=|<=|>=)$/.test(sign)) found = at;
    if (/^[<>]$/.test(sign)) angles.push(at);
  }
  // Two of them may be the brackets of a template.
  return found ?? (angles.length === 1 ? (angles[0] ?? null) : null);
}
