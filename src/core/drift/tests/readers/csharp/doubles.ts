/** What is asserted of doubles in C#: Moq, NSubstitute; and the snapshots of Verify. */
import { argumentsOf, before, type Chain, type Link, plain, type Said, type TextOf } from '../fluent/chain';
import { hasHoles } from '../fluent/said';
import { calleeIn, isString } from '../fluent/texts';

/** Moq's `mock.Verify(m => m.Send("a"), Times.Once)`, and Verify's `Verify(x)`. */
export function verified(link: Link, receiver: string, textOf: TextOf): Said {
  const args = argumentsOf(link, textOf).filter((arg) => !isString(arg) && !/^Times\.Once(?:\(\))?$/.test(arg));
  const text = `${receiver === '' ? '' : `${receiver}.`}${link.name}(${args.join(',')})`;
  const [call] = args;
  if (receiver === '' || call === undefined || !call.includes('=>')) return plain(text);
  // What the lambda calls its mock does not matter.
  const about = `${receiver}.${link.name}(${calleeIn(call).replace(/^\w+=>\w+/, '')}`;
  const isLoose = /AtLeast|AtMost|Between/.test(args.slice(1).join(','));
  return {
    text,
    subject: about,
    trivial: false,
    about,
    strength: isLoose ? 'partial' : hasHoles(call) ? 'loose' : 'exact',
  };
}

/** NSubstitute's `mailer.Received(1).Send("a")`. */
export function received(chain: Chain, index: number, textOf: TextOf): readonly Said[] {
  const link = chain.links[index] as Link;
  const receiver = before(chain, index, textOf);
  const call = chain.links[index + 1];
  const head = `${receiver}.${link.name}`;
  if (call === undefined) return [{ text: `${head}()`, subject: `${head}()`, trivial: true }];
  const times = argumentsOf(link, textOf).filter((arg) => arg !== '1');
  const args = argumentsOf(call, textOf).join(',');
  const text = `${head}(${times.join(',')}).${call.name}(${args})`;
  const about = `${receiver}.Received().${call.name}`;
  const isLoose = /WithAnyArgs/.test(link.name) || hasHoles(args);
  return [{ text, subject: `${head}().${call.name}(`, trivial: false, about, strength: isLoose ? 'loose' : 'exact' }];
}
