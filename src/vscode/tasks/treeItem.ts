/** An item of the tree, made of a node's face. */
import * as vscode from 'vscode';
import type { Face } from './faces';
import type { Node } from './forest';

export function treeItemOf({ key, face }: Node): vscode.TreeItem {
  const item = new vscode.TreeItem(face.label, collapsible(face.opens));
  item.id = key;
  item.description = face.description;
  // Text, never Markdown: what agents and briefs say cannot become a link.
  item.tooltip = face.tooltip;
  item.contextValue = face.context;
  item.accessibilityInformation = { label: face.spoken };
  if (face.icon !== null) item.iconPath = themeIcon(face.icon);
  if (face.click !== null) {
    const { command, title, argument } = face.click;
    item.command = { command, title, arguments: [argument] };
  }
  return item;
}

function collapsible(opens: Face['opens']): vscode.TreeItemCollapsibleState {
  switch (opens) {
    case 'open':
      return vscode.TreeItemCollapsibleState.Expanded;
    case 'closed':
      return vscode.TreeItemCollapsibleState.Collapsed;
    case 'leaf':
      return vscode.TreeItemCollapsibleState.None;
  }
}

export function themeIcon({ id, color }: NonNullable<Face['icon']>): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}
