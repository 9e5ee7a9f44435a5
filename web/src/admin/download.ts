// Files that the user keeps.
import { ask } from '../base/api';

export function save_file(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has begun by then; some read the address a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// Throws Problem.
export async function download(path: string, name: string): Promise<void> {
  save_file(name, (await ask<Blob>(path, { blob: true, within: 120_000 })).value);
}
