/** As much of a document as it takes to render a page's parts in a test, and to read and press what was rendered. */
import type { ContainerNode } from 'preact';

export class TinyNode {
  readonly childNodes: TinyNode[] = [];
  readonly attributes: Record<string, string> = {};
  readonly listeners: Record<string, (event: unknown) => void> = {};
  readonly namespaceURI = 'http://www.w3.org/1999/xhtml';
  readonly style = {};
  parentNode: TinyNode | null = null;

  constructor(
    readonly nodeType: number,
    readonly localName: string,
    public data = '',
  ) {}

  get firstChild(): TinyNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): TinyNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  insertBefore(child: TinyNode, before: TinyNode | null): TinyNode {
    child.parentNode?.removeChild(child);
    const at = before === null ? this.childNodes.length : this.childNodes.indexOf(before);
    this.childNodes.splice(at, 0, child);
    child.parentNode = this;
    return child;
  }

  appendChild(child: TinyNode): TinyNode {
    return this.insertBefore(child, null);
  }

  removeChild(child: TinyNode): void {
    this.childNodes.splice(this.childNodes.indexOf(child), 1);
    child.parentNode = null;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  contains(): boolean {
    return true;
  }

  setAttribute(name: string, value: unknown): void {
    this.attributes[name] = String(value);
  }

  removeAttribute(name: string): void {
    delete this.attributes[name];
  }

  addEventListener(type: string, listener: (event: unknown) => void): void {
    this.listeners[type] = listener;
  }

  removeEventListener(type: string): void {
    delete this.listeners[type];
  }

  /** Everything that is written in it. */
  get text(): string {
    return this.nodeType === 3 ? this.data : this.childNodes.map(({ text }) => text).join('');
  }

  /** Every element below it of a name, in their order. */
  all(name: string): TinyNode[] {
    return this.childNodes.flatMap((child) => [...(child.localName === name ? [child] : []), ...child.all(name)]);
  }

  press(): void {
    this.listeners.click?.call(this, { type: 'click', target: this });
  }

  tick(checked: boolean): void {
    this.listeners.change?.call(this, { type: 'change', target: this, currentTarget: { checked } });
  }
}

/** Renders into an element of a document that is there only meanwhile. */
export async function rendered(render: (parent: ContainerNode) => void): Promise<TinyNode> {
  const kept = Reflect.get(globalThis, 'document');
  Reflect.set(globalThis, 'document', {
    createElementNS: (_space: string, name: string) => new TinyNode(1, name),
    createElement: (name: string) => new TinyNode(1, name),
    createTextNode: (data: string) => new TinyNode(3, '#text', data),
  });
  try {
    const top = new TinyNode(1, 'main');
    render(top as unknown as ContainerNode);
    return top;
  } finally {
    if (kept === undefined) Reflect.deleteProperty(globalThis, 'document');
    else Reflect.set(globalThis, 'document', kept);
  }
}
