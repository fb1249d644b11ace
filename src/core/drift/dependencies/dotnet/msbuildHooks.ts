/** What a build of MSBuild runs (MSBuild documentation, "Exec task", "Inline tasks"; Visual Studio, "Build events"). */
import { append } from '../../append';
import type { XmlElement } from '../xml';

const EVENTS: ReadonlySet<string> = new Set(['PreBuildEvent', 'PostBuildEvent', 'PreLinkEvent']);

/** Commands by the target or event that runs them. */
export function hooksOf(root: XmlElement, fill: (text: string) => string): ReadonlyMap<string, string> {
  const commands = new Map<string, string[]>();
  const add = (name: string, command: string) => {
    if (command.trim() !== '') append(commands, name, fill(command.trim()));
  };
  for (const { element, target } of walk(root, '')) {
    const { name, attributes, text } = element;
    if (EVENTS.has(name)) add(name, text || commandOf(element));
    else if (name === 'Exec') add(`Target ${target}: Exec`, attributes.get('Command') ?? '');
    else if (name === 'UsingTask' && attributes.has('TaskFactory')) {
      add(`UsingTask ${attributes.get('TaskName') ?? ''}`, textOf(element));
    }
  }
  return new Map([...commands].map(([name, each]) => [name, each.join('\n')]));
}

interface Found {
  readonly element: XmlElement;
  readonly target: string;
}

/** Depth is limited by the parser. */
function walk(element: XmlElement, target: string): Found[] {
  return element.children.flatMap((child) => {
    const own = child.name === 'Target' ? (child.attributes.get('Name') ?? '') : target;
    return [{ element: child, target: own }, ...walk(child, own)];
  });
}

/** Projects of C++ write the command into an element of the event. */
function commandOf({ children }: XmlElement): string {
  return children.find(({ name }) => name === 'Command')?.text ?? '';
}

function textOf(element: XmlElement): string {
  return [element.text, ...element.children.map(textOf)].filter((text) => text !== '').join('\n');
}
