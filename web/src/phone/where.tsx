// Where something is: the area, then the place in it.  Neither breaks while it fits on a line of its own.
interface Given {
  area: { path: string } | null | undefined;
  place: string;
}

export function Where({ area, place }: Given) {
  const parts = [area?.path ?? '', place].filter((part) => part !== '');
  return <>{parts.map((part, n) => <span key={n}>{n > 0 && ' '}<bdi class="whole">{part}</bdi></span>)}</>;
}
