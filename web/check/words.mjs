// Every word of the app is said somewhere, in both languages, with the same {values}.
//
// Lists are written words_of({zh}, {en}); that both have the same keys, TypeScript holds.  A key is used when
// name('key') or name(cond ? 'a' : 'b') stands in the sources, or when a comment of its file says `says: prefix_*` for
// keys that are put together.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f)).map((f) => join(root, f));
const faults = [];
let lists = 0;
let keys = 0;

const text_of = new Map(files.map((f) => [f, readFileSync(f, 'utf8')]));
const all = [...text_of.entries()].map(([, text]) => text).join('\n');
const prefixes = [...all.matchAll(/says: ([a-z0-9_]+)\*/g)].map((m) => m[1]);
const quoted = new Set([...all.matchAll(/'([a-z0-9_]+)'/g)].map((m) => m[1]));

function entries(node) {
  return node.properties.filter(ts.isPropertyAssignment).map((p) => [p.name.getText().replaceAll("'", ''), p.initializer]);
}
const values = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort().join(',');

for (const [file, text] of text_of) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const walk = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'words_of') {
      lists += 1;
      const [zh, en] = node.arguments.map((a) => new Map(entries(a)));
      const where = relative(root, file);
      for (const [key, word] of zh) {
        keys += 1;
        const other = en.get(key);
        if (other === undefined) faults.push(`${where}: ${key} has no English`);
        else if (values(word.text) !== values(other.text)) faults.push(`${where}: ${key} takes other {values} in English`);
        if (word.text.trim() === '' || other?.text.trim() === '') faults.push(`${where}: ${key} is empty`);
        if (other !== undefined && /[\u4e00-\u9fff]/.test(other.text) && !['language_other', 'chinese'].includes(key)) faults.push(`${where}: ${key} is Chinese in English`);
        // Once in each list without quotes; a use is quoted.
        if (!quoted.has(key) && !prefixes.some((p) => key.startsWith(p))) faults.push(`${where}: nobody says ${key}`);
      }
      for (const key of en.keys()) if (!zh.has(key)) faults.push(`${where}: ${key} has no Chinese`);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  // Chinese outside the lists would be seen by readers of English.
  if (!text.includes('words_of(')) {
    const bare = text.replace(/\/\/.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '').match(/[\u4e00-\u9fff]+/);
    if (bare !== null && !file.endsWith('words.ts')) faults.push(`${relative(root, file)}: "${bare[0]}" stands outside the lists of words`);
  }
}
faults.forEach((f) => console.error(f));
console.log(`words: ${lists} lists, ${keys} words, ${faults.length} faults`);
process.exit(faults.length === 0 && lists > 0 ? 0 : 1);
