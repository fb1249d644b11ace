import assert from 'node:assert/strict';
import { carriedOver, digestOfPlaces, placesBeyond } from '../../../src/core/review/answers';
import { sampleFinding, sampleGroup } from './sample';

type Answers = Readonly<Record<string, { readonly reason: string; readonly places?: readonly string[] }>>;

const paths = (count: number) => Array.from({ length: count }, (_, index) => `lib/f${index}.ts`);
const ids = (count: number) => paths(count).map((_, index) => `p${index}`);

describe('an answer to a group', () => {
  it('covers the places that it was given for, and fewer', () => {
    const answer = { places: ids(400) };
    assert.equal(placesBeyond(sampleGroup(paths(400)), answer), 0);
    assert.equal(placesBeyond(sampleGroup(paths(399)), answer), 0, 'a correction took one away');
  });

  it('does not cover places that came since', () => {
    assert.equal(placesBeyond(sampleGroup(paths(412)), { places: ids(400) }), 12);
    assert.equal(
      placesBeyond(sampleGroup(['lib/new.ts'], { places: [{ id: 'n', path: 'x', line: null }] }), { places: ids(1) }),
      1,
    );
  });

  it('of an earlier version, without places, covers the finding of that id alone', () => {
    assert.equal(placesBeyond(sampleFinding({ id: 'f1' }), {}), 0);
    assert.equal(placesBeyond(sampleFinding({ id: 'f1', path: null }), {}), 0);
    assert.equal(placesBeyond(sampleGroup(paths(4)), {}), 4);
  });

  it('has a digest that names the places, in whatever order', () => {
    const one = digestOfPlaces(sampleGroup(paths(4)));
    const turned = sampleGroup(paths(4));
    assert.deepEqual(digestOfPlaces({ ...turned, places: [...turned.places].reverse() }), one);
    assert.equal(one.count, 4);
    assert.notEqual(digestOfPlaces(sampleGroup(paths(5))).digest, one.digest);
  });
});

describe('answers over another list of findings', () => {
  const single = (id: string) => sampleFinding({ id, path: `lib/${id}.ts` });

  it('stay when their findings do', () => {
    const answers: Answers = { f1: { reason: 'r' } };
    assert.deepEqual(carriedOver(answers, [single('f1'), single('f2')]), { kept: answers, gone: [] });
  });

  it('go with the places of a group that fell apart', () => {
    const answers: Answers = { g1: { reason: 'r', places: ids(4) } };
    const { kept, gone } = carriedOver(answers, [single('p0'), single('p2'), single('other')]);
    assert.deepEqual(Object.keys(kept).sort(), ['p0', 'p2']);
    assert.deepEqual(gone, []);
    for (const id of ['p0', 'p2']) assert.equal(placesBeyond(single(id), kept[id] ?? {}), 0);
  });

  it('cover what they can of a group that they became, and no more', () => {
    const answers: Answers = { p0: { reason: 'r' }, p1: { reason: 'r' } };
    const group = sampleGroup(paths(4));
    const { kept } = carriedOver(answers, [group]);
    assert.deepEqual(Object.keys(kept), ['g1']);
    assert.equal(placesBeyond(group, kept.g1 ?? {}), 2);
  });

  it('never take the place of what was said to the finding itself', () => {
    const answers: Answers = { g1: { reason: 'old', places: ids(4) }, p0: { reason: 'own' } };
    assert.equal(carriedOver(answers, [single('p0')]).kept.p0?.reason, 'own');
  });

  it('are given back when nothing of them is left', () => {
    const answers: Answers = { f9: { reason: 'r' } };
    const { kept, gone } = carriedOver(answers, [single('f1')]);
    assert.deepEqual([kept, gone], [{}, [['f9', { reason: 'r' }]]]);
  });
});
