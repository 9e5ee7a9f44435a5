// The browser's offer to put the page on the home screen, kept until somebody wants it.
import { signal } from '@preact/signals';

// Chromium lets a page offer it; elsewhere the menu of the browser does.
interface InstallPrompt extends Event {
  prompt(): Promise<void>;
}
export const offered = signal<InstallPrompt | null>(null);
export function watch_install(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered.value = event as InstallPrompt;
  });
}
