// Follows what is typed, a quarter of a second behind.
import { useEffect, useState } from 'preact/hooks';

export function useSettled(value: string): string {
  const [settled, set_settled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => set_settled(value), 250);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
