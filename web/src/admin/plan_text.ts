// A plan's text as its files: one, or a bundle of several ("# tocsin plan bundle 1", "# file OCTETS PATH").
export interface PlanFile {
  path: string;
  text: string;
}

const kBundle = '# tocsin plan bundle 1\n';
const kFile = '# file ';

// Sizes in a bundle are octets of UTF-8, so it is cut as octets.
export function files_of(text: string): PlanFile[] {
  if (!text.startsWith(kBundle)) return [{ path: 'plan.toml', text }];
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const files: PlanFile[] = [];
  let at = kBundle.length; // ASCII
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at);
    if (end < 0) break;
    const head = /^# file (\d+) (.+)$/.exec(decoder.decode(bytes.subarray(at, end)));
    if (head === null) break;
    const size = Number(head[1]);
    files.push({ path: head[2] ?? '', text: decoder.decode(bytes.subarray(end + 1, end + 1 + size)) });
    at = end + 1 + size + 1; // a line end stands behind each file
  }
  return files;
}

export function text_of_files(files: readonly PlanFile[]): string {
  const [first] = files;
  if (files.length === 1 && first !== undefined) return first.text;
  const encoder = new TextEncoder();
  return kBundle + files.map(({ path, text }) => `${kFile}${encoder.encode(text).length} ${path}\n${text}\n`).join('');
}
