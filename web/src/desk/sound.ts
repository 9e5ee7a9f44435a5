// What the desk hears: one bell for an incident nobody opened, a softer one for the inbox and tasks that are late.
//
// The tones are made here, no file is played.  A browser lets a page sound only after it was touched once: the first
// tap or key (at sign-in, as a rule) makes the audio context, and until it runs the pages say that the sound is blocked.
// The bell is also the page's own clock while it is hidden: browsers slow timers of hidden pages down to one a minute,
// but not the ends of tones.
import { signal } from '@preact/signals';

export type SoundState = 'asleep' | 'blocked' | 'ready'; // asleep: nobody touched the page yet

export const sound = signal<SoundState>('asleep');

let context: AudioContext | undefined;
const beats = new Set<() => void>();

function look(): void {
  sound.value = context === undefined ? 'asleep' : context.state === 'running' ? 'ready' : 'blocked';
}

// A second of silence, again and again; what listens is called at the end of each.
function beat(): void {
  if (context?.state !== 'running') return;
  const silence = context.createGain();
  silence.gain.value = 0;
  silence.connect(context.destination);
  const tone = context.createOscillator();
  tone.connect(silence);
  tone.onended = () => {
    silence.disconnect();
    beats.forEach((tell) => tell());
    beat();
  };
  tone.start();
  tone.stop(context.currentTime + 1);
}

// Called from a tap or a key.  Never throws: a desk without sound goes on, and says so.
export async function arm_sound(): Promise<void> {
  try {
    if (context === undefined) {
      context = new AudioContext();
      context.onstatechange = () => {
        look();
        if (context?.state === 'running') beat();
      };
    }
    if (context.state !== 'running') await context.resume();
  } catch {
    // said by `sound`
  }
  look();
}

// The first touch of the page arms it, wherever that lands; so does each one while it is blocked.
export function arm_by_touch(): () => void {
  const touched = (): void => {
    if (sound.value !== 'ready') void arm_sound();
  };
  document.addEventListener('pointerup', touched, true);
  document.addEventListener('keydown', touched, true);
  return () => {
    document.removeEventListener('pointerup', touched, true);
    document.removeEventListener('keydown', touched, true);
  };
}

// Called about once a second while the sound is ready, also in a hidden page.  Ends by what it returns.
export function on_beat(tell: () => void): () => void {
  beats.add(tell);
  return () => void beats.delete(tell);
}

interface Note {
  at: number; // seconds from now
  hertz: number;
  lasts: number; // seconds
}
const kAlarm: Note[] = [0, 0.3, 0.6, 0.9].map((at, n) => ({ at, hertz: n % 2 === 0 ? 880 : 660, lasts: 0.26 }));
const kReminder: Note[] = [{ at: 0, hertz: 523, lasts: 0.25 }, { at: 0.3, hertz: 392, lasts: 0.35 }];

function play(notes: Note[], type: OscillatorType, loud: number): void {
  if (context?.state !== 'running') return;
  for (const { at, hertz, lasts } of notes) {
    const begin = context.currentTime + at;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(loud, begin + 0.02);
    gain.gain.setValueAtTime(loud, begin + lasts - 0.03);
    gain.gain.linearRampToValueAtTime(0, begin + lasts);
    const tone = context.createOscillator();
    tone.type = type;
    tone.frequency.value = hertz;
    tone.connect(gain);
    gain.connect(context.destination);
    tone.onended = () => gain.disconnect();
    tone.start(begin);
    tone.stop(begin + lasts);
  }
}

export const ring_alarm = (): void => play(kAlarm, 'square', 0.35);
export const ring_reminder = (): void => play(kReminder, 'sine', 0.2);
