import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, writeFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkspaces } from '/work/main/src/node/git/workspace';
import { identifyRepository } from '/work/main/src/node/git/repository';
import { runGit } from '/work/main/test/fixtures/repository';
const N = Number(process.argv[2] ?? 200), changed = Number(process.argv[3] ?? 20);
const top = realpathSync(mkdtempSync('/tmp/cs-bench-'));
const dir = join(top,'repo'); mkdirSync(dir);
runGit(dir,['init','-q','-b','main']);
for (let i=0;i<N;i++){ const d=join(dir,`d${i%Math.ceil(N/30)}`); if(i<Math.ceil(N/30)) mkdirSync(d,{recursive:true}); writeFileSync(join(d,`f${i}.ts`),`export const x${i} = ${i};\n`.repeat(40)); }
runGit(dir,['add','-A']); runGit(dir,['commit','-qm','x']);runGit(dir,['config','gc.auto','0']);
const sig = new AbortController().signal;
const t = async <T>(name: string, f: () => Promise<T> | T): Promise<T> => { const s=performance.now(); const r=await f(); console.log(name.padEnd(24), Math.round(performance.now()-s)); return r; };
const facts = await t('identify', () => identifyRepository(dir));
const w = createWorkspaces(join(top,'state'),'shared');
await t('git worktree add', () => runGit(dir,['worktree','add','-q','--detach',join(top,'wt')]));
await t('git status', () => runGit(dir,['status','--porcelain']));
for (const task of ['a','b']) {
const ws = await t('prepare', () => w.prepare({task,slug:'s',repository:facts,base:facts.head,branch:'countersign/s',copy:[]},sig));
await t('settled', () => w.settled(task, ws));
for (let i=0;i<changed;i++) writeFileSync(join(ws.worktree.path,`d${i%Math.ceil(N/30)}`,`f${i}.ts`),`changed ${i}\n`.repeat(40));
const l = await t('look', () => w.look(task, ws, sig));
const s = await t('snapshot', () => w.snapshot({task,turn:1,repository:facts,workspace:ws,parent:facts.head,message:'m'},sig));
const d = await t('diff', () => w.diff(ws, s.snapshot.tree));
await t('addedLines', async () => { for (const c of d.changes) await d.reader.addedLines(c); });
await t('close', () => d.reader.close());
await t('remove', () => w.remove(task, ws));
}
rmSync(top,{recursive:true});
