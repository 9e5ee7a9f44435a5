// A level in words, colour and bars: never by colour alone.
import { level_of, plan } from '../base/plan';
import type { Colour } from '../base/model';

interface Given {
  level: string | null; // id of the plan; null: none
  // Of an older plan, or known without one.
  name?: string | null;
  rank?: number;
  of?: number;
  colour?: Colour | null;
}

export function LevelMark({ level, name, rank, of, colour }: Given) {
  if (level === null) return null;
  const known = level_of(level);
  const filled = rank ?? known?.rank ?? 0;
  const bars = of ?? plan.value?.levels.length ?? 4;
  const shade = colour ?? known?.colour ?? '';
  return (
    <span class={`level ${shade}`}>
      <svg viewBox={`0 0 ${bars * 6} 20`} aria-hidden="true">
        {Array.from({ length: bars }, (_, n) => (
          <rect key={n} x={n * 6} y={14 - n * (14 / bars)} width={4.5} height={6 + n * (14 / bars)}
            fill={n < filled ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="1" />
        ))}
      </svg>
      <span>{name ?? known?.name ?? level}</span>
    </span>
  );
}
